import GraphIR
import TensorCore

/// QuantizeLinear and DequantizeLinear: scales for each index of an axis come in 13, `saturate` in 19,
/// `output_dtype` in 21 and 23.
///
/// - Down: attributes go that say nothing: `axis` beside a single scale, `saturate` where y is no float8, the
///   type of y where the zero point or the scale says the same. Where `output_dtype` stands alone, a zero
///   point of that type comes.
/// - Refused: down, what these attributes say otherwise, also where the scale's shape is not known.
/// - Source: versions 10 to 23 of the definitions.
enum QuantizeLinearAdapter: Adapter {
  static let operators = ["QuantizeLinear"]
  static let adaptations = [
    Adaptation(since: 13, down: dropAxis),
    Adaptation(since: 19, down: dropSaturate),
    Adaptation(since: 21, down: typeToZeroPoint),
  ]

  /// Before 13 there is one scale for the whole tensor.
  static func dropAxis(_ node: inout NodeConversion) throws {
    guard let scales = node.inputFact(1).dims, scales.isEmpty || scales == [.value(1)] else {
      throw Refusal("the scale is not known to be a single number, which it must be before 13")
    }
    node.set("axis", nil)
  }

  private static func dropSaturate(_ node: inout NodeConversion) throws {
    if node.input(2) == nil || node.inputFact(2).elementType?.isFloat8 == false { node.set("saturate", nil) }
  }

  private static func typeToZeroPoint(_ node: inout NodeConversion) throws {
    guard let number = try node.int("output_dtype"), number != 0 else { return }
    node.set("output_dtype", nil)
    guard node.input(2) == nil else { return }
    let dims = node.inputFact(1).dims
    let shape = dims?.compactMap(\.number) ?? []
    guard let type = Int32(exactly: number).flatMap(ElementType.init(rawValue:)), shape.count == dims?.count
    else {
      throw Refusal("the shape of the scale is not known, which a zero point of type output_dtype must have")
    }
    let zeros = [Double](repeating: 0, count: try elementCount(shape))
    node.setInput(2, node.constant(Tensor(type, shape: shape, rounding: zeros), "zero_point"))
  }
}

/// As `QuantizeLinearAdapter`, for the way back.
enum DequantizeLinearAdapter: Adapter {
  static let operators = ["DequantizeLinear"]
  static let adaptations = [
    Adaptation(since: 13, down: QuantizeLinearAdapter.dropAxis),
    Adaptation(since: 23, down: dropType),
  ]

  private static func dropType(_ node: inout NodeConversion) throws {
    guard let number = try node.int("output_dtype"), number != 0, let type = node.inputFact(1).elementType,
      Int(type.rawValue) == number
    else { return }
    node.set("output_dtype", nil)
  }
}
