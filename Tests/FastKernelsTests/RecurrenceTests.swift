import GraphIR
import OperatorSet
import TensorCore
import TestSupport
import Testing

@testable import Execution
@testable import FastKernels

/// What the property of recurrences does not see: the last states, and how a step is cut into parts.
@Suite struct RecurrenceTests {
  private struct Outputs {
    let Y: Tensor
    let H: Tensor
    let C: Tensor?
  }

  private func numbers(_ shape: [Int], _ random: inout SplitMix, scale: Double) -> Tensor {
    let count = shape.reduce(1, *)
    return Tensor(
      .float, shape: shape,
      rounding: (0..<count).map { _ in Double(random.below(2001) - 1000) / 1000 * scale })
  }

  private func kernelOutputs(
    _ opType: String, _ attributes: [String: Attribute], _ inputs: [Tensor?], threads: Int
  ) throws -> (kernel: Outputs, definition: Outputs) {
    let trial = Trial(
      opType: opType, attributes: attributes, inputs: inputs, allowance: .absolute([]))
    let (definition, parameters) = try trial.definition()
    let site = KernelSite(
      inputs: [], constants: inputs.map { $0.map(Value.tensor) }, isGiven: nil, outputCount: 3)
    let kernel = try #require(KernelRegistry.all.kernels(for: definition, site).first)
    let context = KernelContext(threadCount: threads, outputCount: 3)
    let arguments = trial.arguments(parameters)
    func outputs(_ values: [Value]) throws -> Outputs {
      let tensors = try values.map { value -> Tensor in
        guard case .tensor(let tensor) = value else { throw CancellationError() }
        return tensor
      }
      return Outputs(Y: tensors[0], H: tensors[1], C: tensors.count > 2 ? tensors[2] : nil)
    }
    let got = try #require(try kernel.evaluate(arguments, context))
    let wanted = try definition.evaluate(arguments, PlainContext())
    return (try outputs(got), try outputs(wanted))
  }

  private func expectEqual(_ a: Tensor?, _ b: Tensor?) {
    #expect(a?.shape == b?.shape)
    let differences = zip(a?.doubles() ?? [], b?.doubles() ?? []).map { ($0 - $1).magnitude }
    #expect(differences.allSatisfy { $0 < 1e-5 })
  }

  /// Sequences of all lengths, both directions and layouts, with states that begin and end somewhere.
  @Test(arguments: ["LSTM", "GRU", "RNN"], [0, 1])
  func lastStatesAreThoseOfTheDefinition(_ opType: String, _ layout: Int) throws {
    var random = SplitMix(seed: 3)
    let gates = ["LSTM": 4, "GRU": 3, "RNN": 1][opType] ?? 0
    let (T, N, I, H) = (5, 14, 3, 17)
    let state = layout == 1 ? [N, 2, H] : [2, N, H]
    var inputs: [Tensor?] = [
      numbers(layout == 1 ? [N, T, I] : [T, N, I], &random, scale: 1),
      numbers([2, gates * H, I], &random, scale: 0.3), numbers([2, gates * H, H], &random, scale: 0.3),
      numbers([2, 2 * gates * H], &random, scale: 0.3),
      Tensor(.int32, shape: [N], wrapping: (0..<N).map { Int64($0 % (T + 1)) }),
      numbers(state, &random, scale: 1),
    ]
    if opType == "LSTM" { inputs.append(numbers(state, &random, scale: 1)) }
    let attributes: [String: Attribute] = ["direction": .string("bidirectional"), "layout": .int(layout)]
    let (kernel, definition) = try kernelOutputs(opType, attributes, inputs, threads: 2)
    expectEqual(kernel.Y, definition.Y)
    expectEqual(kernel.H, definition.H)
    expectEqual(kernel.C, definition.C)
  }

  /// A single sequence of many units: each step is computed in parts.
  @Test(arguments: ["LSTM", "GRU", "RNN"], [0, 1])
  func partsOfAStepChangeNoBit(_ opType: String, _ linearBeforeReset: Int) throws {
    var random = SplitMix(seed: 5)
    let gates = ["LSTM": 4, "GRU": 3, "RNN": 1][opType] ?? 0
    let (T, I, H) = (3, 7, 393)
    let inputs = [
      numbers([T, 1, I], &random, scale: 1), numbers([1, gates * H, I], &random, scale: 0.1),
      numbers([1, gates * H, H], &random, scale: 0.1),
    ]
    let attributes: [String: Attribute] =
      opType == "GRU" ? ["linear_before_reset": .int(linearBeforeReset)] : [:]
    let (one, definition) = try kernelOutputs(opType, attributes, inputs, threads: 1)
    let (two, _) = try kernelOutputs(opType, attributes, inputs, threads: 2)
    expectEqual(one.Y, definition.Y)
    #expect(one.Y.doubles() == two.Y.doubles())
    // Walked together with others, whose products are computed in tiles, it is the same.
    let copies = (0..<2).flatMap { _ in [inputs[0]] }
    let pair = Tensor.joining(copies, as: .float, shape: [2, T, I]).transposed([1, 0, 2])
    let (both, _) = try kernelOutputs(opType, attributes, [pair, inputs[1], inputs[2]], threads: 1)
    let rows = both.Y.doubles()
    let first = (0..<T).flatMap { (t: Int) -> [Double] in Array(rows[(2 * t * H)..<((2 * t + 1) * H)]) }
    #expect(first == one.Y.doubles())
  }
}
