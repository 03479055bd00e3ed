import Conformance
import Execution
import GraphIR
import ModelFile
import TensorCore
import TestSupport
import Testing

@testable import ModelComparison

/// Comparisons with a provider whose fault is known.
struct ComparisonTests {
  private func compare(
    _ provider: FaultyProvider, _ change: (inout ComparisonOptions) -> Void = { _ in }
  ) throws -> ComparisonReport {
    let scratch = try Scratch()
    var options = ComparisonOptions()
    change(&options)
    let model = try scratch.write(smallModel())
    return try ModelComparison(model, inputs: smallInputs, options: options).compare([provider])
  }

  @Test func theSameResultsAreEqual() throws {
    let report = try compare(FaultyProvider()) { $0.comparesNodes = true }
    #expect(report.trials.map(\.verdict) == [.equal])
    #expect(report.trials[0].nodes.map(\.verdict) == [.equal, .equal, .equal])
    #expect(report.exitCode == 0)
    #expect(report.graph.map(\.opType) == ["MatMul", "Relu", "Add"])
  }

  /// An error of the product is inherited by the nodes behind it, but only the product is to blame.
  @Test func onlyTheNodeWithTheFaultDiffers() throws {
    let faulty = FaultyProvider(change: { name, tensor in
      switch name {
      case "p": tensor.scaling(1, by: 1.5)
      case "r": tensor.scaling(1, by: 1.5)
      // 20 + 1.5·r: r is [3, 12; 3.5, 32] where W holds 2.
      case "y": Tensor(tensor.elementType, shape: tensor.shape, rounding: [15, 32 + 6, 14.5, 52])
      default: tensor
      }
    })
    let report = try compare(faulty) { $0.comparesNodes = true }
    let trial = try #require(report.trials.first)
    #expect(trial.verdict == .differs)
    #expect(trial.nodes[0].verdict == .differs)
    #expect(trial.nodes[1].verdict == .equal)
    #expect(trial.nodes[1].inheritedMaxAbsolute == 6)
    #expect(report.exitCode == 1)
    #expect(trial.outputs[0].mismatch?.element?.index == [0, 1])
  }

  /// One unit in the last place of a sum of three products is within γ₅·Σ|a||b|.
  @Test func roundingIsExplained() throws {
    let faulty = FaultyProvider(change: { name, tensor in
      name == "p" || name == "r" ? tensor.scaling(3, by: 1 + 0x1p-23) : tensor
    })
    let nodes = try #require(try compare(faulty) { $0.comparesNodes = true }.trials.first).nodes
    #expect(nodes[0].verdict == .explainedByRounding)
    let share = try #require(nodes[0].boundShare)
    // p[1,1] = 4 + 10 + 18 = 32, all of one sign; the change is 32·2⁻²³, the bound γ₅·32 and one unit more.
    let u = 0x1p-24
    let bound = 5 * u / (1 - 5 * u) * 32 + 2 * u * 32
    #expect(abs(share - 2 * u * 32 / bound) < 1e-6)
  }

  @Test func isolatedNodesAreFedByTheReference() throws {
    let faulty = FaultyProvider(change: { name, tensor in name == "r" ? tensor.scaling(0, by: 2) : tensor })
    let nodes = try #require(try compare(faulty) { $0.isolatesNodes = true }.trials.first).nodes
    #expect(nodes.map(\.verdict) == [.equal, .differs, .equal])
    #expect(nodes[1].inheritedMaxAbsolute == nil)
  }

  /// A constant that a provider has folded is no difference, and what reads it is judged with the reference's value.
  @Test func foldedConstantsAreJudgedByTheirReaders() throws {
    let scratch = try Scratch()
    var model = smallModel()
    model.graph.nodes.insert(Node("Identity", name: "bias", inputs: ["b"], outputs: ["c"]), at: 0)
    model.graph.nodes[3].inputs[1] = "c"
    var options = ComparisonOptions()
    options.comparesNodes = true
    let report = try ModelComparison(try scratch.write(model), inputs: smallInputs, options: options)
      .compare([FaultyProvider(hidden: ["c"])])
    #expect(report.trials[0].nodes.map(\.verdict) == [.folded, .equal, .equal, .equal])
    #expect(report.trials[0].verdict == .equal)
  }

