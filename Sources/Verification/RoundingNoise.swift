import Analysis
import OperatorSet
import Oracle
import TensorCore

/// Moves what each operator computes by as much as rounding may move it after a rewriting, so that a run
/// shows how far rounding spreads (Monte Carlo arithmetic).
///
/// One rounding of x leaves an error of at most u·|x|, or of half the smallest subnormal where x is
/// subnormal: together u·max(|x|, smallest normal). A rewriting does a few of them in other places, also on
/// constants that it joins ahead of the run; `singleUnits` and `functionUnits` say how many are granted. What
/// is moved depends on what the operator says of itself (`Rounding`):
/// - none: nothing;
/// - sums of products: the outputs, relative to the sums of absolute products;
/// - others: the inputs, which is what roundings inside amount to where parts cancel, and then the outputs.
///
/// An operation whose one rounding converts to another type is not moved: to which numbers, is what the model
/// asks for.
///
/// - Source: D. S. Parker, Monte Carlo Arithmetic, 1997, for the idea; N. Higham, Accuracy and Stability of
///   Numerical Algorithms, section 2.2, for the error of one rounding.
struct RoundingNoise: Sendable {
  /// Runs with different seeds move elements differently.
  let seed: UInt64

  /// Unit roundoffs by which one operation, and one of several steps, is moved. More than one operation errs
  /// by: a few runs must show also what may happen, but seldom does, as a number that jumps over an edge.
  private static let (singleUnits, functionUnits) = (16.0, 128.0)

  /// The outputs of a node, moved.
  @Sendable
  func disturb(_ node: ResolvedNode, _ inputs: [Value?], _ outputs: [Value?]) -> [Value?] {
    guard let definition = node.definition, definition.rounding != .none,
      !Self.isConversion(definition, inputs, outputs)
    else { return outputs }
    let isSum = definition.rounding == .sumOfProducts
    let sums = isSum ? magnitudes(definition, node, inputs) : []
    let units = definition.rounding == .other ? Self.functionUnits : Self.singleUnits
    let again = isSum ? outputs : ofMovedInputs(definition, node, inputs, outputs)
    return zip(again.indices, again).map { index, output in
      let sizes = index < sums.count ? sums[index] : nil
      return moved(output, sizes: sizes, units, salt(node, output: index), canUnderflow: true)
    }
  }

  /// What tells the noise of one output of a node from that of others.
  private func salt(_ node: ResolvedNode, output index: Int) -> UInt64 {
    seed &+ NoiseHash.of(node.path, index)
  }

  private static func isConversion(_ definition: any Operator, _ inputs: [Value?], _ outputs: [Value?])
    -> Bool
  {
    guard definition.rounding == .once, case .tensor(let from)? = inputs.first ?? nil,
      case .tensor(let to)? = outputs.first ?? nil
    else { return false }
    return from.elementType != to.elementType
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

  /// The outputs for inputs that are moved by a few roundings; where the operator runs graphs, draws, or
  /// gives other shapes or types, the outputs as they are.
  private func ofMovedInputs(
    _ definition: any Operator, _ node: ResolvedNode, _ inputs: [Value?], _ outputs: [Value?]
  ) -> [Value?] {
    guard type(of: definition).isDeterministic else { return outputs }
    let inputs = zip(inputs.indices, inputs).map { index, input in
      moved(input, Self.singleUnits, NoiseHash.mixed(salt(node, output: 0) &+ UInt64(index)))
    }
    let arguments = Inputs(inputs, parameters: node.parameters)
    guard let values = try? definition.evaluate(arguments, PlainContext()) else { return outputs }
    return zip(outputs.indices, outputs).map { index, output in
      guard let output, index < values.count, values[index].type == output.type else { return output }
      return values[index]
    }
  }

  /// - Parameters:
  ///   - sizes: to what the move is relative; nil for the numbers themselves.
  ///   - canUnderflow: whether a rounding may have made the numbers subnormal, and not only whoever gave them.
  private func moved(
    _ value: Value?, sizes: Tensor? = nil, _ units: Double, _ salt: UInt64, canUnderflow: Bool = false
  ) -> Value? {
    guard case .tensor(let tensor)? = value, tensor.elementType.isFloating else { return value }
    let step = units * tensor.elementType.unitRoundoff
    let numbers = tensor.doubles()
    let sizes = sizes.flatMap { $0.count == numbers.count ? $0.doubles() : nil } ?? numbers
    let least = canUnderflow ? tensor.elementType.smallestNormal : 0
    let moved = numbers.indices.map { index -> Double in
      // What is 0 of zeros is exact.
      guard numbers[index].isFinite, sizes[index].isFinite, sizes[index] != 0 else { return numbers[index] }
      let error = step * max(abs(sizes[index]), least)
      // What is no larger than its error may as well be 0, which draws would hardly ever show.
      if canUnderflow, !seed.isMultiple(of: 2), abs(numbers[index]) <= error { return 0 }
      return numbers[index] + NoiseHash.signed(index, salt) * error
    }
    return .tensor(Tensor(tensor.elementType, shape: tensor.shape, rounding: moved))
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

  static func mixed(_ number: UInt64) -> UInt64 {
    var generator = SplitMix64(state: number)
    return generator.next()
  }
}
