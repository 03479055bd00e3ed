/// The elements that the scan lifted out of one message, still where they lie in the file.
struct BulkElements {
  let bytes: UnsafeRawBufferPointer
  let runs: ArraySlice<BulkRun>

  /// The fields that occur, each once.
  var fields: [Int] {
    var fields: [Int] = []
    for run in runs where !fields.contains(run.field) { fields.append(run.field) }
    return fields
  }

  /// Bytes of all records of a field: no fewer than it has elements.
  func byteCount(of field: Int) -> Int {
    runs.reduce(0) { $1.field == field ? $0 + $1.end - $1.start : $0 }
  }

  /// The bytes of the last record of a length-delimited field.
  func last(of field: Int) throws -> Range<Int>? {
    var last: Range<Int>?
    try records(of: field) { reader, _ in last = try reader.delimited() }
    return last
  }

  /// The packed record that holds all elements of a field, if there is just one record.
  func only(of field: Int) throws -> Range<Int>? {
    var count = 0
    var packed: Range<Int>?
    try records(of: field) { reader, type in
      count += 1
      if type == .lengthDelimited { packed = try reader.delimited() } else { try reader.skip(type) }
    }
    return count == 1 ? packed : nil
  }

  /// Calls `body` with each number of a field of varints, packed or not.
  @inline(__always)
  func varints(of field: Int, _ body: (UInt64) throws -> Void) throws {
    try records(of: field) { reader, type in
      guard type == .lengthDelimited else { return try body(reader.varint()) }
      var packed = WireReader(bytes, try reader.delimited())
      while !packed.isAtEnd { try body(packed.varint()) }
    }
  }

  /// Calls `body` with the bytes of fixed-width numbers of a field: one or more whole numbers each time.
  func fixed(of field: Int, width: Int, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    try records(of: field) { reader, type in
      let range = type == .lengthDelimited ? try reader.delimited() : try reader.fixed(width)
      guard range.count % width == 0 else {
        throw LoadError.malformed(
          "packed field \(field) has \(range.count) bytes, not a multiple of \(width)")
      }
      try body(UnsafeRawBufferPointer(rebasing: bytes[range]))
    }
  }

  /// The strings of a field.
  func strings(of field: Int, _ what: (Int) -> String) throws -> [String] {
    var strings: [String] = []
    try records(of: field) { reader, _ in
      let slice = UnsafeRawBufferPointer(rebasing: bytes[try reader.delimited()])
      strings.append(try text(slice.bindMemory(to: UInt8.self), what(strings.count)))
    }
    return strings
  }

  /// Calls `body` at each record of a field, behind its tag.
  @inline(__always)
  private func records(
    of field: Int, _ body: (inout WireReader, WireReader.WireType) throws -> Void
  ) throws {
    for run in runs where run.field == field {
      var reader = WireReader(bytes, run.start..<run.end)
      while !reader.isAtEnd {
        let type = try reader.tag().type
        try body(&reader, type)
      }
    }
  }
}