  /// No value, no bytes, and yet a batch.
  @Test func aFirstNodeThatMovesNothing() throws {
    let scratch = try Scratch()
    var model = smallModel()
    model.graph.nodes.insert(
      Node(
        "Constant", inputs: [], outputs: ["nothing"],
        attributes: [NamedAttribute("value", .tensor(Tensor(floats: [])))]),
      at: 0)
    var options = ComparisonOptions()
    options.comparesNodes = true
    let report = try ModelComparison(try scratch.write(model), inputs: smallInputs, options: options)
      .compare([FaultyProvider()])
    #expect(report.trials[0].nodes.map(\.verdict) == [.equal, .equal, .equal, .equal])
  }

  /// A value that a provider does not give spoils no other.
  @Test func refusedValuesAreSaid() throws {
    let report = try compare(FaultyProvider(refused: ["r"])) { $0.comparesNodes = true }
    let nodes = report.trials[0].nodes
    #expect(nodes.map(\.verdict) == [.equal, .notCompared, .notCompared])
    #expect(nodes[1].remark?.contains("'r' cannot be an output") == true)
  }

  /// Nodes that could not be compared explain nothing.
  @Test func whatIsNotComparedExplainsNothing() throws {
    let faulty = FaultyProvider(
      change: { name, tensor in name == "y" ? tensor.scaling(0, by: 1.5) : tensor }, refused: ["p", "r"])
    let trial = try #require(try compare(faulty) { $0.comparesNodes = true }.trials.first)
    #expect(trial.nodes.allSatisfy { $0.verdict == .notCompared })
    #expect(trial.verdict == .differs)
  }

  @Test(arguments: [
    (ProviderFailure.Kind.unsupported, Verdict.unsupported, Int32(4)), (.rejected, .rejected, 1),
    (.fallback, .fallback, 5),
  ])
  func failuresAreTrials(_ kind: ProviderFailure.Kind, _ verdict: Verdict, _ code: Int32) throws {
    let report = try compare(FaultyProvider(failure: ProviderFailure(kind, "no")))
    #expect(report.trials[0].failure?.verdict == verdict)
    #expect(report.exitCode == code)
  }

  @Test func junitNamesWhatDiffers() throws {
    let faulty = FaultyProvider(
      change: { name, tensor in name == "y" ? tensor.scaling(0, by: 1.5) : tensor }, refused: ["p"])
    let junit = try compare(faulty) { $0.comparesNodes = true }.junit
    #expect(
      junit.contains("<testsuite name=\"faulty.level99.threads1\" tests=\"4\" failures=\"2\" errors=\"0\""))
    #expect(
      junit.contains("name=\"outputs\"><failure message=\"differs\noutput 'y' at [0, 0]: got 22.5, want 15.0")
    )
    #expect(junit.contains("name=\"2 Add@14 shifted\"><failure"))
    #expect(junit.contains("skipped=\"2\""))
  }

  @Test func interruptedReportsArePartial() throws {
    let scratch = try Scratch()
    var comparison = try ModelComparison(try scratch.write(smallModel()), inputs: smallInputs)
    comparison.isInterrupted = { true }
    let report = try comparison.compare([FaultyProvider()])
    #expect(report.isPartial)
    #expect(report.trials.isEmpty)
    #expect(report.exitCode == 130)
  }

  @Test(arguments: [(UInt64(1), ComparisonReport.NodeVerdict.differs), (2, .withinTolerance)])
  func unitsInTheLastPlace(_ ulps: UInt64, _ verdict: ComparisonReport.NodeVerdict) throws {
    let faulty = FaultyProvider(change: { name, tensor in
      name == "y" ? tensor.scaling(1, by: 1 + 0x1p-22) : tensor
    })
    let report = try compare(faulty) {
      $0.criterion.reading = .ulp
      $0.criterion.ulps = ulps
    }
    #expect(report.trials[0].verdict == verdict)
    #expect(report.trials[0].outputs[0].maxUlp == 2)
  }

  @Test func resultsThatVaryAreNamed() throws {
    let faulty = FaultyProvider(change: { _, tensor in
      Tensor(
        tensor.elementType, shape: tensor.shape, rounding: tensor.doubles().map { $0 + .random(in: 0...1) })
    })
    let report = try compare(faulty) { $0.runCount = 3 }
    #expect(report.trials[0].varyingOutputs == ["y"])
    #expect(report.trials[0].runCount == 3)
  }
}

