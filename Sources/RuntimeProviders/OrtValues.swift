import CRuntimeHeaders
import Execution
import TensorCore

/// Turns values into ONNX Runtime's. What it makes is released with it.
final class OrtInputs {
  private let library: OrtLibrary
  private var owned: [OpaquePointer] = []
  private let buffers = InputBuffers()

  init(_ library: OrtLibrary) { self.library = library }

  deinit {
    for value in owned { ort_ReleaseValue(library.table, value) }
  }

  /// - Throws: `ProviderFailure` for a value that its C API cannot make.
  func make(_ value: Value) throws -> OpaquePointer {
    let table = library.table
    let made: OpaquePointer
    switch value {
    case .tensor(let tensor): made = tensor.elementType == .string ? try strings(tensor) : try numbers(tensor)
    case .sequence(let elements, _):
      guard !elements.isEmpty else {
        throw ProviderFailure(.unsupported, "ONNX Runtime's C API cannot make an empty sequence")
      }
      let values = try elements.map { Optional(try make($0)) }
      made = try library.made("sequence") {
        ort_CreateValue(table, values, values.count, OrtKind.sequence, &$0)
      }
    case .map(let map): made = try self.map(map)
    case .optional(let value?, _): return try make(value)
    case .optional(nil, _):
      throw ProviderFailure(.unsupported, "ONNX Runtime's C API cannot make an absent optional")
    case .sparseTensor:
      throw ProviderFailure(.unsupported, "sparse tensors are not handed to ONNX Runtime")
    }
    owned.append(made)
    return made
  }

  private func map(_ map: Map) throws -> OpaquePointer {
    let keys: Tensor =
      switch map.keys {
      case .integers(let keys, _): Tensor(int64: keys.map { Int($0) })
      case .strings(let keys): Tensor(strings: keys, shape: [keys.count])
      }
    let scalars = try map.values.map { value in
      guard case .tensor(let tensor) = value, tensor.count == 1 else {
        throw ProviderFailure(.unsupported, "ONNX Runtime's C API makes maps to single numbers or texts only")
      }
      return tensor.reshaped([1])
    }
    guard let first = scalars.first else {
      throw ProviderFailure(.unsupported, "ONNX Runtime's C API cannot make an empty map")
    }
    let values = Tensor.joining(scalars, as: first.elementType, shape: [scalars.count])
    let parts: [OpaquePointer?] = [try make(.tensor(keys)), try make(.tensor(values))]
    return try library.made("map") { ort_CreateValue(library.table, parts, 2, OrtKind.map, &$0) }
  }

  private func strings(_ tensor: Tensor) throws -> OpaquePointer {
    let dims = tensor.shape.map(Int64.init)
    let type = OrtElementType.code(.string)
    let value = try library.made("tensor") {
      ort_CreateTensorAsOrtValue(library.table, library.allocator, dims, dims.count, type, &$0)
    }
    if tensor.count > 0 {
      try withCStrings(tensor.strings) {
        try library.check(ort_FillStringTensor(library.table, value, $0, tensor.count))
      }
    }
    return value
  }

  private func numbers(_ tensor: Tensor) throws -> OpaquePointer {
    let buffer = try buffers.copy(tensor)
    guard let start = buffer.baseAddress else { throw ProviderFailure(.rejected, "no memory for an input") }
    let dims = tensor.shape.map(Int64.init)
    let type = OrtElementType.code(tensor.elementType)
    return try library.made("tensor") {
      ort_CreateTensorWithDataAsOrtValue(
        library.table, library.memory, start, buffer.count, dims, dims.count, type, &$0)
    }
  }
}

/// Reads ONNX Runtime's values.
struct OrtOutputs {
  let library: OrtLibrary
  private var table: OpaquePointer { library.table }

  init(_ library: OrtLibrary) { self.library = library }

  func read(_ value: OpaquePointer) throws -> Value {
    var isPresent: Int32 = 0
    try library.check(ort_HasValue(table, value, &isPresent))
    // An absent optional does not say of what type it would be.
    guard isPresent != 0 else { return .optional(nil, of: .tensor(.float, nil)) }
    var kind: Int32 = 0
    try library.check(ort_GetValueType(table, value, &kind))
    switch kind {
    case OrtKind.tensor: return .tensor(try tensor(value))
    case OrtKind.sequence:
      let elements = try self.elements(value)
      return .sequence(elements, of: try elements.first?.type.withoutShape ?? elementType(ofSequence: value))
    case OrtKind.map: return .map(try map(value))
    default:
      throw ProviderFailure(.unsupported, "ONNX Runtime gives a value of kind \(kind), which is not read")
    }
  }

  private func elements(_ value: OpaquePointer) throws -> [Value] {
    var count = 0
    try library.check(ort_GetValueCount(table, value, &count))
    return try (0..<count).map { index in
      let element = try library.made("element") {
        ort_GetValue(table, value, Int32(index), library.allocator, &$0)
      }
      defer { ort_ReleaseValue(table, element) }
      return try read(element)
    }
  }

