/// The element types of ONNX, by ONNX's own names; raw values are `TensorProto.DataType`.
///
/// Source: onnx.proto, `TensorProto.DataType`, IR version 14.
public enum ElementType: Int32, CaseIterable, Sendable, Hashable {
  case float = 1, uint8, int8, uint16, int16, int32, int64, string, bool, float16, double
  case uint32, uint64, complex64, complex128, bfloat16
  case float8e4m3fn, float8e4m3fnuz, float8e5m2, float8e5m2fnuz
  case uint4, int4, float4e2m1, float8e8m0, uint2, int2, float6e2m3, float6e3m2
}

extension ElementType {
  /// The number system in which definitions compute with elements of a type.
  public enum Arithmetic: Sendable {
    /// Every floating type, computed in `Double` and rounded once.
    case floating
    /// Signed integers, computed in wrapping `Int64`.
    case signed
    /// Unsigned integers, computed in wrapping `UInt64`.
    case unsigned
    case boolean
    case complex
    case text
  }

  /// The number system of this type.
  public var arithmetic: Arithmetic {
    switch self {
    case .float, .float16, .double, .bfloat16, .float8e4m3fn, .float8e4m3fnuz, .float8e5m2,
      .float8e5m2fnuz, .float4e2m1, .float8e8m0, .float6e2m3, .float6e3m2:
      .floating
    case .int2, .int4, .int8, .int16, .int32, .int64: .signed
    case .uint2, .uint4, .uint8, .uint16, .uint32, .uint64: .unsigned
    case .bool: .boolean
    case .complex64, .complex128: .complex
    case .string: .text
    }
  }

  /// Whether elements are floating-point numbers of any width.
  public var isFloating: Bool { arithmetic == .floating }

  /// Whether elements are signed or unsigned integers of any width.
  public var isInteger: Bool { arithmetic == .signed || arithmetic == .unsigned }

  /// Bits of one element in `raw_data`; 0 for strings, which have no fixed width.
  public var bitWidth: Int {
    switch self {
    case .string: 0
    case .uint2, .int2: 2
    case .uint4, .int4, .float4e2m1: 4
    case .float6e2m3, .float6e3m2: 6
    case .uint8, .int8, .bool, .float8e4m3fn, .float8e4m3fnuz, .float8e5m2, .float8e5m2fnuz,
      .float8e8m0:
      8
    case .uint16, .int16, .float16, .bfloat16: 16
    case .float, .int32, .uint32: 32
    case .int64, .uint64, .double, .complex64: 64
    case .complex128: 128
    }
  }

  /// Bytes of one element in a `Tensor`, where types below a byte are unpacked to one byte each.
  /// Strings, which a tensor holds apart, count with the size of a reference.
  public var byteWidth: Int { self == .string ? MemoryLayout<String>.stride : max(1, bitWidth / 8) }
}

extension ElementType: CustomStringConvertible {
  /// ONNX's name in a type string, as in `tensor(float8e4m3fn)`.
  public var description: String { "\(name)" }

  private var name: String {
    switch self {
    case .float: "float"
    case .uint8: "uint8"
    case .int8: "int8"
    case .uint16: "uint16"
    case .int16: "int16"
    case .int32: "int32"
    case .int64: "int64"
    case .string: "string"
    case .bool: "bool"
    case .float16: "float16"
    case .double: "double"
    case .uint32: "uint32"
    case .uint64: "uint64"
    case .complex64: "complex64"
    case .complex128: "complex128"
    case .bfloat16: "bfloat16"
    case .float8e4m3fn: "float8e4m3fn"
    case .float8e4m3fnuz: "float8e4m3fnuz"
    case .float8e5m2: "float8e5m2"
    case .float8e5m2fnuz: "float8e5m2fnuz"
    case .uint4: "uint4"
    case .int4: "int4"
    case .float4e2m1: "float4e2m1"
    case .float8e8m0: "float8e8m0"
    case .uint2: "uint2"
    case .int2: "int2"
    case .float6e2m3: "float6e2m3"
    case .float6e3m2: "float6e3m2"
    }
  }

  private static let byName = Dictionary(uniqueKeysWithValues: allCases.map { ($0.name, $0) })

  /// The type with ONNX's `name`, or nil.
  public init?(named name: String) {
    guard let type = Self.byName[name] else { return nil }
    self = type
  }
}
