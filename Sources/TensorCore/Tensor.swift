/// A tensor of any ONNX element type: an immutable, contiguous, row-major view of shared storage.
public struct Tensor: Sendable {
  /// The type of the elements.
  public let elementType: ElementType
  /// The extents, outermost first; empty for a scalar.
  public let shape: [Int]
  /// The number of elements, the product of `shape`.
  public let count: Int
  private let contents: Contents

  private enum Contents: Sendable {
    case bytes(Storage, offset: Int)
    case strings([String], MemoryCharge?)
  }

  /// Where the elements lie; nil for strings.
  package var place: (storage: Storage, byteOffset: Int)? {
    guard case .bytes(let storage, let offset) = contents else { return nil }
    return (storage, offset)
  }

  /// A view of `storage` from `byteOffset` on. Sub-byte types take one byte each.
  ///
  /// - Precondition: `shape` has non-negative extents whose bytes lie within the storage.
  public init(_ elementType: ElementType, shape: [Int], storage: Storage, byteOffset: Int = 0) {
    precondition(elementType != .string, "strings are held apart from bytes")
    self.elementType = elementType
    self.shape = shape
    count = shape.product
    precondition(byteOffset >= 0 && byteOffset + count * elementType.byteWidth <= storage.byteCount)
    contents = .bytes(storage, offset: byteOffset)
  }

  /// A tensor of strings.
  public init(strings: [String], shape: [Int]) {
    elementType = .string
    self.shape = shape
    count = shape.product
    precondition(strings.count == count, "\(strings.count) strings for shape \(shape)")
    contents = .strings(strings, MemoryCharge(bytes: Self.bytes(of: strings)))
  }

  /// What strings take; the shortest stand in the list itself.
  private static func bytes(of strings: [String]) -> Int {
    strings.reduce(0) { $0 + MemoryLayout<String>.stride + $1.utf8.count }
  }

  /// A new tensor whose bytes `fill` writes; it must initialise every one of them.
  public init(
    _ elementType: ElementType, shape: [Int], fill: (UnsafeMutableRawBufferPointer) throws -> Void
  ) rethrows {
    let storage = Storage(byteCount: shape.product * elementType.byteWidth)
    try fill(UnsafeMutableRawBufferPointer(start: storage.base, count: storage.byteCount))
    self.init(elementType, shape: shape, storage: storage)
  }

  /// The number of dimensions.
  public var rank: Int { shape.count }

  /// The number of bytes of the elements; strings count with their UTF-8 length.
  public var byteCount: Int {
    switch contents {
    case .bytes: count * elementType.byteWidth
    case .strings(let strings, _): strings.reduce(0) { $0 + $1.utf8.count }
    }
  }

  /// The elements from one position to another in row-major order, as a list; shares their bytes.
  package func elements(_ range: Range<Int>) -> Tensor {
    switch contents {
    case .strings(let strings, _): return Tensor(strings: Array(strings[range]), shape: [range.count])
    case .bytes(let storage, let offset):
      return Tensor(
        elementType, shape: [range.count], storage: storage,
        byteOffset: offset + range.lowerBound * elementType.byteWidth)
    }
  }

  /// The elements of a string tensor, in row-major order; empty for other types.
  public var strings: [String] {
    guard case .strings(let strings, _) = contents else { return [] }
    return strings
  }

  /// The bytes of the elements; valid within `body` only. Empty for strings.
  public func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    guard case .bytes(let storage, let offset) = contents else {
      return try body(.init(start: nil, count: 0))
    }
    return try withExtendedLifetime(storage) {
      try body(UnsafeRawBufferPointer(start: storage.base + offset, count: count * elementType.byteWidth))
    }
  }

  /// The elements as `T`, whose size must be the element type's; valid within `body` only.
  @inlinable
  public func withElements<T: BitwiseCopyable, R>(
    _ type: T.Type, _ body: (UnsafeBufferPointer<T>) throws -> R
  ) rethrows -> R {
    precondition(MemoryLayout<T>.stride == elementType.byteWidth, "\(T.self) is no element of \(elementType)")
    return try withUnsafeBytes { bytes in
      try body(UnsafeBufferPointer(start: bytes.baseAddress?.assumingMemoryBound(to: T.self), count: count))
    }
  }

  /// The same elements under another shape with the same count.
  public func reshaped(_ shape: [Int]) -> Tensor { reinterpreted(as: elementType, shape: shape) }

  /// The same bytes read as another type of the same width (for example the codes of a float8 as uint8).
  public func reinterpreted(as type: ElementType, shape: [Int]? = nil) -> Tensor {
    switch contents {
    case .strings(let strings, _): return Tensor(strings: strings, shape: shape ?? self.shape)
    case .bytes(let storage, let offset):
      return Tensor(type, shape: shape ?? self.shape, storage: storage, byteOffset: offset)
    }
  }
}

extension Tensor {
  /// A tensor of elements whose Swift type has the width of `elementType`.
  public init<T: BitwiseCopyable>(_ elementType: ElementType, shape: [Int], elements: [T]) {
    precondition(MemoryLayout<T>.stride == elementType.byteWidth, "\(T.self) is no element of \(elementType)")
    precondition(elements.count == shape.product, "\(elements.count) elements for shape \(shape)")
    self.init(elementType, shape: shape) { bytes in
      elements.withUnsafeBytes { bytes.copyInBlocks(from: $0) }
    }
  }

  /// A float tensor.
  public init(floats: [Float], shape: [Int]? = nil) {
    self.init(.float, shape: shape ?? [floats.count], elements: floats)
  }

  /// An int64 tensor, by default of rank 1.
  public init(int64 values: [Int], shape: [Int]? = nil) {
    self.init(.int64, shape: shape ?? [values.count], elements: values)
  }

  /// A bool tensor.
  public init(bools: [Bool], shape: [Int]) {
    self.init(.bool, shape: shape, elements: bools.map { $0 ? UInt8(1) : 0 })
  }
}