  private func map(_ value: OpaquePointer) throws -> Map {
    guard case let parts = try elements(value), parts.count == 2, case .tensor(let keys) = parts[0],
      case .tensor(let values) = parts[1], keys.count == values.count
    else { throw ProviderFailure(.rejected, "ONNX Runtime gives a map that is not keys and values") }
    let type = values.elementType
    return Map(
      keys: keys.elementType == .string
        ? .strings(keys.strings) : .integers(keys.integers(), keys.elementType),
      values: (0..<values.count).map { .tensor(values.selecting([$0], shape: [])) },
      valueType: .tensor(type, []))
  }

  private func tensor(_ value: OpaquePointer) throws -> Tensor {
    let info = try library.made("shape") { ort_GetTensorTypeAndShape(table, value, &$0) }
    defer { ort_ReleaseTensorInfo(table, info) }
    var code: Int32 = 0
    var rank = 0
    try library.check(ort_GetTensorElementType(table, info, &code))
    try library.check(ort_GetDimensionsCount(table, info, &rank))
    var dims = [Int64](repeating: 0, count: rank)
    if rank > 0 { try library.check(ort_GetDimensions(table, info, &dims, rank)) }
    let shape = dims.map { Int($0) }
    let count = try elementCount(shape)
    let type = try OrtElementType.type(code)
    if type == .string { return Tensor(strings: try strings(value, count), shape: shape) }
    var bytes: UnsafeMutableRawPointer?
    try library.check(ort_GetTensorMutableData(table, value, &bytes))
    let byteCount = BitPacking.packedByteCount(type, count)
    guard let bytes, byteCount > 0 else { return Tensor(type, shape: shape) { _ in } }
    let source = UnsafeRawBufferPointer(start: bytes, count: byteCount)
    if type.bitWidth < 8 { return BitPacking.unpack(type, shape: shape, source) }
    return Tensor(type, shape: shape) { $0.copyMemory(from: source) }
  }

  private func strings(_ value: OpaquePointer, _ count: Int) throws -> [String] {
    guard count > 0 else { return [] }
    var length = 0
    try library.check(ort_GetStringTensorDataLength(table, value, &length))
    var bytes = [UInt8](repeating: 0, count: max(length, 1))
    var offsets = [Int](repeating: 0, count: count)
    try library.check(ort_GetStringTensorContent(table, value, &bytes, length, &offsets, count))
    return try zip(offsets, offsets.dropFirst() + [length]).map { from, to in
      guard from >= 0, from <= to, to <= length else {
        throw ProviderFailure(.rejected, "ONNX Runtime gives texts that overlap")
      }
      return String(decoding: bytes[from..<to], as: UTF8.self)
    }
  }

  private func elementType(ofSequence value: OpaquePointer) throws -> ValueType {
    let info = try library.made("type") { ort_GetTypeInfo(table, value, &$0) }
    defer { ort_ReleaseTypeInfo(table, info) }
    var sequence: OpaquePointer?
    try library.check(ort_CastTypeInfoToSequence(table, info, &sequence))
    guard let sequence else {
      throw ProviderFailure(.rejected, "ONNX Runtime gives a sequence without a type")
    }
    let element = try library.made("type") { ort_GetSequenceElementType(table, sequence, &$0) }
    defer { ort_ReleaseTypeInfo(table, element) }
    return try type(element)
  }

  private func type(_ info: OpaquePointer) throws -> ValueType {
    var tensor: OpaquePointer?
    try library.check(ort_CastTypeInfoToTensorInfo(table, info, &tensor))
    if let tensor {
      var code: Int32 = 0
      try library.check(ort_GetTensorElementType(table, tensor, &code))
      return .tensor(try OrtElementType.type(code), nil)
    }
    var map: OpaquePointer?
    try library.check(ort_CastTypeInfoToMap(table, info, &map))
    guard let map else { throw ProviderFailure(.unsupported, "ONNX Runtime gives a type that is not read") }
    var key: Int32 = 0
    try library.check(ort_GetMapKeyType(table, map, &key))
    let value = try library.made("type") { ort_GetMapValueType(table, map, &$0) }
    defer { ort_ReleaseTypeInfo(table, value) }
    return .map(key: try OrtElementType.type(key), value: try type(value))
  }
}

/// `ONNXType`
enum OrtKind {
  static let tensor: Int32 = 1
  static let sequence: Int32 = 2
  static let map: Int32 = 3
}

/// `ONNXTensorElementDataType`: ONNX's numbers, but for the newest three.
enum OrtElementType {
  private static let codes: [ElementType: Int32] = [.uint2: 24, .int2: 25, .float8e8m0: 26]
  private static let types = Dictionary(uniqueKeysWithValues: codes.map { ($1, $0) })

  static func code(_ type: ElementType) -> Int32 { codes[type] ?? type.rawValue }

  static func type(_ code: Int32) throws -> ElementType {
    guard let type = types[code] ?? ElementType(rawValue: code) else {
      throw ProviderFailure(.unsupported, "ONNX Runtime gives elements of type \(code), which is not known")
    }
    return type
  }
}
