import GraphIR
import OperatorSet
import TensorCore
import TestSupport
import Testing

@testable import Execution
@testable import FastKernels

/// A kernel computes what its definition does: exactly where it moves, compares or rounds once, else within a
/// bound that follows from the roundings it makes. And the number of threads changes no bit.
@Suite struct KernelPropertyTests {
  private static let trials = 400

  @Test func everyKernelHasARecipe() {
    #expect(Set(KernelRegistry.all.kernels.map(\.name)) == Set(recipes.keys))
  }

  @Test(arguments: recipes.keys.sorted())
  func kernelIsDefinition(name: String) throws {
    let kernel = try #require(KernelRegistry.all.kernels.first { $0.name == name })
    let recipe = try #require(recipes[name])
    var random = SplitMix(seed: name.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) })
    var taken = 0
    for _ in 0..<Self.trials {
      let trial = recipe(&random)
      let (definition, parameters) = try trial.definition()
      let arguments = trial.arguments(parameters)
      guard let kernel = kernel.prepare(definition, site(trial, &random)) else { continue }
      // What the definition refuses, a kernel must not compute.
      let want = Result { try tensors(definition.evaluate(arguments, NoSubgraphs())) }
      let got = Result { try kernel.evaluate(arguments, context(trial, threads: 1)).map(tensors) }
      switch (want, got) {
      case (_, .success(nil)), (.failure, .failure): continue
      case (.success(let want), .success(let got?)):
        taken += 1
        for output in 0..<trial.outputCount { try compare(got[output], want[output], trial) }
        for threads in 2...3 {
          let other = try kernel.evaluate(arguments, context(trial, threads: threads))
          #expect(try tensors(#require(other)).map(bytes) == got.map(bytes), "\(threads) threads")
        }
      default: Issue.record("\(describe(trial)): the definition gives \(want), the kernel \(got)")
      }
    }
    #expect(taken > Self.trials / 5, "the kernel took \(taken) of \(Self.trials) trials")
  }

  /// What is known beforehand: nothing, or types, shapes and some of the inputs.
  private func site(_ trial: Trial, _ random: inout SplitMix) -> KernelSite {
    if random.happens(30) { return .unknown(outputCount: trial.outputCount) }
    let values = trial.inputs.map { $0.map(Value.tensor) }
    return KernelSite(
      inputs: values.map { value in value.map { Fact($0.type) } ?? .unknown },
      constants: values.map { random.happens(60) ? $0 : nil }, isGiven: values.map { $0 != nil },
      outputCount: trial.outputCount)
  }

  private func context(_ trial: Trial, threads: Int) -> KernelContext {
    KernelContext(threadCount: threads, outputCount: trial.outputCount)
  }

  private func tensors(_ values: [Value]) throws -> [Tensor] { try values.map { try tensor([$0]) } }

  private func tensor(_ values: [Value]) throws -> Tensor {
    guard case .tensor(let tensor)? = values.first else { throw OperatorError(.internalError, "no tensor") }
    return tensor
  }

  private func bytes(_ tensor: Tensor) -> [UInt8] { tensor.withUnsafeBytes { Array($0) } }

  private func compare(_ got: Tensor, _ want: Tensor, _ trial: Trial) throws {
    #expect(got.shape == want.shape && got.elementType == want.elementType, "\(describe(trial))")
    guard got.shape == want.shape else { return }
    let allowed = try bounds(want, trial)
    for (index, (g, w)) in zip(got.doubles(), want.doubles()).enumerated() {
      if g.isNaN && w.isNaN || g == w && (g != 0 || g.sign == w.sign || !knowsSignOfZero(trial)) { continue }
      if allowed[index] == .infinity || (g - w).magnitude <= allowed[index] { continue }
      Issue.record("\(describe(trial)): element \(index) is \(g), not \(w) within \(allowed[index])")
      return
    }
  }

  /// Sums may begin with either zero, and a bound around a result holds both.
  private func knowsSignOfZero(_ trial: Trial) -> Bool {
    switch trial.allowance {
    case .exact, .ulps: true
    case .absolute, .sum: false
    }
  }

  /// A result that is rounded once more may come to lie on the other side of a tie.
  private func bounds(_ want: Tensor, _ trial: Trial) throws -> [Double] {
    let bounds = try floatBounds(want, trial)
    guard let type = trial.roundedTo else { return bounds }
    if case .exact = trial.allowance { return bounds }
    return zip(bounds, want.doubles()).map { bound, number in
      bound == .infinity || !number.isFinite ? bound : bound + type.ulp(of: number)
    }
  }

  private func floatBounds(_ want: Tensor, _ trial: Trial) throws -> [Double] {
    let numbers = want.doubles()
    switch trial.allowance {
    case .exact: return numbers.map { _ in 0 }
    case .ulps(let count, let floor): return numbers.map { count * Double(Float($0).ulp) + floor }
    case .absolute(let bounds): return bounds
    case .sum(let terms):
      let sums = try magnitudes(trial.ofMagnitudes())
      // Where a partial sum may leave the range of float, before a factor below 1 brings it back, nothing is
      // said.
      let partial = try magnitudes(trial.ofMagnitudes(factorsFrom: 1))
      return numbers.indices.map { index in
        guard partial[index] < Double(Float.greatestFiniteMagnitude) else { return .infinity }
        // Sums of denormal products are off by their last place.
        return gamma(terms) * sums[index] + unit * numbers[index].magnitude + Double(terms) * 0x1p-149
      }
    }
  }

  private func magnitudes(_ trial: Trial) throws -> [Double] {
    let (definition, parameters) = try trial.definition()
    return try tensor(definition.evaluate(trial.arguments(parameters), NoSubgraphs())).doubles()
  }

  private func describe(_ trial: Trial) -> String {
    let inputs = trial.inputs.map { tensor -> String in
      guard let tensor else { return "none" }
      return tensor.count <= 12 ? "\(tensor.shape) \(tensor.doubles())" : "\(tensor.shape)"
    }
    return "\(trial.opType) \(trial.attributes) of \(inputs.joined(separator: ", "))"
  }
}

/// The context of an operator without subgraphs.
private struct NoSubgraphs: EvaluationContext {
  func runSubgraph(_ name: String, _ inputs: [Value]) throws -> [Value] { [] }
  var defaultSeed: UInt64 { 0 }
  func checkCancellation() throws {}
}
