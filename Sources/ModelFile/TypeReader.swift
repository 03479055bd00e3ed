import COnnxProto
import GraphIR
import TensorCore

/// Reads a `TypeProto`, and notes whether `ValueType` can hold all that it says.
struct TypeReader {
  /// Whether the type says more than was returned: a denotation, an opaque type, an unknown field.
  private(set) var losesSomething = false

  /// The type, and its bytes if it says more than that; (nil, []) without a type.
  static func read(_ proto: UnsafeMutablePointer<Touchstone__TypeProto>?) throws -> (ValueType?, [UInt8]) {
    guard let proto else { return (nil, []) }
    var reader = TypeReader()
    let type = try reader.type(proto.pointee)
    return (type, reader.losesSomething || type == nil ? encoded(proto) : [])
  }

  /// The type that bytes kept by `read` stand for; nil also where they are no type.
  static func decode(_ bytes: [UInt8], limits: LoadLimits = LoadLimits()) -> ValueType? {
    let storage = bytes.withUnsafeBytes(Storage.copying)
    let type = try? FileReader.read(
      storage, as: touchstone_type_descriptor(), Touchstone__TypeProto.self, folder: nil, limits: limits
    ) { _, proto in
      var reader = TypeReader()
      return try reader.type(proto.pointee)
    }
    return type ?? nil
  }

  private static func encoded(_ proto: UnsafeMutablePointer<Touchstone__TypeProto>) -> [UInt8] {
    let message = UnsafeMutableRawPointer(proto).assumingMemoryBound(to: ProtobufCMessage.self)
    let count = protobuf_c_message_get_packed_size(message)
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = buffer.baseAddress.map { protobuf_c_message_pack(message, $0) } ?? 0
    }
  }

  private mutating func type(_ proto: Touchstone__TypeProto) throws -> ValueType? {
    note(proto, and: proto.denotation.len > 0 || proto.denotation.data != nil)
    let kinds = [
      proto.tensor_type != nil, proto.sparse_tensor_type != nil, proto.sequence_type != nil,
      proto.map_type != nil, proto.optional_type != nil,
    ]
    losesSomething = losesSomething || kinds.count(where: \.self) != 1
    if let tensor = proto.tensor_type { return try tensorType(tensor.pointee).map(ValueType.tensor) }
    if let tensor = proto.sparse_tensor_type {
      return try tensorType(tensor.pointee).map(ValueType.sparseTensor)
    }
    if let sequence = proto.sequence_type { return try element(sequence.pointee).map(ValueType.sequence) }
    if let optional = proto.optional_type { return try element(optional.pointee).map(ValueType.optional) }
    guard let map = proto.map_type?.pointee else { return nil }
    note(map)
    guard let key = try elementType(map.key_type),
      let value = try map.value_type.flatMap({ try type($0.pointee) })
    else { return nil }
    return .map(key: key, value: value)
  }

  private mutating func element(_ proto: Touchstone__TypeProto__Sequence) throws -> ValueType? {
    note(proto)
    return try proto.elem_type.flatMap { try type($0.pointee) }
  }

  private mutating func tensorType(_ proto: Touchstone__TypeProto__Tensor) throws -> (ElementType, [Dim]?)? {
    note(proto)
    let dims = try proto.shape.map { shape in
      note(shape.pointee)
      return try each(shape.pointee.dim, shape.pointee.n_dim) { try dim($0.pointee) }
    }
    return try elementType(proto.elem_type).map { ($0, dims) }
  }

  /// Old exporters write −1 or an empty name where an extent is unknown; both are read as unknown.
  private mutating func dim(_ proto: Touchstone__TensorShapeProto__Dimension) throws -> Dim {
    let parameter = try name(proto.dim_param, "a dim_param")
    let hasParameter = proto.has_dim_param != 0
    let hasValue = proto.has_dim_value != 0
    note(proto, and: proto.has_denotation != 0 || (hasParameter && (parameter.isEmpty || hasValue)))
    if hasValue && proto.dim_value >= 0 { return .value(Int(proto.dim_value)) }
    losesSomething = losesSomething || hasValue
    return parameter.isEmpty ? .unknown : .param(parameter)
  }

  /// Nil for the undefined type.
  private mutating func elementType(_ number: Int32) throws -> ElementType? {
    if number == 0 { return nil }
    guard let type = ElementType(rawValue: number) else {
      throw LoadError(
        .unsupported, "its type has element type \(number); known are 1 to \(ElementType.allCases.count)")
    }
    return type
  }

  private mutating func note(_ message: some CMessage, and more: Bool = false) {
    losesSomething = losesSomething || more || message.base.n_unknown_fields > 0
  }
}
