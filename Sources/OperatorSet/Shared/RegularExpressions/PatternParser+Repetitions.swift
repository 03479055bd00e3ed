import GraphIR

/// Repetitions.
extension PatternParser {
  private static let largestCount = 1_000
  private static let mostDigits = 9

  /// `*`, `+`, `?`, `{n}`, `{n,}` and `{n,m}`, each perhaps with a `?` that makes it lazy. A `{` that
  /// begins none of these is a literal.
  mutating func readRepetition(_ first: Unicode.Scalar) throws {
    let start = at
    let bounds: (low: Int, high: Int?)
    switch first {
    case "*": bounds = (0, nil)
    case "+": bounds = (1, nil)
    case "?": bounds = (0, 1)
    default:
      guard let counts = readCounts() else { return try appendLiteral(first.value) }
      bounds = counts
    }
    if first != "{" { at += 1 }
    let end = at
    if next == "?" { at += 1 }
    if let last = lastOperator, last.upperBound == start {
      throw error("one repetition follows the other in", last.lowerBound..<at)
    }
    lastOperator = start..<at
    guard let part = removeLastPart() else {
      throw error("nothing is there to repeat for", start..<at)
    }
    switch first {
    case "*": try append(part.starred())
    case "+": try append(part.plussed())
    case "?": try append(part.optional())
    default: try append(counted(part, bounds, start..<end))
    }
  }

  private func counted(
    _ part: PatternFragment, _ bounds: (low: Int, high: Int?), _ place: Range<Int>
  ) throws -> PatternFragment {
    let most = max(bounds.low, bounds.high ?? 0)
    guard most <= Self.largestCount, bounds.low <= bounds.high ?? most else {
      throw error("counts must be in order and at most \(Self.largestCount), unlike", place)
    }
    guard most < 2 || part.repetitions * max(bounds.high ?? bounds.low, 1) <= Self.largestCount else {
      throw error("counts inside one another may multiply to at most \(Self.largestCount), unlike", place)
    }
    return try part.repeated(bounds.low, bounds.high)
  }

  /// The counts in braces; where there are none, only the brace is read.
  private mutating func readCounts() -> (low: Int, high: Int?)? {
    at += 1
    let start = at
    guard let low = readCount() else { return giveUp(start) }
    var high: Int? = low
    if next == "," {
      at += 1
      high = nil
      if next != "}" {
        guard let count = readCount() else { return giveUp(start) }
        high = count
      }
    }
    guard take() == "}" else { return giveUp(start) }
    return (low, high)
  }

  private mutating func giveUp(_ start: Int) -> (low: Int, high: Int?)? {
    at = start
    return nil
  }

  /// Digits without a leading zero; nil where there are none or far too many.
  private mutating func readCount() -> Int? {
    let start = at
    while let next, ("0"..."9").contains(next) { at += 1 }
    let digits = pattern[start..<at]
    guard digits.first != "0" || digits.count == 1, digits.count <= Self.mostDigits else { return nil }
    return Int(String(String.UnicodeScalarView(digits)))
  }
}
