import Glibc
import TensorCore

/// A value as it travels between processes: its structure here, the elements of its tensors in a shared file.
indirect enum ValueLayout: Codable, Sendable {
  case tensor(Int32, shape: [Int], offset: Int)
  case strings([String], shape: [Int])
  case sparseTensor(values: ValueLayout, indices: ValueLayout, shape: [Int])
  case sequence([ValueLayout], of: String)
  case integerMap([Int64], keyType: Int32, [ValueLayout], valueType: String)
  case stringMap([String], [ValueLayout], valueType: String)
  case optional(ValueLayout?, of: String)
}

/// Lays values out in a file, one after another.
struct ValueWriter {
  let file: Descriptor
  private(set) var byteCount = 0

  init(file: Descriptor) { self.file = file }

  /// - Throws: `SystemError` where the file does not take the bytes.
  mutating func write(_ value: Value) throws -> ValueLayout {
    switch value {
    case .tensor(let tensor): return try write(tensor)
    case .sparseTensor(let sparse):
      return .sparseTensor(
        values: try write(sparse.values), indices: try write(sparse.indices), shape: sparse.shape)
    case .sequence(let elements, let type):
      return .sequence(try elements.map { try write($0) }, of: type.typeString)
    case .map(let map):
      let values = try map.values.map { try write($0) }
      let type = map.valueType.typeString
      switch map.keys {
      case .integers(let keys, let keyType):
        return .integerMap(keys, keyType: keyType.rawValue, values, valueType: type)
      case .strings(let keys): return .stringMap(keys, values, valueType: type)
      }
    case .optional(let value, let type):
      return .optional(try value.map { try write($0) }, of: type.typeString)
    }
  }

  private mutating func write(_ tensor: Tensor) throws -> ValueLayout {
    guard tensor.elementType != .string else { return .strings(tensor.strings, shape: tensor.shape) }
    let offset = byteCount
    try tensor.withUnsafeBytes { try write($0) }
    return .tensor(tensor.elementType.rawValue, shape: tensor.shape, offset: offset)
  }

  mutating func write(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes
    while !rest.isEmpty {
      let count = pwrite(file.number, rest.baseAddress, rest.count, off_t(byteCount))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw SystemError("pwrite") }
      byteCount += count
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }
}

/// Reads values from a file. A worker may have been damaged by what it ran, so nothing that it says is believed.
struct ValueReader {
  let file: Descriptor

  /// - Throws: `LayoutError` for a layout that is none, `ShapeError` for a shape beyond the memory limit.
  func read(_ layout: ValueLayout) throws -> Value {
    switch layout {
    case .tensor, .strings: return .tensor(try tensor(layout))
    case .sparseTensor(let values, let indices, let shape):
      _ = try elementCount(shape)
      let sparse = SparseTensor(values: try tensor(values), indices: try tensor(indices), shape: shape)
      if let flaw = sparse.flaw { throw LayoutError("a sparse tensor whose \(flaw)") }
      return .sparseTensor(sparse)
    case .sequence(let elements, let type): return .sequence(try elements.map(read), of: try self.type(type))
    case .integerMap(let keys, let keyType, let values, let type):
      let keyType = try elementType(keyType)
      guard keys.count == values.count, keyType.isInteger else {
        throw LayoutError("a map of \(keys.count) keys of \(keyType)")
      }
      return .map(
        Map(
          keys: .integers(keys, keyType), values: try values.map(read),
          valueType: try self.type(type)))
    case .stringMap(let keys, let values, let type):
      guard keys.count == values.count else { throw LayoutError("a map of \(keys.count) keys") }
      return .map(Map(keys: .strings(keys), values: try values.map(read), valueType: try self.type(type)))
    case .optional(let value, let type): return .optional(try value.map(read), of: try self.type(type))
    }
  }

  private func tensor(_ layout: ValueLayout) throws -> Tensor {
    switch layout {
    case .strings(let strings, let shape):
      guard try elementCount(shape) == strings.count else { throw LayoutError("\(strings.count) strings") }
      return Tensor(strings: strings, shape: shape)
    case .tensor(let code, let shape, let offset):
      let type = try elementType(code)
      guard type != .string, offset >= 0 else { throw LayoutError("a tensor at \(offset)") }
      _ = try elementCount(shape)
      let tensor = try Tensor(type, shape: shape) { try read($0, at: offset) }
      try checkElements(of: tensor)
      return tensor
    default: throw LayoutError("no tensor")
    }
  }

  /// A byte holds one element of a type that is smaller, and some bytes hold none.
  private func checkElements(of tensor: Tensor) throws {
    let type = tensor.elementType
    let bits = type == .bool ? 1 : type.bitWidth
    guard bits < 8 else { return }
    let half = type.arithmetic == .signed ? 1 << (bits - 1) : 0
    let wrong = tensor.withUnsafeBytes { bytes in
      bytes.first { byte in
        let value = half > 0 ? Int(Int8(bitPattern: byte)) : Int(byte)
        return !(-half..<(1 << bits) - half).contains(value)
      }
    }
    if let wrong { throw LayoutError("the byte \(wrong) as \(type)") }
  }

  /// The `count` bytes at the beginning of the file.
  func bytes(count: Int) throws -> [UInt8] {
    guard count >= 0, count <= MemoryLimit.bytes else { throw LayoutError("\(count) bytes") }
    return try [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      try read(UnsafeMutableRawBufferPointer(buffer), at: 0)
      initialized = count
    }
  }

  private func read(_ bytes: UnsafeMutableRawBufferPointer, at offset: Int) throws {
    var done = 0
    while done < bytes.count {
      let count = pread(
        file.number, bytes.baseAddress.map { $0 + done }, bytes.count - done, off_t(offset + done))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw LayoutError("\(done) of \(bytes.count) bytes") }
      done += count
    }
  }

  private func elementType(_ code: Int32) throws -> ElementType {
    guard let type = ElementType(rawValue: code) else { throw LayoutError("element type \(code)") }
    return type
  }

  private func type(_ text: String) throws -> ValueType {
    guard let type = ValueType(typeString: text) else { throw LayoutError("type '\(text)'") }
    return type
  }
}

/// What came from another process is not what it must be.
struct LayoutError: Error, CustomStringConvertible {
  let description: String
  init(_ found: String) { description = "a message between processes is damaged: it holds \(found)" }
}
