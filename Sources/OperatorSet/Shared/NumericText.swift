import TensorCore

/// Numbers written as text and read from it: what casts between strings and numbers mean (TSN-0010).
///
/// Written are the fewest digits that read back as the same number, in plain notation: `314.15926`, `1.0`,
/// `0.00001`; also `nan`, `inf` and `-inf`, as ONNX's cases have them. Read are an optional sign, digits with
/// an optional point, an optional decimal exponent, blanks around them, and in any mixture of cases `inf`,
/// `infinity` and `nan` with an optional sign. Nothing else is a number.
enum NumericText {
  /// The text of a number that Swift describes as `description`, such as `1.5e-07`.
  static func plain(_ description: String) -> String {
    let parts = description.split(separator: "e", omittingEmptySubsequences: false)
    guard parts.count == 2, let exponent = Int(parts[1]) else { return description }
    let isNegative = parts[0].hasPrefix("-")
    let mantissa = parts[0].drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
    let whole = mantissa.first.map(String.init) ?? ""
    let fraction = mantissa.count > 1 && mantissa[1] != "0" ? String(mantissa[1]) : ""
    let digits = whole + fraction
    let point = whole.count + exponent
    let zeros = { (count: Int) in String(repeating: "0", count: max(0, count)) }
    let text =
      if point <= 0 {
        "0." + zeros(-point) + digits
      } else if point >= digits.count {
        digits + zeros(point - digits.count) + ".0"
      } else {
        String(digits.prefix(point)) + "." + digits.dropFirst(point)
      }
    return isNegative ? "-" + text : text
  }

  /// The number that `text` means; nil where it means none.
  static func number(_ text: String) -> Double? {
    guard let trimmed = decimal(text) else { return special(text) }
    return Double(trimmed)
  }

  /// The same, rounded once to single precision.
  static func single(_ text: String) -> Float? {
    guard let trimmed = decimal(text) else { return special(text).map(Float.init) }
    return Float(trimmed)
  }

  /// The integer that `text` means, its fraction cut off and its high bits discarded as in a cast.
  static func integer(_ text: String) -> Int64? {
    if let decimal = decimal(text) {
      if let integer = Int64(decimal) { return integer }
      if let integer = UInt64(decimal) { return Int64(bitPattern: integer) }
    }
    return number(text).map(Int64.init(discardingHighBitsOf:))
  }

  /// The words that mean infinity or not-a-number.
  private static func special(_ text: String) -> Double? {
    var word = trimmed(text).lowercased()[...]
    let isNegative = word.hasPrefix("-")
    if isNegative || word.hasPrefix("+") { word = word.dropFirst() }
    switch word {
    case "inf", "infinity": return isNegative ? -.infinity : .infinity
    case "nan": return .nan
    default: return nil
    }
  }

  /// `text` without the blanks around it, where it is a decimal number by the grammar above.
  private static func decimal(_ text: String) -> String? {
    let trimmed = trimmed(text)
    var rest = trimmed.utf8[...]
    func digits() -> Int {
      let run = rest.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }.count
      rest = rest.dropFirst(run)
      return run
    }
    func skip(_ characters: String) -> Bool {
      guard let first = rest.first, characters.utf8.contains(first) else { return false }
      rest = rest.dropFirst()
      return true
    }
    _ = skip("+-")
    var count = digits()
    if skip(".") { count += digits() }
    guard count > 0 else { return nil }
    if skip("eE") {
      _ = skip("+-")
      guard digits() > 0 else { return nil }
    }
    return rest.isEmpty ? trimmed : nil
  }

  private static func trimmed(_ text: String) -> String {
    let blanks: Set<Character> = [" ", "\t", "\n", "\r"]
    let start = text.drop { blanks.contains($0) }
    return String(start.reversed().drop { blanks.contains($0) }.reversed())
  }
}

extension Int64 {
  /// The number truncated toward zero, as an integer of any length of which the low 64 bits are kept, as in a
  /// cast between integers; 0 for NaN and infinity.
  init(discardingHighBitsOf x: Double) {
    guard x.isFinite else {
      self = 0
      return
    }
    let low = x.rounded(.towardZero).truncatingRemainder(dividingBy: 18_446_744_073_709_551_616)
    self = Int64(bitPattern: UInt64(low.magnitude))
    if low < 0 { self = 0 &- self }
  }
}
