import CTouchstone
import Touchstone

@c @implementation
public func touchstone_value_kind(
  _ value: OpaquePointer?, _ kind: UnsafeMutablePointer<Int32>?, _ error: ErrorSlot
) -> Int32 {
  guarded(error) {
    let number =
      switch try Arguments.value(value, "value") {
      case .tensor: TOUCHSTONE_TENSOR
      case .sparseTensor: TOUCHSTONE_SPARSE_TENSOR
      case .sequence: TOUCHSTONE_SEQUENCE
      case .map: TOUCHSTONE_MAP
      case .optional: TOUCHSTONE_OPTIONAL
      }
    try store(Int32(number), in: kind, "kind")
  }
}

@c @implementation
public func touchstone_value_type(
  _ value: OpaquePointer?, _ type: UnsafeMutablePointer<UnsafePointer<CChar>?>?, _ error: ErrorSlot
) -> Int32 {
  guarded(error) {
    let handle: ValueHandle = try Arguments.object(value, "value")
    try store(handle.type(), in: type, "type")
  }
}

@c @implementation
public func touchstone_value_view(
  _ value: OpaquePointer?, _ view: UnsafeMutablePointer<touchstone_tensor_view>?, _ error: ErrorSlot
) -> Int32 {
  guarded(error) {
    let handle: ValueHandle = try Arguments.object(value, "value")
    let type: ElementType
    let shape: [Int]
    var bytes = UnsafeRawBufferPointer(start: nil, count: 0)
    switch handle.value {
    case .tensor(let tensor):
      (type, shape) = (tensor.elementType, tensor.shape)
      // The handle keeps the tensor and so its storage: the address stays good until the handle is freed.
      bytes = tensor.withUnsafeBytes { $0 }
    case .sparseTensor(let sparse): (type, shape) = (sparse.values.elementType, sparse.shape)
    default: throw ArgumentError("value is \(handle.value.type.typeString), not a tensor")
    }
    try store(
      touchstone_tensor_view(
        element_type: type.rawValue, rank: Int32(clamping: shape.count), dims: handle.dims(shape),
        count: shape.contains(0) ? 0 : shape.reduce(1, &*), data: bytes.baseAddress, byte_count: bytes.count),
      in: view, "view")
  }
}

@c @implementation
public func touchstone_value_strings(
  _ value: OpaquePointer?, _ texts: UnsafeMutablePointer<UnsafePointer<UnsafePointer<CChar>?>?>?,
  _ lengths: UnsafeMutablePointer<UnsafePointer<Int>?>?, _ count: UnsafeMutablePointer<Int>?,
  _ error: ErrorSlot
) -> Int32 {
  guarded(error) {
    let handle: ValueHandle = try Arguments.object(value, "value")
    guard case .tensor(let tensor) = handle.value, tensor.elementType == .string else {
      throw ArgumentError("value is \(handle.value.type.typeString), not a tensor of strings")
    }
    let view = handle.texts(tensor.strings)
    try store(view.texts, in: texts, "texts")
    try store(view.lengths, in: lengths, "lengths")
    try store(view.count, in: count, "count")
  }
}

// MARK: - Elements

@c @implementation
public func touchstone_value_element_count(
  _ value: OpaquePointer?, _ count: UnsafeMutablePointer<Int>?, _ error: ErrorSlot
) -> Int32 {
  guarded(error) {
    let number =
      switch try Arguments.value(value, "value") {
      case .tensor: throw ArgumentError("value is a tensor, whose elements touchstone_value_view shows")
      case .sparseTensor: 2
      case .sequence(let elements, _): elements.count
      case .map(let map): map.values.count
      case .optional(let element, _): element == nil ? 0 : 1
      }
    try store(number, in: count, "count")
  }
}

@c @implementation
public func touchstone_value_element(
  _ value: OpaquePointer?, _ index: Int, _ element: HandleSlot, _ error: ErrorSlot
) -> Int32 {
  creating(element, error) {
    let elements: [Value] =
      switch try Arguments.value(value, "value") {
      case .tensor: throw ArgumentError("value is a tensor, whose elements touchstone_value_view shows")
      case .sparseTensor(let sparse): [.tensor(sparse.values), .tensor(sparse.indices)]
      case .sequence(let elements, _): elements
      case .map(let map): map.values
      case .optional(let element, _): element.map { [$0] } ?? []
      }
    guard elements.indices.contains(index) else {
      throw ArgumentError("index is \(index), but value has \(elements.count) elements")
    }
    return ValueHandle(elements[index])
  }
}

@c @implementation
public func touchstone_value_keys(_ value: OpaquePointer?, _ keys: HandleSlot, _ error: ErrorSlot) -> Int32 {
  creating(keys, error) {
    guard case .map(let map) = try Arguments.value(value, "value") else {
      throw ArgumentError("value is no map")
    }
    switch map.keys {
    case .integers(let numbers, let type):
      return ValueHandle(.tensor(Tensor(type, shape: [numbers.count], wrapping: numbers)))
    case .strings(let strings): return ValueHandle(.tensor(Tensor(strings: strings, shape: [strings.count])))
    }
  }
}
