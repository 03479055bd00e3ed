import GraphIR
import TensorCore

// The sets of element types that recur in ONNX's type constraints.
extension TypeSet {
  /// float16, float, double: the floating types of ONNX's beginning.
  static let ieeeFloats = tensors(.float16, .float, .double)
  /// float16, float, double, bfloat16.
  static let floats = ieeeFloats | .tensors(.bfloat16)
  /// The four float8 types.
  static let float8s = tensors(.float8e4m3fn, .float8e4m3fnuz, .float8e5m2, .float8e5m2fnuz)
  /// int8 to int64.
  static let signedIntegers = tensors(.int8, .int16, .int32, .int64)
  /// uint8 to uint64.
  static let unsignedIntegers = tensors(.uint8, .uint16, .uint32, .uint64)
  /// The eight integer types of a byte and more.
  static let integers = signedIntegers | unsignedIntegers
  /// int32, int64, uint32, uint64.
  static let integers32And64 = tensors(.int32, .int64, .uint32, .uint64)
  /// int32 and int64: what counts and indexes.
  static let indices = tensors(.int32, .int64)
  static let bool = tensors(.bool)
  static let string = tensors(.string)

  /// Every type that a tensor could have in an IR version: 3 for the first, 4 added bfloat16, 9 float8,
  /// 10 the 4-bit integers, 11 float4e2m1, 12 float8e8m0, 13 the 2-bit integers, 14 the float6 types.
  static func allTensors(ir: Int) -> TypeSet {
    var set = ieeeFloats | integers | bool | string | tensors(.complex64, .complex128)
    if ir >= 4 { set = set | tensors(.bfloat16) }
    if ir >= 9 { set = set | float8s }
    if ir >= 10 { set = set | tensors(.int4, .uint4) }
    if ir >= 11 { set = set | tensors(.float4e2m1) }
    if ir >= 12 { set = set | tensors(.float8e8m0) }
    if ir >= 13 { set = set | tensors(.int2, .uint2) }
    if ir >= 14 { set = set | tensors(.float6e2m3, .float6e3m2) }
    return set
  }

  /// `seq(tensor(T))` for every type of `allTensors(ir:)`.
  static func allSequences(ir: Int) -> TypeSet { allTensors(ir: ir).wrapped(in: "seq") }

  /// `optional(tensor(T))` for every type of `allTensors(ir:)`, and `optional(seq(tensor(T)))`, for which ONNX
  /// stopped adding types after IR version 4.
  static func allOptionals(ir: Int) -> TypeSet {
    let tensors = allTensors(ir: ir).elementTypes.map { "optional(tensor(\($0)))" }
    let sequences = allTensors(ir: min(ir, 4)).elementTypes.map { "optional(seq(tensor(\($0))))" }
    return .named(tensors + sequences)
  }

  /// What control flow passes on: tensors, sequences and optionals of the types of an IR version.
  static func controlFlow(ir: Int) -> TypeSet {
    allTensors(ir: ir) | allSequences(ir: ir) | allOptionals(ir: ir)
  }
}
