import COnnxProto
import GraphIR
import TensorCore

/// The kinds of a value's parts, by the numbers of `SequenceProto.DataType` and `OptionalProto.DataType`.
enum ValueKind: Int32 {
  case tensor = 1, sparseTensor, sequence, map, optional

  init(_ type: ValueType) {
    switch type {
    case .tensor: self = .tensor
    case .sparseTensor: self = .sparseTensor
    case .sequence: self = .sequence
    case .map: self = .map
    case .optional: self = .optional
    }
  }
}

extension FileReader {
  /// A tensor of the element type that was declared.
  func tensor(_ proto: Touchstone__TensorProto, of type: ElementType) throws -> Value {
    let tensor = try tensor(proto)
    guard tensor.elementType == type else {
      throw mismatch("a tensor of \(tensor.elementType)", "one of \(type)")
    }
    return .tensor(tensor)
  }

  /// A sparse tensor of the element type that was declared.
  func sparseTensor(_ proto: Touchstone__SparseTensorProto, of type: ElementType) throws -> Value {
    let sparse = try sparseTensor(proto)
    guard sparse.values.elementType == type else {
      throw mismatch("a sparse tensor of \(sparse.values.elementType)", "one of \(type)")
    }
    return .sparseTensor(sparse)
  }

  /// A `SequenceProto` whose elements were declared to be of type `element`.
  func sequence(_ proto: Touchstone__SequenceProto, of element: ValueType) throws -> Value {
    .sequence(try elements(proto, of: element), of: element)
  }

  private func elements(_ proto: Touchstone__SequenceProto, of element: ValueType) throws -> [Value] {
    let counts = [
      proto.n_tensor_values, proto.n_sparse_tensor_values, proto.n_sequence_values, proto.n_map_values,
      proto.n_optional_values,
    ]
    let kind = ValueKind(element)
    let total = counts.reduce(0, +)
    guard counts[Int(kind.rawValue) - 1] == total, [0, kind.rawValue].contains(proto.elem_type) || total == 0
    else {
      throw mismatch("a sequence of other elements (elem_type \(proto.elem_type))", "\(element)")
    }
    switch element {
    case .tensor(let type, _):
      return try each(proto.tensor_values, proto.n_tensor_values) { try tensor($0.pointee, of: type) }
    case .sparseTensor(let type, _):
      return try each(proto.sparse_tensor_values, proto.n_sparse_tensor_values) {
        try sparseTensor($0.pointee, of: type)
      }
    case .sequence(let inner):
      return try each(proto.sequence_values, proto.n_sequence_values) { try sequence($0.pointee, of: inner) }
    case .map(let key, let value):
      return try each(proto.map_values, proto.n_map_values) {
        try self.map($0.pointee, key: key, value: value)
      }
    case .optional(let inner):
      return try each(proto.optional_values, proto.n_optional_values) { try optional($0.pointee, of: inner) }
    }
  }

  /// A `MapProto` whose keys and values were declared.
  func map(_ proto: Touchstone__MapProto, key: ElementType, value: ValueType) throws -> Value {
    guard proto.key_type == key.rawValue else {
      throw mismatch("a map with key_type \(proto.key_type)", "\(key.rawValue) (\(key))")
    }
    let keys: Map.Keys
    let count: Int
    if key == .string {
      guard proto.n_keys == 0 else {
        throw LoadError.malformed("a map with string keys also has integer keys")
      }
      count = proto.n_string_keys
      let list = UnsafeBufferPointer(start: proto.string_keys, count: count)
      keys = .strings(try list.map { try text($0, "a key of a map") })
    } else {
      guard key.isInteger, key.bitWidth >= 8, proto.n_string_keys == 0 else {
        throw LoadError.malformed("a map's keys must be integers or strings, all of key_type \(key)")
      }
      count = proto.n_keys
      keys = .integers(Array(UnsafeBufferPointer(start: proto.keys, count: count)), key)
    }
    let values = try proto.values.map { try elements($0.pointee, of: value) } ?? []
    guard values.count == count else {
      throw LoadError.malformed("a map has \(count) keys, but \(values.count) values")
    }
    return .map(Map(keys: keys, values: values, valueType: value))
  }

  /// An `OptionalProto` whose element was declared to be of type `element`.
  func optional(_ proto: Touchstone__OptionalProto, of element: ValueType) throws -> Value {
    let present = [
      proto.tensor_value != nil, proto.sparse_tensor_value != nil, proto.sequence_value != nil,
      proto.map_value != nil, proto.optional_value != nil,
    ]
    guard present.contains(true) else { return .optional(nil, of: element) }
    let kind = ValueKind(element)
    guard present.count(where: \.self) == 1, present[Int(kind.rawValue) - 1],
      [0, kind.rawValue].contains(proto.elem_type)
    else { throw mismatch("an optional of something else (elem_type \(proto.elem_type))", "\(element)") }
    let value: Value? =
      switch element {
      case .tensor(let type, _): try proto.tensor_value.map { try tensor($0.pointee, of: type) }
      case .sparseTensor(let type, _):
        try proto.sparse_tensor_value.map { try sparseTensor($0.pointee, of: type) }
      case .sequence(let inner): try proto.sequence_value.map { try sequence($0.pointee, of: inner) }
      case .map(let key, let inner):
        try proto.map_value.map { try self.map($0.pointee, key: key, value: inner) }
      case .optional(let inner): try proto.optional_value.map { try optional($0.pointee, of: inner) }
      }
    return .optional(value, of: element)
  }

  private func mismatch(_ found: String, _ declared: String) -> LoadError {
    .malformed("the file holds \(found), but \(declared) is declared")
  }
}
