import Touchstone

/// Reads what C passes, and says of each argument what is wrong with it.
enum Arguments {
  /// The bytes from `pointer` on, which may be NULL where there are none.
  static func bytes(_ pointer: UnsafeRawPointer?, _ count: Int, _ name: String) throws
    -> UnsafeRawBufferPointer
  {
    guard count >= 0 else { throw ArgumentError("\(name) has more bytes than memory can hold") }
    guard pointer != nil || count == 0 else { throw ArgumentError("\(name) is NULL, but has \(count) bytes") }
    return UnsafeRawBufferPointer(start: pointer, count: count)
  }

  /// The elements of an array, which may be NULL where there are none.
  static func array<Element>(_ pointer: UnsafePointer<Element>?, _ count: Int, _ name: String) throws
    -> UnsafeBufferPointer<Element>
  {
    guard count >= 0, count <= Int.max / MemoryLayout<Element>.stride else {
      throw ArgumentError("\(name) has more elements than memory can hold")
    }
    guard pointer != nil || count == 0 else {
      throw ArgumentError("\(name) is NULL, but has \(count) elements")
    }
    return UnsafeBufferPointer(start: pointer, count: count)
  }

  /// A text that ends with NUL.
  static func text(_ pointer: UnsafePointer<CChar>?, _ name: String) throws -> String {
    guard let pointer else { throw ArgumentError("\(name) is NULL") }
    guard let text = String(validatingCString: pointer) else { throw ArgumentError("\(name) is not UTF-8") }
    return text
  }

  /// A text of `length` bytes.
  static func text(_ pointer: UnsafePointer<CChar>?, _ length: Int, _ name: String) throws -> String {
    let bytes = try bytes(pointer.map { UnsafeRawPointer($0) }, length, name)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ArgumentError("\(name) is not UTF-8")
    }
    return text
  }

  /// The object behind a handle.
  static func object<Object: AnyObject & Sendable>(_ handle: OpaquePointer?, _ name: String) throws -> Object
  {
    if let object: Object = HandleTable.shared.find(handle) { return object }
    throw ArgumentError(
      handle == nil ? "\(name) is NULL" : "\(name) is no handle of the right kind, or one that was freed")
  }

  /// The value behind a handle.
  static func value(_ handle: OpaquePointer?, _ name: String) throws -> Value {
    let object: ValueHandle = try object(handle, name)
    return object.value
  }

  /// The type that a type string names; nil for NULL.
  static func type(_ pointer: UnsafePointer<CChar>?, _ name: String) throws -> ValueType? {
    guard pointer != nil else { return nil }
    let text = try text(pointer, name)
    guard let type = ValueType(typeString: text) else {
      throw ArgumentError("\(name) is '\(text)', which is no type string such as 'tensor(float)'")
    }
    return type
  }

  /// Dims, none negative, whose product no later computation can make overflow; and that product.
  static func shape(_ dims: UnsafePointer<Int64>?, _ rank: Int) throws -> (shape: [Int], count: Int) {
    let shape = try array(dims, rank, "dims").map { Int($0) }
    var product = 1
    for extent in shape {
      guard extent >= 0 else {
        throw ArgumentError("dims \(shape) hold \(extent), but an extent must not be negative")
      }
      guard extent != 0 else { continue }
      let (next, overflow) = product.multipliedReportingOverflow(by: extent)
      guard !overflow, next <= Int.max / 256 else {
        throw ArgumentError("dims \(shape) have more elements than a tensor can hold")
      }
      product = next
    }
    return (shape, shape.contains(0) ? 0 : product)
  }
}
