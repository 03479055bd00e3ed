import GraphIR

/// Escapes, and classes of code points.
extension PatternParser {
  /// What a backslash begins outside of brackets.
  mutating func readEscape() throws {
    if let set = try readNamedClass() { return try appendClass(set) }
    let special: PatternInstruction? =
      switch peek(1) {
      case "b": .assertion(.wordBoundary)
      case "B": .assertion(.noWordBoundary)
      case "A": .assertion(.textBegins)
      case "z": .assertion(.textEnds)
      case "C": .anyByte
      default: nil
      }
    if let special {
      at += 2
      try append(PatternFragment(special))
    } else if peek(1) == "Q" {
      try readQuotation()
    } else {
      try appendLiteral(try readEscapedCharacter())
    }
  }

  /// `\Q` and literals up to `\E` or the end.
  private mutating func readQuotation() throws {
    at += 2
    while let scalar = take() {
      if scalar == "\\" && next == "E" {
        at += 1
        return
      }
      try appendLiteral(scalar.value)
    }
  }

  /// One character after a backslash: punctuation, a control character, or a number in base 8 or 16.
  private mutating func readEscapedCharacter() throws -> UInt32 {
    let start = at
    at += 1
    guard let scalar = take() else { throw error("nothing follows the backslash of", start..<pattern.count) }
    switch scalar {
    case "a": return 0x07
    case "f": return 0x0C
    case "n": return 0x0A
    case "r": return 0x0D
    case "t": return 0x09
    case "v": return 0x0B
    case "x": return try readHexadecimal(start)
    case "0"..."7":
      // A digit other than 0 that stands alone would refer back to a group.
      let digits = pattern[(start + 1)...].prefix(3).prefix { ("0"..."7").contains($0) }
      guard scalar == "0" || digits.count > 1 else { throw noEscape(start) }
      at = digits.endIndex
      return digits.reduce(0) { $0 * 8 + ($1.value - 0x30) }
    default:
      guard scalar.isASCII, scalar == "_" || !CodePointSet.perlWord.contains(scalar.value) else {
        throw noEscape(start)
      }
      return scalar.value
    }
  }

  /// Two digits, or any number of them in braces.
  private mutating func readHexadecimal(_ start: Int) throws -> UInt32 {
    let isBraced = next == "{"
    if isBraced { at += 1 }
    var value: UInt32 = 0
    var count = 0
    while let digit = next.flatMap(Self.hexadecimalDigit), isBraced || count < 2 {
      at += 1
      count += 1
      value = value * 16 + digit
      guard value <= CodePointSet.last else { throw noEscape(start) }
    }
    let isClosed = !isBraced || take() == "}"
    guard isClosed, isBraced ? count > 0 : count == 2 else { throw noEscape(start) }
    return value
  }

  private static func hexadecimalDigit(_ scalar: Unicode.Scalar) -> UInt32? {
    scalar.isASCII ? Character(scalar).hexDigitValue.map(UInt32.init) : nil
  }

  private func noEscape(_ start: Int) -> OperatorError {
    error("no escape is", start..<min(at, pattern.count))
  }

  /// A class that a backslash and a letter name: `\d`, `\pL`, `\p{Greek}`; nil where none begins here.
  private mutating func readNamedClass() throws -> CodePointSet? {
    guard next == "\\", let letter = peek(1) else { return nil }
    if let lower = Unicode.Scalar(letter.value | 0x20), let set = CodePointSet.perl(lower) {
      at += 2
      return folded(set, isNegated: letter != lower)
    }
    return letter == "p" || letter == "P" ? try readUnicodeClass() : nil
  }

  private mutating func readUnicodeClass() throws -> CodePointSet {
    let start = at
    var isNegated = peek(1) == "P"
    at += 2
    guard let first = take() else { throw error("a name must follow", start..<pattern.count) }
    var name = [first]
    if first == "{" {
      guard let end = firstIndex(of: "}", from: at) else {
        throw error("'}' is missing for", start..<pattern.count)
      }
      name = Array(pattern[at..<end])
      at = end + 1
    }
    if name.first == "^" {
      isNegated.toggle()
      name.removeFirst()
    }
    guard let set = CodePointSet.unicode(String(String.UnicodeScalarView(name))) else {
      throw error("no category or script is", start..<at)
    }
    return folded(set, isNegated: isNegated)
  }

  /// The set as the flags want it: what is negated leaves out every case of a letter.
  private func folded(_ set: CodePointSet, isNegated: Bool) -> CodePointSet {
    let set = flags.foldsCase ? set.caseFolded : set
    return isNegated ? set.complement : set
  }

  /// A class in brackets. A `]` may come first, and a `-` anywhere that no range can be.
  mutating func readBracketClass() throws -> CodePointSet {
    let start = at
    at += 1
    let isNegated = next == "^"
    if isNegated { at += 1 }
    var ranges: [ClosedRange<UInt32>] = []
    let first = at
    while next != "]" || at == first {
      guard next != nil else { throw error("']' is missing for", start..<pattern.count) }
      let part = try readPosixClass() ?? readNamedClass() ?? readRange(start)
      try charge(part.ranges.count)
      ranges += part.ranges
    }
    at += 1
    let set = CodePointSet(ranges)
    return isNegated ? set.complement : set
  }

  /// `[:alpha:]` or `[:^alpha:]`; nil where none begins here.
  private mutating func readPosixClass() throws -> CodePointSet? {
    guard next == "[", peek(1) == ":", !hasNoMorePosixClasses else { return nil }
    let rest = pattern[(at + 2)...]
    guard let end = rest.indices.dropLast().first(where: { rest[$0] == ":" && rest[$0 + 1] == "]" }) else {
      hasNoMorePosixClasses = true
      return nil
    }
    let place = at..<(end + 2)
    at += 2
    let isNegated = next == "^"
    if isNegated { at += 1 }
    guard let set = CodePointSet.posix[String(String.UnicodeScalarView(pattern[min(at, end)..<end]))] else {
      throw error("no class is", place)
    }
    at = end + 2
    return folded(set, isNegated: isNegated)
  }

  /// A character, or a range of them.
  private mutating func readRange(_ start: Int) throws -> CodePointSet {
    let begin = at
    let low = try readCharacterInBrackets(start)
    var high = low
    if next == "-", let after = peek(1), after != "]" {
      at += 1
      high = try readCharacterInBrackets(start)
    }
    guard low <= high else { throw error("the ends are in the wrong order in", begin..<at) }
    return folded(CodePointSet([low...high]), isNegated: false)
  }

  private mutating func readCharacterInBrackets(_ start: Int) throws -> UInt32 {
    guard let next else { throw error("']' is missing for", start..<pattern.count) }
    if next == "\\" { return try readEscapedCharacter() }
    at += 1
    return next.value
  }
}
