import CTouchstone
import Touchstone

/// Type and shape of a tensor that C describes, held against its bytes.
private struct TensorLayout {
  let type: ElementType
  let shape: [Int]
  let bytes: UnsafeRawBufferPointer

  init(
    _ elementType: Int32, _ dims: UnsafePointer<Int64>?, _ rank: Int, _ data: UnsafeRawPointer?,
    _ byteCount: Int
  ) throws {
    guard let type = ElementType(rawValue: elementType) else {
      throw ArgumentError(
        "element_type is \(elementType), but must be a TensorProto.DataType from 1 to "
          + "\(ElementType.allCases.count)"
      )
    }
    guard type != .string else { throw ArgumentError("strings have no bytes; use touchstone_tensor_strings") }
    let (shape, count) = try Arguments.shape(dims, rank)
    let required = count * type.byteWidth
    guard byteCount == required else {
      throw ArgumentError("byte_count is \(byteCount), but \(type)\(shape) has \(required) bytes")
    }
    bytes = try Arguments.bytes(data, byteCount, "data")
    self.type = type
    self.shape = shape
    try checkCodes()
  }

  /// Holds the bytes of types that do not use all eight bits against what they may be: operators look them up
  /// in tables of that size.
  private func checkCodes() throws {
    func check<Code: BitwiseCopyable & Comparable>(_ range: ClosedRange<Code>) throws {
      let codes = bytes.assumingMemoryBound(to: Code.self)
      guard let index = codes.firstIndex(where: { !range.contains($0) }) else { return }
      throw ArgumentError("element \(index) of \(type)\(shape) is \(codes[index]), but must lie in \(range)")
    }
    switch type {
    case .bool: try check(0...UInt8(1))
    case .uint2: try check(0...UInt8(3))
    case .uint4, .float4e2m1: try check(0...UInt8(15))
    case .float6e2m3, .float6e3m2: try check(0...UInt8(63))
    case .int2: try check(Int8(-2)...1)
    case .int4: try check(Int8(-8)...7)
    default: break
    }
  }
}

@c @implementation
public func touchstone_tensor_copy(
  _ elementType: Int32, _ dims: UnsafePointer<Int64>?, _ rank: Int, _ data: UnsafeRawPointer?,
  _ byteCount: Int,
  _ value: HandleSlot, _ error: ErrorSlot
) -> Int32 {
  creating(value, error) {
    let layout = try TensorLayout(elementType, dims, rank, data, byteCount)
    return ValueHandle(
      .tensor(Tensor(layout.type, shape: layout.shape) { $0.copyMemory(from: layout.bytes) }))
  }
}

@c @implementation
public func touchstone_tensor_borrow(
  _ elementType: Int32, _ dims: UnsafePointer<Int64>?, _ rank: Int, _ data: UnsafeRawPointer?,
  _ byteCount: Int,
  _ release: touchstone_release?, _ releaseContext: UnsafeMutableRawPointer?, _ value: HandleSlot,
  _ error: ErrorSlot
) -> Int32 {
  creating(value, error) {
    let layout = try TensorLayout(elementType, dims, rank, data, byteCount)
    // The header asks the caller for a callback that any thread may call.
    nonisolated(unsafe) let context = releaseContext
    let storage: Storage
    if let base = layout.bytes.baseAddress {
      storage = Storage(foreign: base, byteCount: byteCount) { release?(context) }
    } else {
      let empty = Storage(byteCount: 0)
      storage = Storage(foreign: empty.base, byteCount: 0) {
        withExtendedLifetime(empty) {}
        release?(context)
      }
    }
    return ValueHandle(.tensor(Tensor(layout.type, shape: layout.shape, storage: storage)))
  }
}

@c @implementation
public func touchstone_tensor_strings(
  _ dims: UnsafePointer<Int64>?, _ rank: Int, _ texts: UnsafePointer<UnsafePointer<CChar>?>?,
  _ lengths: UnsafePointer<Int>?, _ count: Int, _ value: HandleSlot, _ error: ErrorSlot
) -> Int32 {
  creating(value, error) {
    let (shape, required) = try Arguments.shape(dims, rank)
    guard count == required else {
      throw ArgumentError("count is \(count), but string\(shape) has \(required) elements")
    }
    let texts = try Arguments.array(texts, count, "texts")
    let strings = try texts.indices.map { index in
      guard let lengths else { return try Arguments.text(texts[index], "texts[\(index)]") }
      return try Arguments.text(texts[index], lengths[index], "texts[\(index)]")
    }
    return ValueHandle(.tensor(Tensor(strings: strings, shape: shape)))
  }
}

@c @implementation
public func touchstone_sparse_tensor(
  _ values: OpaquePointer?, _ indices: OpaquePointer?, _ dims: UnsafePointer<Int64>?, _ rank: Int,
  _ value: HandleSlot, _ error: ErrorSlot
) -> Int32 {
  creating(value, error) {
    guard case .tensor(let values) = try Arguments.value(values, "values"),
      case .tensor(let indices) = try Arguments.value(indices, "indices")
    else { throw ArgumentError("values and indices must be tensors") }
    let (shape, count) = try Arguments.shape(dims, rank)
    guard values.rank == 1 else {
      throw ArgumentError("values have dims \(values.shape), but must have rank 1")
    }
    guard indices.elementType == .int64,
      indices.shape == [values.count] || indices.shape == [values.count, rank]
    else {
      throw ArgumentError(
        "indices are \(indices.elementType)\(indices.shape), but must be int64[\(values.count)] or "
          + "int64[\(values.count), \(rank)]")
    }
    for (position, index) in indices.integers().enumerated() {
      let extent = indices.rank == 1 ? count : shape[position % rank]
      guard index >= 0, index < extent else {
        throw ArgumentError("index \(index) lies outside dims \(shape)")
      }
    }
    return ValueHandle(.sparseTensor(SparseTensor(values: values, indices: indices, shape: shape)))
  }
}
