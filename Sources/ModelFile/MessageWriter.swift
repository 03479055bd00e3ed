import GraphIR
import TensorCore

/// Builds one protobuf message. Elements of tensors stay where they are until the bytes are written out.
///
/// Fields are written in the order of their numbers, as protobuf's own writers do, and unknown fields are put
/// back among them: a file that such a writer made comes out byte for byte as it was.
struct MessageWriter {
  /// What a message consists of, in order.
  enum Piece {
    case bytes([UInt8])
    /// The elements of a tensor as `raw_data` has them.
    case elements(Tensor)
  }

  private var pieces: [Piece] = []
  private var tail = WireWriter()
  private var piecesByteCount = 0
  private var unknown: [(field: Int, bytes: [UInt8])]

  /// Tensors smaller than this are copied into the bytes around them.
  private static let separateFrom = 4_096

  init(unknownFields: [UInt8] = []) throws {
    unknown = []
    guard !unknownFields.isEmpty else { return }
    try unknownFields.withUnsafeBytes { bytes in
      var reader = WireReader(bytes, 0..<bytes.count)
      while !reader.isAtEnd {
        let start = reader.position
        let (field, type) = try reader.tag()
        try reader.skip(type)
        unknown.append((field, Array(bytes[start..<reader.position])))
      }
    }
    // Sorting is stable: records of one field keep their order. The list is read from its end.
    unknown = unknown.sorted { $0.field < $1.field }.reversed()
  }

  /// The number of bytes so far.
  var byteCount: Int { piecesByteCount + tail.bytes.count }

  /// The whole message.
  mutating func finish() -> [Piece] {
    begin(Int.max)
    return tail.bytes.isEmpty ? pieces : pieces + [.bytes(tail.bytes)]
  }

  /// Puts back the unknown fields that come before `field`.
  private mutating func begin(_ field: Int) {
    while let record = unknown.last, record.field < field {
      record.bytes.withUnsafeBytes { tail.append(bytes: $0) }
      unknown.removeLast()
    }
  }

  private mutating func begin(_ field: Int, _ type: WireReader.WireType) {
    begin(field)
    tail.append(tag: field, type)
  }

  // MARK: Fields

  mutating func int(_ field: Int, _ value: Int) {
    begin(field, .varint)
    tail.append(varint: UInt64(bitPattern: Int64(value)))
  }

  mutating func float(_ field: Int, _ value: Float) {
    begin(field, .fixed32)
    withUnsafeBytes(of: value.bitPattern.littleEndian) { tail.append(bytes: $0) }
  }

  mutating func bytes(_ field: Int, _ value: [UInt8]) {
    begin(field, .lengthDelimited)
    tail.append(varint: UInt64(value.count))
    value.withUnsafeBytes { tail.append(bytes: $0) }
  }

  mutating func text(_ field: Int, _ value: String) {
    begin(field, .lengthDelimited)
    tail.append(varint: UInt64(value.utf8.count))
    var value = value
    value.withUTF8 { tail.append(bytes: UnsafeRawBufferPointer($0)) }
  }

  /// Text that is left out where it is empty.
  mutating func optionalText(_ field: Int, _ value: String) {
    if !value.isEmpty { text(field, value) }
  }

  mutating func texts(_ field: Int, _ values: [String]) {
    for value in values { text(field, value) }
  }

  mutating func pairs(_ field: Int, _ pairs: [StringPair]) throws {
    for pair in pairs {
      var writer = try MessageWriter(unknownFields: pair.unknownFields)
      writer.text(1, pair.key)
      writer.text(2, pair.value)
      message(field, writer)
    }
  }

  mutating func message(_ field: Int, _ message: MessageWriter) {
    var message = message
    message.begin(Int.max)
    begin(field, .lengthDelimited)
    tail.append(varint: UInt64(message.byteCount))
    if !message.pieces.isEmpty {
      flush()
      pieces += message.pieces
      piecesByteCount += message.piecesByteCount
    }
    message.tail.bytes.withUnsafeBytes { tail.append(bytes: $0) }
  }

  /// The elements of a tensor that is not of strings, as `raw_data` has them.
  mutating func elements(_ field: Int, _ tensor: Tensor) {
    begin(field, .lengthDelimited)
    let count = BitPacking.packedByteCount(tensor.elementType, tensor.count)
    tail.append(varint: UInt64(count))
    if count < Self.separateFrom {
      MessageWriter.withBytes(of: .elements(tensor)) { tail.append(bytes: $0) }
    } else {
      flush()
      pieces.append(.elements(tensor))
      piecesByteCount += count
    }
  }

  private mutating func flush() {
    guard !tail.bytes.isEmpty else { return }
    pieces.append(.bytes(tail.bytes))
    piecesByteCount += tail.bytes.count
    tail = WireWriter()
  }

  /// The bytes of a piece; valid within `body` only.
  static func withBytes(of piece: Piece, _ body: (UnsafeRawBufferPointer) throws -> Void) rethrows {
    switch piece {
    case .bytes(let bytes): try bytes.withUnsafeBytes(body)
    case .elements(let tensor) where tensor.elementType.bitWidth < 8:
      try BitPacking.pack(tensor).withUnsafeBytes(body)
    case .elements(let tensor): try tensor.withUnsafeBytes(body)
    }
  }
}
