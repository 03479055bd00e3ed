import Execution
import OperatorSet
import TensorCore

/// How far apart two honest implementations of one node may be for no other reason than rounding.
///
/// What an operator says of itself (`Operator.rounding`) decides:
/// - one that only moves, selects or compares elements: not at all;
/// - one that rounds each element once: two units in the last place;
/// - sums of products: γ_n·Σ|a||b| with γ_n = n·u/(1 − n·u), for n terms summed in any order in numbers whose unit
///   roundoff is u. Σ|a||b| is what the node itself gives for the absolute values of its inputs, and n what it gives
///   for inputs that are all 1;
/// - any other: some units in the last place, and as much as the result changes where each input is off by a few
///   units in its last place, which is what the rounding of inner steps amounts to.
///
/// Source: N. Higham, Accuracy and Stability of Numerical Algorithms, chapter 3, for γ_n.
package final class RoundingBound {
  package let node: NodeEvaluator
  package let inputs: NamedValues

  /// - Parameter inputs: a value for each name that the node reads.
  package init(_ node: NodeEvaluator, inputs: NamedValues) {
    self.node = node
    self.inputs = inputs
  }

  /// Units in the last place that one operation may be off, its inputs flushed or divided by a reciprocal.
  private static let singleUlps = 2.0
  /// What the functions of C libraries and vector libraries are off at most.
  private static let functionUlps = 16.0
  /// How many times the change under a disturbed input may be multiplied by inner steps.
  private static let sensitivityFactor = 16.0

  /// The bound of each element of the output `name`; nil where only equality will do.
  ///
  /// - Parameter want: what the reference gives.
  package func bounds(of name: String, want: Tensor) throws -> [Double]? {
    switch try node.rounding(for: inputs) {
    case .none: return nil
    case .once where want.elementType.isFloating: return ulps(Self.singleUlps, of: want)
    case .sumOfProducts where want.elementType.isFloating:
      return try sumOfProducts(name, want) ?? sensitivity(name, want)
    default: return sensitivity(name, want)
    }
  }

  // MARK: - Units in the last place

  private func ulps(_ count: Double, of tensor: Tensor) -> [Double] {
    let unit = 2 * tensor.elementType.unitRoundoff
    let smallest = tensor.elementType.smallestNormal
    return tensor.doubles().map { count * unit * max(abs($0), smallest) }
  }

  // MARK: - Sums of products

  private func sumOfProducts(_ name: String, _ want: Tensor) throws -> [Double]? {
    guard
      let sums = try result(
        name, { .init($0.elementType, shape: $0.shape, rounding: $0.doubles().map(abs)) }),
      let terms = try result(
        name, { .init($0.elementType, shape: $0.shape, rounding: $0.doubles().map { _ in 1 }) })
    else { return nil }
    let unit = want.elementType.unitRoundoff
    return zip(zip(sums.doubles(), terms.doubles()), ulps(1, of: want)).map { pair, ulp in
      // Two more for the product's own rounding and for a bias.
      let n = (abs(pair.1) + 2) * unit
      return (n < 1 ? n / (1 - n) : .infinity) * abs(pair.0) + ulp
    }
  }

  /// The output for changed floating inputs; factors in attributes lose their sign with the inputs.
  private func result(_ name: String, _ change: (Tensor) -> Tensor) throws -> Tensor? {
    let changed = inputs.mapValues { value in
      guard case .tensor(let tensor) = value, tensor.elementType.isFloating else { return value }
      return .tensor(change(tensor))
    }
    guard case .tensor(let tensor)? = try node.withPositiveFactors.evaluate(changed)[name] else { return nil }
    return tensor
  }

  // MARK: - Sensitivity

  /// Signs of the disturbances of neighbouring elements.
  private static let patterns: [@Sendable (Int) -> Double] = [
    { _ in 1 }, { $0 & 1 == 0 ? 1 : -1 }, { hashed($0, 1) }, { hashed($0, 2) },
  ]

  private static func hashed(_ index: Int, _ seed: UInt64) -> Double {
    var z = UInt64(truncatingIfNeeded: index) &* 0x9e37_79b9_7f4a_7c15 &+ seed &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 31)) &* 0x94d0_49bb_1331_11eb
    return z >> 63 == 0 ? 1 : -1
  }

  /// How many units in the last place an input is moved, so that the change is more than the result's own rounding.
  private static let disturbance = 8.0

  /// What the node gives for each pattern of disturbances; a pattern that it refuses says nothing.
  private lazy var disturbedOutputs: [NamedValues] = Self.patterns.compactMap { pattern in
    let disturbed = inputs.mapValues { value -> Value in
      guard case .tensor(let tensor) = value, tensor.elementType.isFloating else { return value }
      let step = Self.disturbance * tensor.elementType.unitRoundoff
      let moved = tensor.doubles().enumerated().map { $1 * (1 + pattern($0) * step) }
      return .tensor(Tensor(tensor.elementType, shape: tensor.shape, rounding: moved))
    }
    return try? node.evaluate(disturbed)
  }

  private func sensitivity(_ name: String, _ want: Tensor) -> [Double] {
    let wanted = want.doubles()
    var largest = [Double](repeating: 0, count: wanted.count)
    for outputs in disturbedOutputs {
      guard case .tensor(let result)? = outputs[name], result.count == wanted.count else { continue }
      for (index, value) in result.doubles().enumerated() {
        let change = abs(value - wanted[index])
        if change.isFinite { largest[index] = max(largest[index], change) }
      }
    }
    guard want.elementType.isFloating else { return largest }
    // What one element may move, its neighbours may: sums inside a node mix them.
    let factor = Self.sensitivityFactor / Self.disturbance
    return zip(largest, ulps(Self.functionUlps, of: want)).map { $0 * factor + $1 }
  }
}

extension ElementType {
  /// Half the distance from 1 to the next number, relative: the largest relative error of one rounding.
  package var unitRoundoff: Double {
    switch self {
    case .double: 0x1p-53
    case .float: 0x1p-24
    case .float16: 0x1p-11
    case .bfloat16: 0x1p-8
    case .float8e4m3fn, .float8e4m3fnuz, .float6e2m3: 0x1p-4
    case .float8e5m2, .float8e5m2fnuz, .float6e3m2: 0x1p-3
    case .float4e2m1: 0x1p-2
    default: 0x1p-1
    }
  }

  /// Below it, numbers lose precision; implementations may flush them to 0.
  package var smallestNormal: Double {
    switch self {
    case .double: 0x1p-1022
    case .float, .bfloat16: 0x1p-126
    case .float16: 0x1p-14
    default: 0x1p-6
    }
  }
}
