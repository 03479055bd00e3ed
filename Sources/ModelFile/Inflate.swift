/// Decompresses DEFLATE data, as `.npz` archives hold it.
///
/// Source: RFC 1951. Codes are read bit by bit along the canonical order, which needs no tables beyond two
/// short lists; archives of test data are small.
struct Inflate {
  private let input: UnsafeRawBufferPointer
  private var position = 0
  private var bits: UInt32 = 0
  private var bitCount = 0
  private var output: [UInt8] = []
  private let expected: Int

  /// The `expected` bytes that `input` decompresses to.
  static func inflate(_ input: UnsafeRawBufferPointer, expected: Int) throws -> [UInt8] {
    // No DEFLATE stream yields more than 1,032 bytes for one: a larger claim is false.
    guard expected / 1_032 <= input.count else { throw LoadError.malformed("compressed data is too short") }
    var inflate = Inflate(input: input, expected: expected)
    inflate.output.reserveCapacity(expected)
    var isLast = false
    while !isLast {
      isLast = try inflate.read(1) == 1
      switch try inflate.read(2) {
      case 0: try inflate.stored()
      case 1: try inflate.codes(lengths: Self.fixedLengths, distances: Self.fixedDistances)
      case 2: try inflate.dynamic()
      default: throw LoadError.malformed("compressed data has a block of unknown kind")
      }
    }
    guard inflate.output.count == expected else {
      throw LoadError.malformed(
        "compressed data yields \(inflate.output.count) bytes, but \(expected) are stated")
    }
    return inflate.output
  }

  private init(input: UnsafeRawBufferPointer, expected: Int) {
    self.input = input
    self.expected = expected
  }

  /// The next `count` bits, at most 16.
  private mutating func read(_ count: Int) throws -> Int {
    while bitCount < count {
      guard position < input.count else { throw LoadError.malformed("compressed data is cut off") }
      bits |= UInt32(input[position]) << UInt32(bitCount)
      position += 1
      bitCount += 8
    }
    let value = Int(bits & ((1 << UInt32(count)) - 1))
    bits >>= UInt32(count)
    bitCount -= count
    return value
  }

  private mutating func stored() throws {
    bits = 0
    bitCount = 0
    guard input.count - position >= 4 else { throw LoadError.malformed("compressed data is cut off") }
    let length = Int(input[position]) | Int(input[position + 1]) << 8
    let complement = Int(input[position + 2]) | Int(input[position + 3]) << 8
    position += 4
    guard length == complement ^ 0xffff, input.count - position >= length, expected - output.count >= length
    else {
      throw LoadError.malformed("compressed data has a stored block of wrong length")
    }
    output.append(contentsOf: input[position..<position + length])
    position += length
  }

  // MARK: Codes

  /// A Huffman code in canonical order.
  private struct Code {
    /// How many symbols have each length.
    var counts = [Int](repeating: 0, count: 16)
    var symbols: [Int]

    init(_ lengths: some Collection<Int>) throws {
      for length in lengths { counts[length] += 1 }
      counts[0] = 0
      var free = 1
      var offsets = [Int](repeating: 0, count: 17)
      for length in 1...15 {
        free = free * 2 - counts[length]
        guard free >= 0 else { throw LoadError.malformed("compressed data has an impossible code") }
        offsets[length + 1] = offsets[length] + counts[length]
      }
      symbols = [Int](repeating: 0, count: offsets[16])
      for (symbol, length) in lengths.enumerated() where length > 0 {
        symbols[offsets[length]] = symbol
        offsets[length] += 1
      }
    }
  }

  private mutating func symbol(_ code: Code) throws -> Int {
    var value = 0
    var first = 0
    var index = 0
    for length in 1...15 {
      value |= try read(1)
      let count = code.counts[length]
      if value - first < count { return code.symbols[index + value - first] }
      index += count
      first = (first + count) << 1
      value <<= 1
    }
    throw LoadError.malformed("compressed data has a code that stands for nothing")
  }

  private static let fixedLengths =
    [Int](repeating: 8, count: 144) + [Int](repeating: 9, count: 112) + [Int](repeating: 7, count: 24)
    + [Int](repeating: 8, count: 8)
  private static let fixedDistances = [Int](repeating: 5, count: 30)
  private static let lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
  private static let lengthBases = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195,
    227, 258,
  ]
  private static let lengthBits = [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
  ]
  private static let distanceBases = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1_025, 1_537, 2_049, 3_073,
    4_097,
    6_145, 8_193, 12_289, 16_385, 24_577,
  ]

  private mutating func dynamic() throws {
    let lengthCount = try read(5) + 257
    let distanceCount = try read(5) + 1
    let orderCount = try read(4) + 4
    guard lengthCount <= 286, distanceCount <= 30 else {
      throw LoadError.malformed("compressed data has too many codes")
    }
    var orderLengths = [Int](repeating: 0, count: 19)
    for index in 0..<orderCount { orderLengths[Self.lengthOrder[index]] = try read(3) }
    let order = try Code(orderLengths)
    var lengths: [Int] = []
    while lengths.count < lengthCount + distanceCount {
      let symbol = try symbol(order)
      switch symbol {
      case 16:
        guard let last = lengths.last else { throw LoadError.malformed("compressed data repeats no length") }
        lengths += [Int](repeating: last, count: try read(2) + 3)
      case 17: lengths += [Int](repeating: 0, count: try read(3) + 3)
      case 18: lengths += [Int](repeating: 0, count: try read(7) + 11)
      default: lengths.append(symbol)
      }
    }
    guard lengths.count == lengthCount + distanceCount else {
      throw LoadError.malformed("compressed data has too many code lengths")
    }
    try codes(lengths: lengths[..<lengthCount], distances: lengths[lengthCount...])
  }

  private mutating func codes(lengths: some Collection<Int>, distances: some Collection<Int>) throws {
    let literals = try Code(lengths)
    let distances = try Code(distances)
    while true {
      let symbol = try symbol(literals)
      if symbol == 256 { return }
      guard symbol > 256 else {
        guard output.count < expected else { throw tooLong }
        output.append(UInt8(symbol))
        continue
      }
      guard symbol < 286 else { throw LoadError.malformed("compressed data has an unknown length code") }
      let length = try Self.lengthBases[symbol - 257] + read(Self.lengthBits[symbol - 257])
      let code = try self.symbol(distances)
      guard code < 30 else { throw LoadError.malformed("compressed data has an unknown distance code") }
      let distance = try Self.distanceBases[code] + read(max(0, code / 2 - 1))
      guard distance <= output.count else {
        throw LoadError.malformed("compressed data reaches back before its beginning")
      }
      guard length <= expected - output.count else { throw tooLong }
      for _ in 0..<length { output.append(output[output.count - distance]) }
    }
  }

  private var tooLong: LoadError {
    LoadError.malformed("compressed data yields more than the \(expected) bytes that are stated")
  }
}

/// The checksum of ZIP archives.
enum CRC32 {
  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 0 ? value >> 1 : 0xedb8_8320 ^ (value >> 1) }
  }

  static func of(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    table.withUnsafeBufferPointer { table in
      ~bytes.reduce(~0) { table[Int(($0 ^ UInt32($1)) & 255)] ^ ($0 >> 8) }
    }
  }
}
