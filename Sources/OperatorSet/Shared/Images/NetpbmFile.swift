import GraphIR
import TensorCore

/// A file of the Netpbm formats P1 to P6: bits, grays or colours, as digits (P1 to P3) or bytes (P4 to P6).
struct NetpbmFile {
  private let bytes: [UInt8]
  private var at = 2

  private static let largestMaximum = 65_535

  /// Whether a byte is white space.
  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  static func decode(_ bytes: [UInt8]) throws -> Raster {
    var file = NetpbmFile(bytes: bytes)
    return try file.read(kind: Int(bytes[1] - UInt8(ascii: "0")))
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func read(kind: Int) throws -> Raster {
    let isBits = kind == 1 || kind == 4
    let isPlain = kind <= 3
    let (width, height) = (try number(), try number())
    let maximum = isBits ? 1 : try number()
    guard (1...Self.largestMaximum).contains(maximum) else {
      throw ImageFormat.pnm.damaged("its largest sample is \(maximum)")
    }
    var raster = try Raster(width: width, height: height, colors: kind == 3 || kind == 6 ? .rgb : .gray)
    if isPlain {
      try raster.samples.indices.forEach(spending: 1) { index in
        raster.samples[index] = isBits ? try plainBit() : try scaled(try number(), maximum)
      }
    } else {
      // One blank ends the header.
      at += 1
      if isBits { try readBits(into: &raster) } else { try readBytes(into: &raster, maximum) }
    }
    return raster
  }

  /// Skips blanks, and comments up to the end of a line.
  private mutating func skipBlanks() {
    while at < bytes.count {
      if bytes[at] == UInt8(ascii: "#") {
        while at < bytes.count, bytes[at] != 0x0A, bytes[at] != 0x0D { at += 1 }
      } else if Self.isBlank(bytes[at]) {
        at += 1
      } else {
        return
      }
    }
  }

  private mutating func number() throws -> Int {
    skipBlanks()
    var value = 0
    let start = at
    while at < bytes.count, let digit = digit(bytes[at]) {
      value = value * 10 + digit
      at += 1
      guard value <= Int(Int32.max) else { throw ImageFormat.pnm.damaged("a number is too large") }
    }
    guard at > start else { throw ImageFormat.pnm.damaged("a number is missing at byte \(start)") }
    return value
  }

  private func digit(_ byte: UInt8) -> Int? {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) ? Int(byte - UInt8(ascii: "0")) : nil
  }

  private func scaled(_ sample: Int, _ maximum: Int) throws -> UInt8 {
    guard sample <= maximum else { throw ImageFormat.pnm.damaged("a sample is \(sample), above \(maximum)") }
    return eightBits(sample, of: maximum)
  }

  /// A digit that needs no blank around it; 1 is black.
  private mutating func plainBit() throws -> UInt8 {
    skipBlanks()
    guard at < bytes.count, let bit = digit(bytes[at]), bit <= 1 else {
      throw ImageFormat.pnm.damaged("a bit is missing at byte \(at)")
    }
    at += 1
    return bit == 1 ? 0 : 255
  }

  /// Eight pixels a byte, the leftmost in the highest bit; each row begins a byte.
  private func readBits(into raster: inout Raster) throws {
    let rowSize = (raster.width + 7) / 8
    try require(rowSize * raster.height)
    for y in 0..<raster.height {
      try Work.spend(raster.width)
      for x in 0..<raster.width {
        let isBlack = bytes[at + y * rowSize + x / 8] >> (7 - x % 8) & 1 == 1
        raster.samples[y * raster.width + x] = isBlack ? 0 : 255
      }
    }
  }

  /// A byte a sample, or two with the higher one first where a byte is too small.
  private func readBytes(into raster: inout Raster, _ maximum: Int) throws {
    let size = maximum > 255 ? 2 : 1
    try require(size * raster.samples.count)
    try raster.samples.indices.forEach(spending: 1) { index in
      let place = at + size * index
      let sample = size == 1 ? Int(bytes[place]) : Int(bytes[place]) << 8 | Int(bytes[place + 1])
      raster.samples[index] = try scaled(sample, maximum)
    }
  }

  private func require(_ count: Int) throws {
    guard count <= bytes.count - at else {
      throw ImageFormat.pnm.damaged(
        "\(count) bytes of samples are needed, but \(max(bytes.count - at, 0)) are there")
    }
  }
}
