import TensorCore

/// The head of a `.npy` file: a magic number, a version, and a Python dictionary.
///
/// Source: numpy.lib.format, versions 1.0 to 3.0.
struct NumpyHeader {
  /// NumPy's type string, as `<f4`.
  var descr = ""
  var fortranOrder = false
  var shape: [Int] = []
  /// Where the elements begin.
  private(set) var byteCount = 0

  private static let magic: [UInt8] = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]

  init(descr: String, shape: [Int]) {
    self.descr = descr
    self.shape = shape
  }

  // MARK: Reading

  init(_ bytes: UnsafeRawBufferPointer, limits: LoadLimits) throws {
    guard bytes.starts(with: Self.magic), bytes.count >= 10 else {
      throw LoadError.malformed("the file does not begin with NumPy's magic number")
    }
    guard (1...3).contains(bytes[6]) else {
      throw LoadError(.unsupported, "the file's format version is \(bytes[6]).\(bytes[7]); known are 1 to 3")
    }
    let width = bytes[6] == 1 ? 2 : 4
    let length = Int(try bytes.number(at: 8, width))
    let dictionary = UnsafeRawBufferPointer(rebasing: try bytes.slice(8 + width, length))
    byteCount = 8 + width + length
    // A dictionary of three short entries; NumPy itself refuses more than 10,000 bytes.
    guard length <= 10_000 else {
      throw LoadError(.limit, "the header has \(length) bytes, over the limit of 10000")
    }
    var parser = Parser(
      text: Array(try text(dictionary.bindMemory(to: UInt8.self), "the header").unicodeScalars))
    try parse(&parser)
    guard shape.count <= limits.rank else {
      throw LoadError(.limit, "the array has \(shape.count) dims, over the limit of \(limits.rank)")
    }
  }

  private mutating func parse(_ parser: inout Parser) throws {
    var seen: Set<String> = []
    try parser.expect("{")
    while !parser.take("}") {
      let key = try parser.string()
      try parser.expect(":")
      switch key {
      case "descr": descr = try parser.string()
      case "fortran_order": fortranOrder = try parser.bool()
      case "shape": shape = try parser.tuple()
      default: throw LoadError.malformed("the header has an unknown key \(quoted(key))")
      }
      seen.insert(key)
      if !parser.take(",") {
        try parser.expect("}")
        break
      }
    }
    guard seen.count == 3 else {
      throw LoadError.malformed("the header must have descr, fortran_order and shape")
    }
  }

  /// Reads the few forms of Python that a header consists of.
  private struct Parser {
    let text: [Unicode.Scalar]
    var position = 0

    mutating func skipSpace() {
      while position < text.count, " \t\r\n".unicodeScalars.contains(text[position]) { position += 1 }
    }

    mutating func take(_ token: String) -> Bool {
      skipSpace()
      let scalars = Array(token.unicodeScalars)
      guard text[position...].starts(with: scalars) else { return false }
      position += scalars.count
      return true
    }

    mutating func expect(_ token: String) throws {
      guard take(token) else {
        throw LoadError.malformed(
          "the header has no '\(token)' at character \(position), where one is required")
      }
    }

    mutating func string() throws -> String {
      skipSpace()
      guard position < text.count, text[position] == "'" || text[position] == "\"" else {
        throw LoadError(
          .unsupported, "the header has no string at character \(position); structured arrays are not read")
      }
      let quote = text[position]
      let start = position + 1
      guard let end = text[start...].firstIndex(of: quote) else {
        throw LoadError.malformed("a string in the header has no end")
      }
      position = end + 1
      var string = ""
      string.unicodeScalars.append(contentsOf: text[start..<end])
      return string
    }

    mutating func bool() throws -> Bool {
      if take("True") { return true }
      try expect("False")
      return false
    }

    mutating func tuple() throws -> [Int] {
      var numbers: [Int] = []
      try expect("(")
      while !take(")") {
        skipSpace()
        let digits = text[position...].prefix { ("0"..."9").contains($0) }
        guard let number = Int(String(String.UnicodeScalarView(digits))) else {
          throw LoadError.malformed("the header's shape has no number of 63 bits at character \(position)")
        }
        position += digits.count
        // Python 2 wrote long integers with a suffix.
        _ = take("L")
        numbers.append(number)
        if !take(",") {
          try expect(")")
          break
        }
      }
      return numbers
    }
  }

  // MARK: Writing

  /// The head as NumPy writes it, byte for byte.
  func serialize() -> [UInt8] {
    let extents = shape.map(String.init)
    let tuple = extents.count == 1 ? "(\(extents[0]),)" : "(\(extents.joined(separator: ", ")))"
    var text = "{'descr': '\(descr)', 'fortran_order': False, 'shape': \(tuple), }"
    // NumPy leaves room for the first extent to grow to 21 digits, and ends the head at a multiple of 64.
    if let first = extents.first { text += String(repeating: " ", count: 21 - first.utf8.count) }
    let used = Self.magic.count + 4 + text.utf8.count + 1
    text += String(repeating: " ", count: 64 - used % 64) + "\n"
    let length = text.utf8.count
    return Self.magic + [1, 0, UInt8(length & 255), UInt8(length >> 8)] + Array(text.utf8)
  }
}
