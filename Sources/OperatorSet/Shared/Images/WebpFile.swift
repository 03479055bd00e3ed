/// The container of WebP files: chunks with a name, a length and contents, within a chunk `RIFF`.
enum WebpFile {
  private static let firstChunk = 12
  private static let chunkHeader = 8
  /// Place, extents and duration of a frame, before its own chunks.
  private static let frameHeader = 16

  /// The first frame of an animation as a file of its own, which libwebp decodes; nil for a still image.
  ///
  /// - Throws: `OperatorError` (invalidValue) for a damaged file, or a first frame smaller than the whole.
  static func firstFrame(_ bytes: [UInt8]) throws -> [UInt8]? {
    let reader = ByteReader(bytes, .webp)
    var at = firstChunk
    var canvas: [UInt8] = []
    while at + chunkHeader <= bytes.count {
      let name = String(decoding: try reader.slice(at, count: 4), as: UTF8.self)
      let length = try reader.integer(at: at + 4, bytes: 4)
      let contents = at + chunkHeader
      if name == "VP8X" { canvas = Array(try reader.slice(contents + 4, count: 6)) }
      if name == "ANMF" {
        try reader.require(contents, count: max(length, frameHeader))
        guard Array(try reader.slice(contents + 6, count: 6)) == canvas else {
          throw ImageFormat.webp.damaged("the first frame of the animation is smaller than the whole")
        }
        return file(try reader.slice(contents + frameHeader, count: length - frameHeader))
      }
      at = contents + length + length % 2
    }
    return nil
  }

  /// The chunks of a frame behind a header; the alpha among them is not needed.
  private static func file(_ chunks: ArraySlice<UInt8>) -> [UInt8] {
    var chunks = chunks
    while chunks.count >= chunkHeader, !chunks.starts(with: Array("VP8".utf8)) {
      let length = chunks.dropFirst(4).prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
      chunks = chunks.dropFirst(chunkHeader + length + length % 2)
    }
    let size = UInt32(truncatingIfNeeded: chunks.count + 4)
    let sizeBytes = (0..<4).map { UInt8(truncatingIfNeeded: size >> (8 * $0)) }
    return Array("RIFF".utf8) + sizeBytes + Array("WEBP".utf8) + chunks
  }
}
