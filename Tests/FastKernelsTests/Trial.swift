import GraphIR
import OperatorSet
import TensorCore
import TestSupport

extension SplitMix {
  /// Now and then 0, often 1, else anything up to `most`.
  mutating func extent(upTo most: Int = 7) -> Int { happens(4) ? 0 : happens(20) ? 1 : 1 + below(most) }

  mutating func shape(rank: ClosedRange<Int>, upTo most: Int = 7) -> [Int] {
    (0..<Int.random(in: rank, using: &self)).map { _ in extent(upTo: most) }
  }

  /// A shape that broadcasts with `shape`: leading axes left out, some extents 1.
  mutating func broadcastable(_ shape: [Int]) -> [Int] {
    shape.dropFirst(happens(30) ? below(shape.count + 1) : 0).map { happens(25) ? 1 : $0 }
  }

  private static let special: [Float] = [
    .nan, .infinity, -.infinity, 0, -0.0, 0x1p-133, -.leastNonzeroMagnitude, .leastNormalMagnitude, 3e38,
    -3e38, 88.72, -87.3,
    -103, 1e-6,
    4.01, -7.9, 16_777_215,
  ]

  /// Numbers of both signs and several magnitudes, in a third of all tensors with special ones among them.
  mutating func tensor(_ shape: [Int], isTame: Bool = false) -> Tensor {
    let isWild = !isTame && happens(35)
    let scale: Float = one(of: [0.1, 1, 4, 30])
    let count = shape.reduce(1, *)
    let numbers = (0..<count).map { _ -> Float in
      if isWild && happens(12) { return one(of: Self.special) }
      return Float(Int.random(in: -(1 << 20)...(1 << 20), using: &self)) * scale / Float(1 << 20)
    }
    return Tensor(floats: Precision.rounded(numbers), shape: shape)
  }
}

/// The numbers that random floats are taken from.
enum Precision {
  @TaskLocal static var type = ElementType.float

  fileprivate static func rounded(_ numbers: [Float]) -> [Float] {
    guard type != .float else { return numbers }
    return Tensor(type, shape: [numbers.count], rounding: numbers.map(Double.init)).doubles().map {
      Float($0)
    }
  }
}

/// One use of an operator, and how far its kernel may be from its definition.
struct Trial {
  let opType: String
  var domain = ""
  var opset = 22
  var attributes: [String: Attribute] = [:]
  var inputs: [Tensor?]
  var outputCount = 1
  let allowance: Allowance
  /// The type that results are rounded to after what the allowance is for; nil where that is all.
  var roundedTo: ElementType?

  /// How far each element may be off.
  enum Allowance {
    /// Not at all.
    case exact
    /// So many units in the last place of the element wanted; results below `floor` may differ by it.
    case ulps(Double, floor: Double = 0)
    /// γ_K·Σ|a||b|, for a sum of `terms` products, and one rounding of the result: the definition on absolute values
    /// says what Σ|a||b| is.
    case sum(terms: Int)
    /// The bound of each element, in the order of the output.
    case absolute([Double])
  }

  /// The definition's own parsed node.
  func definition() throws -> (any Operator, [Parameter]) {
    let (type, version) = try OperatorRegistry.standard.resolve(opType, domain: domain, opset: opset)
    let node = try NodeAttributes(
      attributes.map { NamedAttribute($0.key, $0.value) }, version: version,
      namedInputs: inputs.map { $0 != nil }, namedOutputs: [Bool](repeating: true, count: outputCount))
    return (try type.init(node), version.inputs)
  }

  /// The same with absolute values everywhere, and of factors at least `least`.
  func ofMagnitudes(factorsFrom least: Float = 0) -> Trial {
    var trial = self
    trial.inputs = inputs.map { tensor in
      // What is no float says where, not how much.
      tensor.map {
        $0.elementType.isFloating
          ? Tensor(.float, shape: $0.shape, rounding: $0.doubles().map(\.magnitude)) : $0
      }
    }
    trial.attributes = attributes.mapValues { value in
      if case .float(let number) = value { .float(max(number.magnitude, least)) } else { value }
    }
    return trial
  }

  /// The arguments as a kernel and the definition take them.
  func arguments(_ parameters: [Parameter]) -> Inputs<Value> {
    Inputs(inputs.map { $0.map(Value.tensor) }, parameters: parameters)
  }
}

extension ElementType {
  /// The distance from a number to the next in one of the floating types of 16 bits.
  func ulp(of number: Double) -> Double {
    guard let format = FloatFormat(self), number.isFinite else { return .nan }
    let exponent = number == 0 ? 1 - format.bias : max(Int(number.exponent), 1 - format.bias)
    return Double(sign: .plus, exponent: exponent - format.mantissaBits, significand: 1)
  }
}

/// Unit roundoff of float.
let unit = 0x1p-24

/// γ_K: the relative error that K roundings may add up to.
func gamma(_ terms: Int) -> Double { Double(terms) * unit / (1 - Double(terms) * unit) }
