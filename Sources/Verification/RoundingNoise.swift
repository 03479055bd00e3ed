import Analysis
import OperatorSet
import Oracle
import TensorCore

/// Moves what each operator computes by as much as its rounding may move it, so that a run shows how far rounding
/// spreads (Monte Carlo arithmetic).
///
/// - Source: D. S. Parker, Monte Carlo Arithmetic, 1997, for the idea.
struct RoundingNoise: Sendable {
  /// Runs with different seeds move elements differently.
  let seed: UInt64

  /// The outputs of a node, moved.
  @Sendable
  func disturb(_ node: ResolvedNode, _ inputs: [Value?], _ outputs: [Value?]) -> [Value?] {
    guard let definition = node.definition, definition.rounding != .none else { return outputs }
    let sums = definition.rounding == .sumOfProducts ? magnitudes(definition, node, inputs) : []
    return outputs.enumerated().map { index, output in
      guard case .tensor(let tensor)? = output, tensor.elementType.isFloating else { return output }
      let salt = seed &+ NoiseHash.of(node.path, index)
      let units = definition.rounding == .other ? Self.functionUnits : Self.singleUnits
      return .tensor(moved(tensor, by: index < sums.count ? sums[index] : nil, units, salt))
    }
  }

  /// What a sum of products gives for the absolute values of its inputs: rounding is relative to that.
  private func magnitudes(_ definition: any Operator, _ node: ResolvedNode, _ inputs: [Value?]) -> [Tensor?] {
    let absolute = inputs.map { input -> Value? in
      guard case .tensor(let tensor)? = input, tensor.elementType.isFloating else { return input }
      let numbers = tensor.doubles().map(abs)
      return .tensor(Tensor(tensor.elementType, shape: tensor.shape, rounding: numbers))
    }
    let arguments = Inputs(absolute, parameters: node.parameters)
    let values = (try? definition.evaluate(arguments, PlainContext())) ?? []
    return values.map { value in
      guard case .tensor(let tensor) = value else { return nil }
      return tensor
    }
  }

  /// Unit roundoffs by which one operation, and one of several steps, is moved.
  private static let (singleUnits, functionUnits) = (2.0, 16.0)

  private func moved(_ tensor: Tensor, by magnitudes: Tensor?, _ units: Double, _ salt: UInt64) -> Tensor {
    let step = units * tensor.elementType.unitRoundoff
    let numbers = tensor.doubles()
    let sizes = magnitudes.flatMap { $0.count == numbers.count ? $0.doubles() : nil } ?? numbers
    let moved = numbers.indices.map { index -> Double in
      guard numbers[index].isFinite, sizes[index].isFinite else { return numbers[index] }
      return numbers[index] + NoiseHash.signed(index, salt) * step * abs(sizes[index])
    }
    return Tensor(tensor.elementType, shape: tensor.shape, rounding: moved)
  }
}

/// Noise that is the same in every run.
private enum NoiseHash {
  /// From −1 to 1.
  static func signed(_ index: Int, _ salt: UInt64) -> Double {
    let z = mixed(UInt64(truncatingIfNeeded: index) &* 0x9e37_79b9_7f4a_7c15 &+ salt)
    return Double(Int64(bitPattern: z) >> 11) * 0x1p-52
  }

  static func of(_ path: [String], _ output: Int) -> UInt64 {
    path.flatMap(\.utf8).reduce(mixed(UInt64(output) &+ 1)) { mixed($0 ^ UInt64($1)) }
  }

  private static func mixed(_ number: UInt64) -> UInt64 {
    var generator = SplitMix64(state: number)
    return generator.next()
  }
}
