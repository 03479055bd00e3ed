import GraphIR
import TensorCore

/// How a cast treats what the target type cannot hold.
struct CastRules: Sendable {
  /// Whether numbers too large for a float8 become its largest, rather than infinity or NaN.
  let saturates: Bool
  /// How float8e8m0 rounds to a power of two.
  let rounding: Float8E8M0.Rounding

  init(_ node: NodeAttributes) throws {
    saturates = node.optionalInt("saturate") != 0
    let mode = node.optionalString("round_mode") ?? "up"
    guard let rounding = Float8E8M0.Rounding(rawValue: mode) else {
      throw OperatorError(
        .invalidAttribute, "attribute 'round_mode' is '\(mode)', but must be one of up, down, nearest")
    }
    self.rounding = rounding
  }

  /// Small integers that stay what they are when cast from one integer type to another.
  func propagated(_ input: Fact, to type: ElementType) -> [Dim]? {
    guard input.elementType?.isInteger == true, type.isInteger else { return nil }
    let limits = type.limits(Double.self)
    return input.elements?.map { dim in
      guard let number = dim.number else { return dim }
      return Double(number) >= limits.lowest && Double(number) <= limits.highest ? dim : .unknown
    }
  }

  /// `x` with every element converted to `type`.
  func cast(_ x: Tensor, to type: ElementType) throws -> Tensor {
    if x.elementType == type { return x }
    if type == .string { return Tensor(strings: try texts(of: x), shape: x.shape) }
    if x.elementType == .string { return try numbers(of: x, as: type) }
    if x.elementType.isFloating {
      return try convert(x.doubles(), to: type, shape: x.shape)
    }
    if type.isInteger || type == .bool { return Tensor(type, shape: x.shape, wrapping: x.integers()) }
    let isUnsigned = x.elementType == .uint64
    if type == .double { return Tensor(type, shape: x.shape, elements: x.doubles()) }
    // 64 bits may be more than `Double` holds; rounding to odd keeps the second rounding right.
    let numbers = try x.integers().map(spending: 1) { number in
      isUnsigned || number >= 0
        ? Double(roundedToOdd: UInt64(bitPattern: number)) : -Double(roundedToOdd: number.magnitude)
    }
    return try convert(numbers, to: type, shape: x.shape)
  }

  /// The places of `x` that an integer type cannot hold, where the text says nothing (TSN-0008).
  func undefinedPlaces(_ x: Tensor, to type: ElementType) -> [OpenValue] {
    guard x.elementType.isFloating, type.isInteger else { return [] }
    let limits = type.limits(Double.self)
    let places = x.doubles().enumerated().filter {
      !($1.rounded(.towardZero) >= limits.lowest && $1.rounded(.towardZero) <= limits.highest)
    }
    return [OpenValue(note: "TSN-0008", kind: .undefined(Set(places.map(\.offset))))]
  }

  private func convert(_ values: [Double], to type: ElementType, shape: [Int]) throws -> Tensor {
    if type == .float8e8m0 {
      return Tensor(
        type, shape: shape,
        elements: try values.map(spending: 1) {
          Float8E8M0.encode($0, rounding: rounding, saturate: saturates)
        })
    }
    if type.isInteger {
      return Tensor(
        type, shape: shape, wrapping: try values.map(spending: 1, Int64.init(discardingHighBitsOf:)))
    }
    return Tensor(type, shape: shape, rounding: values, saturate: saturates)
  }

  private func texts(of x: Tensor) throws -> [String] {
    switch x.elementType {
    case .double: try x.doubles().map(spending: 1) { NumericText.plain($0.description) }
    case .float16: try x.doubles().map(spending: 1) { NumericText.plain(Float16($0).description) }
    case .uint64: try x.integers().map(spending: 1) { UInt64(bitPattern: $0).description }
    default:
      x.elementType.isFloating
        ? try x.doubles().map(spending: 1) { NumericText.plain(Float($0).description) }
        : try x.integers().map(spending: 1, \.description)
    }
  }

  private func numbers(of x: Tensor, as type: ElementType) throws -> Tensor {
    func all<T>(_ read: (String) -> T?) throws -> [T] {
      try x.strings.enumerated().map(spending: 1) { index, text in
        guard let number = read(text) else {
          throw OperatorError(.invalidValue, "element \(index) is '\(text)', which is no number")
        }
        return number
      }
    }
    if type.isInteger { return Tensor(type, shape: x.shape, wrapping: try all(NumericText.integer)) }
    if type == .float { return Tensor(type, shape: x.shape, elements: try all(NumericText.single)) }
    return try convert(all(NumericText.number), to: type, shape: x.shape)
  }
}

extension Double {
  /// The number itself where 53 bits hold it, else the odd one of its two neighbours: any later rounding to
  /// at most 51 bits then gives what rounding the exact number would.
  init(roundedToOdd number: UInt64) {
    let excess = max(0, 64 - number.leadingZeroBitCount - 53)
    let kept = number >> UInt64(excess)
    let isExact = kept << UInt64(excess) == number
    self = Double(sign: .plus, exponent: excess, significand: Double(isExact ? kept : kept | 1))
  }
}
