import COnnxProto
import GraphIR
import TensorCore

typealias CBytes = ProtobufCBinaryData

/// A C message with its generic head.
protocol CMessage {
  var base: ProtobufCMessage { get }
}

extension Touchstone__ModelProto: CMessage {}
extension Touchstone__FunctionProto: CMessage {}
extension Touchstone__GraphProto: CMessage {}
extension Touchstone__NodeProto: CMessage {}
extension Touchstone__AttributeProto: CMessage {}
extension Touchstone__ValueInfoProto: CMessage {}
extension Touchstone__TensorProto: CMessage {}
extension Touchstone__SparseTensorProto: CMessage {}
extension Touchstone__TypeProto: CMessage {}
extension Touchstone__TypeProto__Tensor: CMessage {}
extension Touchstone__TypeProto__Sequence: CMessage {}
extension Touchstone__TypeProto__Map: CMessage {}
extension Touchstone__TensorShapeProto: CMessage {}
extension Touchstone__TensorShapeProto__Dimension: CMessage {}
extension Touchstone__OperatorSetIdProto: CMessage {}
extension Touchstone__StringStringEntryProto: CMessage {}

/// A list of messages as protobuf-c hands it out.
typealias CList<T> = UnsafeMutablePointer<UnsafeMutablePointer<T>?>

/// `body` of each message of a list.
func each<T, R>(_ list: CList<T>?, _ count: Int, _ body: (UnsafeMutablePointer<T>) throws -> R) rethrows
  -> [R]
{
  guard let list, count > 0 else { return [] }
  var results: [R] = []
  results.reserveCapacity(count)
  for index in 0..<count {
    if let message = list[index] { results.append(try body(message)) }
  }
  return results
}

extension CBytes {
  var buffer: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: data, count: data == nil ? 0 : len) }
}

/// Text that must be UTF-8.
func text(_ bytes: CBytes, _ what: @autoclosure () -> String) throws -> String {
  try text(bytes.buffer, what())
}

/// Text that must be UTF-8.
func text(_ bytes: UnsafeBufferPointer<UInt8>, _ what: @autoclosure () -> String) throws -> String {
  if bytes.isEmpty { return "" }
  guard let text = String(validating: bytes, as: UTF8.self) else {
    throw LoadError.malformed("\(what()) is not valid UTF-8")
  }
  return text
}

/// A name: UTF-8 without NUL, which would cut it short wherever C reads it.
func name(_ bytes: CBytes, _ what: @autoclosure () -> String) throws -> String {
  guard !bytes.buffer.contains(0) else { throw LoadError.malformed("\(what()) holds a NUL character") }
  return try text(bytes, what())
}

/// A list of names.
func names(_ list: UnsafeMutablePointer<CBytes>?, _ count: Int, _ what: @autoclosure () -> String) throws
  -> [String]
{
  try UnsafeBufferPointer(start: list, count: list == nil ? 0 : count).map { try name($0, what()) }
}

/// A name for a message.
func quoted(_ name: String) -> String { "'\(shown(name))'" }

/// What `body` returns; in its errors `place` stands before the message.
func at<R>(_ place: @autoclosure () -> String, _ body: () throws -> R) throws -> R {
  do {
    return try body()
  } catch let error as LoadError {
    throw LoadError(error.kind, "\(place()): \(error.message)", path: error.path)
  }
}

/// The unknown fields of a message, as they stood in the file.
func unknownFields(_ message: some CMessage) -> [UInt8] {
  let base = message.base
  guard let fields = base.unknown_fields, base.n_unknown_fields > 0 else { return [] }
  var writer = WireWriter()
  for field in UnsafeBufferPointer(start: fields, count: Int(base.n_unknown_fields)) {
    writer.append(varint: UInt64(field.tag) << 3 | UInt64(field.wire_type.rawValue))
    writer.append(bytes: UnsafeRawBufferPointer(start: field.data, count: field.len))
  }
  return writer.bytes
}

/// `metadata_props` and the like.
func pairs(_ list: CList<Touchstone__StringStringEntryProto>?, _ count: Int) throws -> [StringPair] {
  try each(list, count) { entry in
    var pair = StringPair(
      key: try text(entry.pointee.key, "the key of a metadata entry"),
      value: try text(entry.pointee.value, "the value of a metadata entry"))
    pair.unknownFields = unknownFields(entry.pointee)
    return pair
  }
}

/// What a message says beside what it computes.
func annotations(
  _ message: some CMessage, docString: CBytes,
  _ metadata: CList<Touchstone__StringStringEntryProto>? = nil, _ count: Int = 0
) throws -> Annotations {
  var annotations = Annotations()
  annotations.docString = try text(docString, "the doc_string")
  annotations.metadata = try pairs(metadata, count)
  annotations.unknownFields = unknownFields(message)
  return annotations
}
