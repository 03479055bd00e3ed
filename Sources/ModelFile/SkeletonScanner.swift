/// A message without its elements: what protobuf-c gets to see, and where the elements lie in the file.
struct Skeleton {
  /// The message, in which each tensor and attribute carries a marker in place of its elements.
  fileprivate(set) var bytes: [UInt8] = []
  /// Where the lifted elements lie; a marker names a range of this list.
  fileprivate(set) var runs: [BulkRun] = []
}

/// Consecutive records of one field in the file, tags included.
struct BulkRun: Sendable {
  let field: Int
  let start: Int
  var end: Int
}

/// Reads a file once, before anything is built from it: checks depth, lengths, wire types and counts, and
/// lifts the elements of tensors and attributes out.
///
/// protobuf-c alone would recurse as deep as the file says, take 170 bytes for each empty message, and copy
/// every weight. A marker cannot be forged: all records of the field that carries it are lifted.
struct SkeletonScanner {
  private let bytes: UnsafeRawBufferPointer
  private let limits: LoadLimits
  private let table = MessageTable.shared
  private var skeleton = Skeleton()
  private var messageCount = 0
  private var charged = 0

  /// The skeleton of the message in `bytes`, which is the one at `index` of the message table.
  static func scan(_ bytes: UnsafeRawBufferPointer, as index: Int, limits: LoadLimits) throws -> Skeleton {
    var scanner = SkeletonScanner(bytes: bytes, limits: limits)
    try scanner.walk(0..<bytes.count, as: index, depth: 1)
    if !scanner.table.messages[index].lifts { scanner.copy(0..<bytes.count) }
    return scanner.skeleton
  }

  private init(bytes: UnsafeRawBufferPointer, limits: LoadLimits) {
    self.bytes = bytes
    self.limits = limits
  }

  private mutating func walk(_ range: Range<Int>, as index: Int, depth: Int) throws {
    let message = table.messages[index]
    try enter(message, depth: depth, at: range.lowerBound)
    var reader = WireReader(bytes, range)
    var runs: [BulkRun] = []
    // What lies before this position is in the skeleton; a message that lifts nothing is copied by its
    // parent.
    var copied = range.lowerBound
    while !reader.isAtEnd {
      let start = reader.position
      let (field, type) = try reader.tag()
      let content = message.field(field)
      guard fits(type, content) else {
        throw LoadError.malformed(
          "field \(field) of \(message.name) at byte \(start) has wire type \(type.rawValue), "
            + "but must have \(required(content))")
      }
      switch content {
      case .message(let child):
        let body = try reader.delimited()
        if table.messages[child].lifts {
          copy(copied..<start)
          try nest(body, field: field, child: child, depth: depth)
          copied = reader.position
        } else {
          try walk(body, as: child, depth: depth + 1)
        }
      case .bulk:
        try reader.skip(type)
        copy(copied..<start)
        copied = reader.position
        try note(&runs, field: field, start..<copied)
      default:
        try reader.skip(type)
        try charge(for: content, bytes: reader.position - start, packed: type == .lengthDelimited)
      }
    }
    if message.lifts { copy(copied..<range.upperBound) }
    if let field = message.markerField, !runs.isEmpty { mark(runs, field: field) }
  }

  private func required(_ content: MessageTable.Content?) -> UInt8 {
    switch content {
    case .scalar(let own, _), .bulk(let own): own.rawValue
    default: WireReader.WireType.lengthDelimited.rawValue
    }
  }

  private func fits(_ type: WireReader.WireType, _ content: MessageTable.Content?) -> Bool {
    switch content {
    case nil: true
    case .message, .bytes: type == .lengthDelimited
    case .scalar(let own, let isRepeated): type == own || (isRepeated && type == .lengthDelimited)
    case .bulk(let own): type == own || type == .lengthDelimited
    }
  }

  // MARK: Limits

  private mutating func enter(_ message: MessageTable.Message, depth: Int, at position: Int) throws {
    guard depth <= limits.depth else {
      throw LoadError(
        .limit,
        "the \(message.name) at byte \(position) is nested deeper than the limit of \(limits.depth) levels")
    }
    messageCount += 1
    guard messageCount <= limits.messages else {
      throw LoadError(.limit, "the file has more than \(limits.messages) messages, the limit")
    }
    // The structure itself, the list that points to it, and the record that protobuf-c keeps while reading.
    try charge(message.byteCount + 96)
  }

  /// Counts what protobuf-c will need for a field: its record, and a copy of its bytes or numbers.
  private mutating func charge(for content: MessageTable.Content?, bytes: Int, packed: Bool) throws {
    switch content {
    case .scalar where packed: try charge(64 + 9 * bytes)
    case .scalar: try charge(64)
    default: try charge(96 + 2 * bytes)
    }
  }

  private mutating func charge(_ bytes: Int) throws {
    charged += bytes
    guard charged <= limits.structureBytes else {
      throw LoadError(
        .limit, "the file's structure needs more than \(limits.structureBytes) bytes, the limit")
    }
  }

  // MARK: The skeleton

  /// Appends a message that lifts, under a length of five bytes that is filled in afterwards.
  private mutating func nest(_ body: Range<Int>, field: Int, child: Int, depth: Int) throws {
    append(varint: UInt64(field << 3 | 2))
    if body.isEmpty {
      skeleton.bytes.append(0)
      return try enter(table.messages[child], depth: depth + 1, at: body.lowerBound)
    }
    let place = skeleton.bytes.count
    for _ in 0..<5 { skeleton.bytes.append(0) }
    try walk(body, as: child, depth: depth + 1)
    let length = skeleton.bytes.count - place - 5
    for index in 0..<5 {
      skeleton.bytes[place + index] = UInt8((length >> (7 * index)) & 127) | (index < 4 ? 128 : 0)
    }
  }

  private mutating func copy(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    skeleton.bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[range]))
  }

  private mutating func append(varint value: UInt64) {
    var value = value
    while value > 127 {
      skeleton.bytes.append(UInt8(value & 127) | 128)
      value >>= 7
    }
    skeleton.bytes.append(UInt8(value))
  }

  /// Adds a record to the run that it continues, or begins a run.
  private mutating func note(_ runs: inout [BulkRun], field: Int, _ range: Range<Int>) throws {
    if let last = runs.last, last.field == field, last.end == range.lowerBound {
      runs[runs.count - 1].end = range.upperBound
    } else {
      try charge(64)
      runs.append(BulkRun(field: field, start: range.lowerBound, end: range.upperBound))
    }
  }

  private mutating func mark(_ runs: [BulkRun], field: Int) {
    append(varint: UInt64(field << 3 | 2))
    skeleton.bytes.append(16)
    for number in [UInt64(skeleton.runs.count), UInt64(runs.count)] {
      withUnsafeBytes(of: number.littleEndian) { skeleton.bytes.append(contentsOf: $0) }
    }
    skeleton.runs += runs
  }
}
