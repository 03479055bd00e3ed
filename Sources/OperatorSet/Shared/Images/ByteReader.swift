import GraphIR

/// Little-endian numbers of a file; reading behind its end is an error.
struct ByteReader {
  private let bytes: [UInt8]
  private let format: ImageFormat

  init(_ bytes: [UInt8], _ format: ImageFormat) { (self.bytes, self.format) = (bytes, format) }

  var count: Int { bytes.count }

  /// - Throws: `OperatorError` (invalidValue) where the bytes are not all there.
  func require(_ place: Int, count: Int) throws {
    guard place >= 0, count >= 0, place <= bytes.count, count <= bytes.count - place else {
      throw format.damaged("\(count) bytes from byte \(place) on are needed, but it has \(bytes.count) bytes")
    }
  }

  func byte(at place: Int) throws -> UInt8 {
    try require(place, count: 1)
    return bytes[place]
  }

  /// An unsigned number of at most four bytes.
  func integer(at place: Int, bytes count: Int) throws -> Int {
    try require(place, count: count)
    return bytes[place..<place + count].reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  /// A signed number of four bytes.
  func signed(at place: Int) throws -> Int {
    Int(Int32(truncatingIfNeeded: try integer(at: place, bytes: 4)))
  }

  func slice(_ place: Int, count: Int) throws -> ArraySlice<UInt8> {
    try require(place, count: count)
    return bytes[place..<place + count]
  }
}
