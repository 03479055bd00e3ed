/// Appends protobuf's wire format to bytes.
struct WireWriter {
  private(set) var bytes: [UInt8] = []

  mutating func append(varint value: UInt64) {
    var value = value
    while value > 127 {
      bytes.append(UInt8(value & 127) | 128)
      value >>= 7
    }
    bytes.append(UInt8(value))
  }

  mutating func append(bytes other: UnsafeRawBufferPointer) { bytes.append(contentsOf: other) }

  mutating func append(tag field: Int, _ type: WireReader.WireType) {
    append(varint: UInt64(field) << 3 | UInt64(type.rawValue))
  }
}
