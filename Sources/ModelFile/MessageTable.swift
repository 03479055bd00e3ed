import COnnxProto

/// What the scan must know of each message, derived from protobuf-c's own descriptors, so that the scan can
/// never overlook a message that the unpacker would enter.
struct MessageTable: Sendable {
  /// What a field holds, as far as the scan cares.
  enum Content: Sendable, Equatable {
    case scalar(WireReader.WireType, isRepeated: Bool)
    case bytes
    /// A message, by its place in the table.
    case message(Int)
    /// A list of elements, which never reaches protobuf-c: see `SkeletonScanner`.
    case bulk(WireReader.WireType)
  }

  struct Message: Sendable {
    let name: String
    /// Bytes of its C structure.
    let byteCount: Int
    /// By field number; nil where the message has no such field.
    let fields: [Content?]
    /// The `bytes` field that carries the marker of lifted elements.
    let markerField: Int?
    /// Whether elements are lifted from this message or one within it.
    var lifts: Bool

    func field(_ number: Int) -> Content? { number < fields.count ? fields[number] : nil }
  }

  let messages: [Message]
  private let indexByName: [String: Int]

  static let shared = MessageTable()

  /// The place of the message that `descriptor` describes.
  func index(of descriptor: UnsafePointer<ProtobufCMessageDescriptor>) -> Int {
    indexByName[String(cString: descriptor.pointee.name)] ?? 0
  }

  /// The fields that grow with the data, by message; they can hold most of a file.
  private static let bulkFields: [String: Set<String>] = [
    "TensorProto": [
      "float_data", "int32_data", "int64_data", "double_data", "uint64_data", "string_data", "raw_data",
    ],
    "AttributeProto": ["floats", "ints", "strings"],
  ]
  private static let markerFields: [String: Int] = ["TensorProto": 9, "AttributeProto": 9]

  private init() {
    var pending = [
      touchstone_model_descriptor(), touchstone_tensor_descriptor(), touchstone_sparse_tensor_descriptor(),
      touchstone_sequence_descriptor(), touchstone_map_descriptor(), touchstone_optional_descriptor(),
      touchstone_type_descriptor(),
    ]
    var index: [String: Int] = [:]
    for (place, descriptor) in pending.enumerated() {
      index[String(cString: descriptor.pointee.name)] = place
    }
    var messages: [Message] = []
    while messages.count < pending.count {
      let descriptor = pending[messages.count].pointee
      let name = String(cString: descriptor.short_name)
      var fields: [Content?] = []
      for field in UnsafeBufferPointer(start: descriptor.fields, count: Int(descriptor.n_fields)) {
        while fields.count <= Int(field.id) { fields.append(nil) }
        let isBulk = Self.bulkFields[name]?.contains(String(cString: field.name)) ?? false
        fields[Int(field.id)] = Self.content(of: field, isBulk: isBulk) { child in
          let childName = String(cString: child.pointee.name)
          if let place = index[childName] { return place }
          index[childName] = pending.count
          pending.append(child)
          return pending.count - 1
        }
      }
      messages.append(
        Message(
          name: name, byteCount: descriptor.sizeof_message, fields: fields,
          markerField: Self.markerFields[name], lifts: Self.bulkFields[name] != nil))
    }
    self.messages = Self.propagatingLifts(messages)
    indexByName = index
  }

  /// A message lifts where a child does; repeated until nothing changes, since messages contain each other.
  private static func propagatingLifts(_ messages: [Message]) -> [Message] {
    var messages = messages
    var changed = true
    while changed {
      changed = false
      for place in messages.indices where !messages[place].lifts {
        messages[place].lifts = messages[place].fields.contains { content in
          guard case .message(let child)? = content else { return false }
          return messages[child].lifts
        }
        changed = changed || messages[place].lifts
      }
    }
    return messages
  }

  private static func content(
    of field: ProtobufCFieldDescriptor, isBulk: Bool,
    place: (UnsafePointer<ProtobufCMessageDescriptor>) -> Int
  ) -> Content {
    if field.type == PROTOBUF_C_TYPE_MESSAGE, let child = field.descriptor {
      return .message(place(child.assumingMemoryBound(to: ProtobufCMessageDescriptor.self)))
    }
    let wireType: WireReader.WireType =
      switch field.type {
      case PROTOBUF_C_TYPE_BYTES, PROTOBUF_C_TYPE_STRING: .lengthDelimited
      case PROTOBUF_C_TYPE_FLOAT, PROTOBUF_C_TYPE_FIXED32, PROTOBUF_C_TYPE_SFIXED32: .fixed32
      case PROTOBUF_C_TYPE_DOUBLE, PROTOBUF_C_TYPE_FIXED64, PROTOBUF_C_TYPE_SFIXED64: .fixed64
      default: .varint
      }
    if isBulk { return .bulk(wireType) }
    if wireType == .lengthDelimited { return .bytes }
    return .scalar(wireType, isRepeated: field.label == PROTOBUF_C_LABEL_REPEATED)
  }
}
