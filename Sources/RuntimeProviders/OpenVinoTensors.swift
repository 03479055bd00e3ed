import CRuntimeHeaders
import Execution
import TensorCore

/// Turns values into OpenVINO's tensors. What it makes is freed with it.
final class OpenVinoInputs {
  private let library: OpenVinoLibrary
  private let types: OpenVinoElementTypes
  private let buffers = InputBuffers()
  private var owned: [OpaquePointer] = []

  init(_ library: OpenVinoLibrary, _ types: OpenVinoElementTypes) {
    self.library = library
    self.types = types
  }

  deinit { for tensor in owned { library.functions.freeTensor(tensor) } }

  /// - Throws: `ProviderFailure` for a value that its C API cannot make.
  func make(_ value: Value) throws -> OpaquePointer {
    guard case .tensor(let tensor) = value else {
      throw ProviderFailure(
        .unsupported, "OpenVINO takes tensors only, not a value of type \(value.type.typeString)")
    }
    var dims = tensor.shape.map(Int64.init)
    let made = try dims.withUnsafeMutableBufferPointer { dims in
      let shape = OvShape(rank: Int64(dims.count), dims: dims.baseAddress)
      return tensor.elementType == .string ? try strings(tensor, shape) : try numbers(tensor, shape)
    }
    owned.append(made)
    return made
  }

  private func numbers(_ tensor: Tensor, _ shape: OvShape) throws -> OpaquePointer {
    let code = try types.code(tensor.elementType)
    guard let start = try buffers.copy(tensor).baseAddress else {
      throw ProviderFailure(.rejected, "no memory for an input")
    }
    return try library.made("tensor") { library.functions.createTensor(code, shape, start, &$0) }
  }

  private func strings(_ tensor: Tensor, _ shape: OvShape) throws -> OpaquePointer {
    guard !tensor.strings.contains(where: { $0.utf8.contains(0) }) else {
      throw ProviderFailure(.unsupported, "OpenVINO's C API ends a text at its first NUL")
    }
    return try withCStrings(tensor.strings) { texts in
      try library.made("tensor") { library.functions.createStrings(texts, tensor.count, shape, &$0) }
    }
  }
}

/// Reads OpenVINO's tensors.
struct OpenVinoOutputs {
  private let library: OpenVinoLibrary
  private let types: OpenVinoElementTypes
  private var functions: OpenVinoFunctions { library.functions }

  init(_ library: OpenVinoLibrary, _ types: OpenVinoElementTypes) {
    self.library = library
    self.types = types
  }

  func read(_ tensor: OpaquePointer) throws -> Tensor {
    let shape = try self.shape(tensor)
    let count = try elementCount(shape)
    var code: UInt32 = 0
    var byteCount = 0
    try library.check(functions.tensorType(tensor, &code))
    try library.check(functions.tensorByteSize(tensor, &byteCount))
    let type = try types.type(code)
    let wanted = type == .string ? count * Self.stringSize : BitPacking.packedByteCount(type, count)
    guard byteCount == wanted else {
      throw ProviderFailure(
        .unsupported,
        "OpenVINO gives \(byteCount) bytes for \(count) elements of \(type), which take \(wanted)")
    }
    guard byteCount > 0 else {
      return type == .string ? Tensor(strings: [], shape: shape) : Tensor(type, shape: shape) { _ in }
    }
    var start: UnsafeMutableRawPointer?
    try library.check(functions.tensorData(tensor, &start))
    guard let start else { throw ProviderFailure(.rejected, "OpenVINO gives a tensor without elements") }
    let bytes = UnsafeRawBufferPointer(start: start, count: byteCount)
    if type == .string { return Tensor(strings: try strings(bytes, count), shape: shape) }
    if type.bitWidth < 8 { return BitPacking.unpack(type, shape: shape, bytes) }
    return Tensor(type, shape: shape) { $0.copyMemory(from: bytes) }
  }

  private func shape(_ tensor: OpaquePointer) throws -> [Int] {
    var shape = OvShape()
    let status = functions.tensorShape(tensor, &shape)
    defer { _ = functions.freeShape(&shape) }
    // OpenVINO 2026.4 takes a rank of 0 for an invalid parameter, having set it.
    var count = 0
    if status == OpenVinoError.invalidParameter, shape.rank == 0, functions.tensorSize(tensor, &count) == 0,
      count == 1
    {
      return []
    }
    try library.check(status)
    guard shape.rank > 0 else { return [] }
    guard let dims = shape.dims else { throw ProviderFailure(.rejected, "OpenVINO gives no shape") }
    return (0..<Int(shape.rank)).map { Int(dims[$0]) }
  }

  /// Bytes of a C++ string as GNU's library has laid it out since 2015: address, length, and room for 16 more.
  /// Outputs of texts are arrays of those, with no function that reads them.
  private static let stringSize = 32

  private func strings(_ bytes: UnsafeRawBufferPointer, _ count: Int) throws -> [String] {
    try (0..<count).map { index in
      let offset = index * Self.stringSize
      let length = bytes.load(fromByteOffset: offset + 8, as: Int.self)
      guard let start = bytes.load(fromByteOffset: offset, as: UnsafeRawPointer?.self),
        (0...MemoryLimit.bytes).contains(length)
      else { throw ProviderFailure(.unsupported, "OpenVINO's texts are not laid out as GNU's C++ strings") }
      return String(decoding: UnsafeRawBufferPointer(start: start, count: length), as: UTF8.self)
    }
  }
}
