import GraphIR
import TensorCore

/// A BMP file: headers, perhaps a palette, and rows that are padded to four bytes, the lowest first.
struct BitmapFile {
  private let reader: ByteReader
  private let width: Int
  private let height: Int
  private let isTopDown: Bool
  private let bitsPerPixel: Int
  private let compression: Compression
  private let palette: [(red: UInt8, green: UInt8, blue: UInt8)]
  /// The bits of a pixel that are red, green and blue, where it has 16 or 32.
  private let masks: [UInt32]
  private let pixelOffset: Int

  private enum Compression: Int {
    case none = 0
    case runs8, runs4, masks
    case alphaMasks = 6
  }

  private static let fileHeader = 14
  private static let oldHeader = 12
  private static let newHeader = 40
  /// The smallest header that has room for masks; before, they follow it.
  private static let headerWithMasks = 52
  private static let defaultMasks: [Int: [UInt32]] = [
    16: [0x7C00, 0x03E0, 0x001F], 32: [0xFF0000, 0x00FF00, 0x0000FF],
  ]

  init(_ bytes: [UInt8]) throws {
    let reader = ByteReader(bytes, .bmp)
    self.reader = reader
    pixelOffset = try reader.integer(at: 10, bytes: 4)
    let size = try reader.integer(at: Self.fileHeader, bytes: 4)
    let isOld = size == Self.oldHeader
    guard isOld || (Self.newHeader...256).contains(size) else {
      throw ImageFormat.bmp.damaged("its header has \(size) bytes")
    }
    width = try isOld ? reader.integer(at: 18, bytes: 2) : reader.signed(at: 18)
    let rows = try isOld ? reader.integer(at: 20, bytes: 2) : reader.signed(at: 22)
    (height, isTopDown) = (abs(rows), rows < 0)
    bitsPerPixel = try reader.integer(at: isOld ? 24 : 28, bytes: 2)
    let number = try isOld ? 0 : reader.integer(at: 30, bytes: 4)
    guard let compression = Compression(rawValue: number), Self.fits(compression, bitsPerPixel) else {
      throw OperatorError(
        .unsupported,
        "the BMP file has \(bitsPerPixel) bits a pixel and compression \(number), which is not read")
    }
    self.compression = compression

    var end = Self.fileHeader + size
    if compression == .masks || compression == .alphaMasks {
      let place = Self.fileHeader + Self.newHeader
      masks = try (0..<3).map { UInt32(try reader.integer(at: place + 4 * $0, bytes: 4)) }
      if size < Self.headerWithMasks { end += compression == .masks ? 12 : 16 }
    } else {
      masks = Self.defaultMasks[bitsPerPixel] ?? []
    }
    palette =
      bitsPerPixel > 8
      ? []
      : try Self.palette(
        reader, at: end, isOld ? 3 : 4, isOld ? 0 : reader.integer(at: 46, bytes: 4), bitsPerPixel)
  }

  private static func fits(_ compression: Compression, _ bits: Int) -> Bool {
    switch compression {
    case .none: [1, 2, 4, 8, 16, 24, 32].contains(bits)
    case .runs8: bits == 8
    case .runs4: bits == 4
    case .masks, .alphaMasks: bits == 16 || bits == 32
    }
  }

  private static func palette(
    _ reader: ByteReader, at place: Int, _ entrySize: Int, _ stated: Int, _ bits: Int
  ) throws -> [(red: UInt8, green: UInt8, blue: UInt8)] {
    let count = stated == 0 ? 1 << bits : min(stated, 1 << bits)
    return try (0..<count).map { entry in
      let at = place + entrySize * entry
      return (try reader.byte(at: at + 2), try reader.byte(at: at + 1), try reader.byte(at: at))
    }
  }

  func decode() throws -> Raster {
    var raster = try Raster(width: width, height: height, colors: .rgb)
    if compression == .runs8 || compression == .runs4 {
      try readRuns(into: &raster)
      return raster
    }
    let rowSize = (width * bitsPerPixel + 31) / 32 * 4
    try reader.require(pixelOffset, count: rowSize * height)
    for row in 0..<height {
      try Work.spend(width)
      let start = pixelOffset + row * rowSize
      for x in 0..<width { raster.set(x, line(row), try color(start, x)) }
    }
    return raster
  }

  /// The line of the image that a row of the file holds.
  private func line(_ row: Int) -> Int { isTopDown ? row : height - 1 - row }

  private func color(_ start: Int, _ x: Int) throws -> (red: UInt8, green: UInt8, blue: UInt8) {
    switch bitsPerPixel {
    case 24:
      let at = start + 3 * x
      return (try reader.byte(at: at + 2), try reader.byte(at: at + 1), try reader.byte(at: at))
    case 16, 32:
      let size = bitsPerPixel / 8
      let pixel = UInt32(try reader.integer(at: start + size * x, bytes: size))
      return (masked(pixel, masks[0]), masked(pixel, masks[1]), masked(pixel, masks[2]))
    default:
      let perByte = 8 / bitsPerPixel
      let byte = Int(try reader.byte(at: start + x / perByte))
      return try entry(byte >> (8 - bitsPerPixel * (x % perByte + 1)) & (1 << bitsPerPixel - 1))
    }
  }

  private func masked(_ pixel: UInt32, _ mask: UInt32) -> UInt8 {
    guard mask != 0 else { return 0 }
    let shift = UInt32(mask.trailingZeroBitCount)
    return eightBits(Int((pixel & mask) >> shift), of: Int(mask >> shift))
  }

  private func entry(_ index: Int) throws -> (red: UInt8, green: UInt8, blue: UInt8) {
    guard index < palette.count else {
      throw ImageFormat.bmp.damaged("a pixel has colour \(index), but the palette has \(palette.count)")
    }
    return palette[index]
  }
}

// Runs of equal pixels.
extension BitmapFile {
  /// Pairs of a count and what is repeated; after a count of 0 a command. Skipped pixels have colour 0.
  private func readRuns(into raster: inout Raster) throws {
    let background = try entry(0)
    for y in 0..<height {
      try Work.spend(width)
      for x in 0..<width { raster.set(x, y, background) }
    }
    var (x, row, at) = (0, 0, pixelOffset)
    while true {
      let (count, value) = (Int(try reader.byte(at: at)), Int(try reader.byte(at: at + 1)))
      at += 2
      try Work.spend(count + 1)
      switch (count, value) {
      case (0, 0): (x, row) = (0, row + 1)
      case (0, 1): return
      case (0, 2):
        x += Int(try reader.byte(at: at))
        row += Int(try reader.byte(at: at + 1))
        at += 2
      case (0, let literals):
        for index in 0..<literals { try put(try literal(at, index), &x, row, &raster) }
        let bytes = bitsPerPixel == 8 ? literals : (literals + 1) / 2
        at += (bytes + 1) / 2 * 2
      default:
        for index in 0..<count {
          let pixel = bitsPerPixel == 8 ? value : index % 2 == 0 ? value >> 4 : value & 15
          try put(pixel, &x, row, &raster)
        }
      }
    }
  }

  private func literal(_ start: Int, _ index: Int) throws -> Int {
    if bitsPerPixel == 8 { return Int(try reader.byte(at: start + index)) }
    let byte = Int(try reader.byte(at: start + index / 2))
    return index % 2 == 0 ? byte >> 4 : byte & 15
  }

  private func put(_ index: Int, _ x: inout Int, _ row: Int, _ raster: inout Raster) throws {
    guard x < width, row < height else { throw ImageFormat.bmp.damaged("a run of pixels leaves the image") }
    raster.set(x, line(row), try entry(index))
    x += 1
  }
}
