import Conformance
import Execution
import Foundation
import GraphIR
import ModelFile
import Oracle
import Reports
import TensorCore

/// The smallest part of a model that still differs, with the values that it is given.
public struct ReducedCase {
  /// What the search found first.
  public let report: BisectionReport
  /// The part as a model of its own.
  public let model: Model
  /// The same part of the provider's copy of the model; nil where the copy is the model.
  public let copy: Model?
  /// The inputs and, as the reference has them, the outputs, in the order of the model's.
  public let inputs: [(name: String, value: Value)]
  public let outputs: [(name: String, value: Value)]
  /// How the provider's outputs differ.
  public let differences: [ValueDifference]
}

/// Why nothing can be reduced.
public struct ReductionError: Error, CustomStringConvertible {
  public let description: String
  /// What the search found.
  public let outcome: BisectionReport.Outcome
}

extension Bisection {
  /// Finds the first node that differs, then the fewest nodes around it that differ alone, given the reference's
  /// values.
  ///
  /// - Throws: `ReductionError` where nothing differs or no part does so alone; else as `run`.
  public func reduce() throws -> ReducedCase {
    let (report, graph) = try search()
    guard let culprit = report.node, [.found, .fused].contains(report.outcome) else {
      throw ReductionError(
        description: "there is nothing to reduce: \(report.text)", outcome: report.outcome)
    }
    var reduction = Reduction(graph: graph, culprit: culprit)
    guard try reduction.grow() else {
      throw ReductionError(
        description:
          "node \(culprit.index), \(culprit.operatorName), differs within the model, but not alone "
          + "with all that leads to it, given the same values", outcome: report.outcome)
    }
    try reduction.shrink()
    return try reduction.reducedCase(report, hasCopy: copy.path != model.path)
  }
}

/// Looks for the fewest nodes that still differ.
private struct Reduction {
  let graph: GraphBisection
  let wanted: [String]
  private var part: Part
  /// Nodes that were taken in, the nearest first.
  private var added: [Int] = []
  private var known: NamedValues = [:]

  init(graph: GraphBisection, culprit: ComparisonReport.NodeComparison) {
    self.graph = graph
    let node = graph.reference.model.graph.nodes[culprit.index]
    wanted = node.outputs.filter { !$0.isEmpty }
    part = Part(given: Set(wanted), outputs: wanted)
  }

  private var nodes: [Node] { graph.reference.model.graph.nodes }

  /// Takes in what leads to the node, layer by layer, until the part differs; false where it never does.
  mutating func grow() throws -> Bool {
    while try !differs(part) {
      let inside = part.nodes(in: graph.reference.model)
      let read = Set(inside.flatMap { nodes[$0].valuesRead })
      let layer = nodes.indices.filter { index in
        !inside.contains(index) && nodes[index].outputs.contains { !$0.isEmpty && read.contains($0) }
      }
      guard !layer.isEmpty else { return false }
      added += layer.reversed()
      for index in layer { part.given.formUnion(nodes[index].outputs.filter { !$0.isEmpty }) }
    }
    return true
  }

  /// Leaves out every node without which the part still differs, the farthest first.
  mutating func shrink() throws {
    for index in added.reversed() {
      var smaller = part
      smaller.given.subtract(nodes[index].outputs)
      if try differs(smaller) { part = smaller }
    }
  }

  // MARK: - Trying a part

  private mutating func differs(_ part: Part) throws -> Bool {
    do {
      return try !differences(part).allSatisfy(\.isWithinTolerance)
    } catch is ProviderFailure {
      return false
    }
  }

  /// How the part differs alone; of a single node only what rounding does not explain, since one node has a bound.
  private mutating func differences(_ part: Part) throws -> [ValueDifference] {
    let values = try values(readBy: part)
    let got = try graph.subject.evaluate(part, values)
    let want = try graph.base.evaluate(part, values)
    let indices = part.nodes(in: graph.reference.model)
    if indices.count == 1, graph.outcome == .found {
      let judge = NodeJudge(model: graph.reference.model, criterion: Criterion())
      let comparison = try judge.judge(indices[0], inputs: values, got: got)
      return comparison.verdict == .differs ? comparison.outputs : []
    }
    return try wanted.flatMap {
      try ValueDifference.all(got[$0], want[$0], name: $0, criterion: Criterion())
    }
  }

  /// The reference's values of what the part reads and does not give, or that is given from outside.
  private mutating func values(readBy part: Part) throws -> NamedValues {
    let main = graph.reference.model.graph
    let names = Set(part.nodes(in: graph.reference.model).flatMap { nodes[$0].valuesRead }).filter {
      !$0.isEmpty && !part.given.contains($0) && !main.isConstant($0)
    }
    let missing = names.filter { known[$0] == nil }
    if !missing.isEmpty { known = try known.merging(graph.base.values(missing.sorted())) }
    return known.selecting(names)
  }

  // MARK: - The case

  mutating func reducedCase(_ report: BisectionReport, hasCopy: Bool) throws -> ReducedCase {
    let values = try values(readBy: part)
    let differences = try differences(part)
    func submodel(_ model: Model) -> Submodel {
      Submodel(of: model, nodes: part.nodes(in: model), outputs: part.outputs) { values[$0] }
    }
    var own = submodel(graph.reference.model)
    let want = try graph.reference.evaluate(part, values)
    for index in own.model.graph.outputs.indices {
      own.model.graph.outputs[index].type = want[own.model.graph.outputs[index].name]?.type
    }
    return ReducedCase(
      report: report, model: own.model,
      copy: hasCopy ? submodel(graph.subject.subject.model).model : nil,
      inputs: own.inputs.compactMap { name in values[name].map { (name, $0) } },
      outputs: part.outputs.compactMap { name in want[name].map { (name, $0) } }, differences: differences)
  }
}

// MARK: - Writing

extension ReducedCase {
  /// Writes the case in the format of ONNX's backend cases, with `case.json`, which says how the provider differs.
  ///
  /// - Throws: Foundation's and `LoadError`'s errors where files cannot be written.
  public func write(to folder: String) throws {
    let data = "\(folder)/test_data_set_0"
    try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
    try OnnxFile.write(model, to: "\(folder)/model.onnx")
    if let copy { try OnnxFile.write(copy, to: "\(folder)/provider_model.onnx") }
    for (index, input) in inputs.enumerated() {
      try OnnxFile.write(input.value, name: input.name, to: "\(data)/input_\(index).pb")
    }
    for (index, output) in outputs.enumerated() {
      try OnnxFile.write(output.value, name: output.name, to: "\(data)/output_\(index).pb")
    }
    let facts = Facts(
      provider: report.provider, optimizationLevel: report.optimizationLevel, reference: report.reference,
      differences: differences)
    let file = try OutputFile("\(folder)/case.json")
    try Data(jsonText(facts).utf8).withUnsafeBytes(file.write)
    try file.complete()
    try file.commit()
  }

  private struct Facts: Encodable {
    let provider: ProviderDescription
    let optimizationLevel: Int
    let reference: String
    let differences: [ValueDifference]
  }
}