struct ValueDifferenceTests {
  private func difference(_ got: [Float], _ want: [Float]) throws -> ValueDifference {
    let values = [got, want].map { Value.tensor(Tensor(floats: $0)) }
    let all = try ValueDifference.all(values[0], values[1], name: "v", criterion: Criterion())
    return try #require(all.first)
  }

  @Test func measures() throws {
    let difference = try difference([1, 2.5, 4, .nan], [1, 2, 4, .nan])
    #expect(!difference.isEqual && !difference.isWithinTolerance)
    #expect(difference.differingCount == 1)
    #expect(difference.maxAbsolute == 0.5)
    #expect(difference.meanAbsolute == 0.125)
    #expect(difference.maxRelative == 0.25)
    // 2 and 2.5 are a quarter of a binade apart.
    #expect(difference.maxUlp == 1 << 21)
    #expect(difference.histogram.map(\.count).reduce(0, +) == 3)
    #expect(difference.mismatch?.element?.index == [1])
  }

  @Test func nothingFinite() throws {
    let difference = try difference([.infinity, 1], [1, .nan])
    #expect(difference.nonFiniteCount == 2)
    #expect(!difference.isEqual)
  }

  @Test func typesAndShapes() throws {
    let got = Value.tensor(Tensor(int64: [1, 2]))
    let want = Value.tensor(Tensor(floats: [1, 2]))
    let difference = try #require(
      try ValueDifference.all(got, want, name: "v", criterion: Criterion()).first)
    #expect(difference.mismatch?.verdict == .wrongType)
    #expect(difference.got == "int64[2]" && difference.want == "float[2]")
  }

  @Test func sequencesByTheirElements() throws {
    let sequence = Value.sequence(
      [.tensor(Tensor(floats: [1])), .tensor(Tensor(floats: [2]))], of: .tensor(.float, nil))
    let all = try ValueDifference.all(sequence, sequence, name: "s", criterion: Criterion())
    #expect(all.map(\.name) == ["s[0]", "s[1]"])
    #expect(all.allSatisfy { $0.isEqual })
  }

  /// Tensors are looked at in blocks of 65,536 elements; none is forgotten between them.
  @Test func measuresBeyondTheFirstBlock() throws {
    var got = [Float](repeating: 1, count: 200_000)
    (got[3], got[70_000], got[199_999]) = (.nan, 3, 1.5)
    var want = [Float](repeating: 1, count: 200_000)
    want[3] = .nan
    let difference = try difference(got, want)
    #expect(difference.differingCount == 2 && difference.maxAbsolute == 2)
    #expect(difference.histogram.first?.count == 199_997)
    #expect(difference.mismatch?.element?.index == [70_000] && difference.mismatch?.wrongCount == 2)
  }

  @Test func canBeEnded() {
    let value = Value.tensor(Tensor(floats: [Float](repeating: 1, count: 200_000)))
    var options = RunOptions()
    options.checkCancellation = { throw CancellationError() }
    RunOptions.$standard.withValue(options) {
      #expect(throws: CancellationError.self) {
        try ValueDifference.all(value, value, name: "v", criterion: Criterion())
      }
    }
  }
}
