/// Reads protobuf's wire format from a range of bytes; every step is checked against the end of the range.
struct WireReader {
  let bytes: UnsafeRawBufferPointer
  private(set) var position: Int
  let end: Int

  /// - Precondition: `range` lies within `bytes`.
  init(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count)
    self.bytes = bytes
    position = range.lowerBound
    end = range.upperBound
  }

  var isAtEnd: Bool { position == end }

  enum WireType: UInt8 {
    case varint = 0, fixed64 = 1, lengthDelimited = 2, fixed32 = 5
  }

  /// The field number and wire type of the next record.
  mutating func tag() throws -> (field: Int, type: WireType) {
    let start = position
    let tag = try varint()
    guard tag >> 3 > 0, tag >> 3 < 1 << 29 else {
      throw LoadError.malformed(
        "byte \(start) begins a field of number \(tag >> 3); numbers are 1 to 536870911")
    }
    guard let type = WireType(rawValue: UInt8(tag & 7)) else {
      throw LoadError.malformed(
        "byte \(start) begins a field of wire type \(tag & 7), which ONNX does not use")
    }
    return (Int(tag >> 3), type)
  }

  mutating func varint() throws -> UInt64 {
    let start = position
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while position < end {
      let byte = bytes[position]
      position += 1
      guard shift < 63 || byte <= 1 else {
        throw LoadError.malformed("the number at byte \(start) has more than 64 bits")
      }
      value |= UInt64(byte & 127) << shift
      if byte < 128 { return value }
      shift += 7
    }
    throw truncated(at: start)
  }

  /// The bytes of a length-delimited field.
  mutating func delimited() throws -> Range<Int> {
    let start = position
    let length = try varint()
    guard length <= UInt64(end - position) else {
      throw LoadError.malformed(
        "the field at byte \(start) has length \(length), but its message has \(end - position) bytes left")
    }
    let range = position..<position + Int(length)
    position = range.upperBound
    return range
  }

  /// A fixed-width number's bytes.
  mutating func fixed(_ width: Int) throws -> Range<Int> {
    guard end - position >= width else { throw truncated(at: position) }
    position += width
    return position - width..<position
  }

  mutating func skip(_ type: WireType) throws {
    switch type {
    case .varint: _ = try varint()
    case .fixed64: _ = try fixed(8)
    case .fixed32: _ = try fixed(4)
    case .lengthDelimited: _ = try delimited()
    }
  }

  private func truncated(at position: Int) -> LoadError {
    LoadError.malformed("the message that ends at byte \(end) is cut off in the field at byte \(position)")
  }
}
