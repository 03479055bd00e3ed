import GraphIR

/// Groups and flags.
extension PatternParser {
  private static let deepestNesting = 1_000

  /// `(`, `(?:`, `(?flags:`, `(?P<name>` and `(?<name>`; `(?flags)` opens none.
  mutating func openGroup() throws {
    let start = at
    guard peek(1) == "?" else {
      at += 1
      return try pushGroup(start, flags)
    }
    let isNamed = peek(2) == "<" || (peek(2) == "P" && peek(3) == "<")
    if isNamed && peek(3) != "=" && peek(3) != "!" { return try openNamedGroup() }
    at += 2
    let newFlags = try readFlags(start)
    if pattern[at - 1] == ":" { try pushGroup(start, newFlags) } else { flags = newFlags }
  }

  private mutating func pushGroup(_ start: Int, _ inner: Flags) throws {
    guard groups.count <= Self.deepestNesting else {
      throw OperatorError(
        .invalidAttribute, "the pattern nests groups more than \(Self.deepestNesting) deep")
    }
    groups.append(Group(outerFlags: flags, opening: start))
    flags = inner
  }

  /// A name has letters, marks, digits and connectors, and does nothing here.
  private mutating func openNamedGroup() throws {
    let start = at
    let nameStart = at + (peek(2) == "P" ? 4 : 3)
    guard let end = firstIndex(of: ">", from: nameStart), end > nameStart,
      pattern[nameStart..<end].allSatisfy(Self.mayBeInName)
    else {
      let end = firstIndex(of: ">", from: nameStart).map { $0 + 1 }
      throw error("no name of a group is", start..<(end ?? pattern.count))
    }
    at = end + 1
    try pushGroup(start, flags)
  }

  private static func mayBeInName(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .letterNumber,
      .nonspacingMark, .spacingMark, .decimalNumber, .connectorPunctuation:
      true
    default: false
    }
  }

  /// Flags after `(?`, with the `:` or `)` that ends them.
  private mutating func readFlags(_ start: Int) throws -> Flags {
    var result = flags
    var value = true
    var isMinusAlone = false
    while let scalar = take() {
      switch scalar {
      case "i": result.foldsCase = value
      case "m": result.isMultiLine = value
      case "s": result.dotMatchesNewline = value
      case "U": break
      case "-" where value: value = false
      case ":" where !isMinusAlone, ")" where !isMinusAlone: return result
      default: throw error("no group or flags begin with", start..<at)
      }
      isMinusAlone = scalar == "-"
    }
    throw error("flags end with ')' or ':', unlike", start..<pattern.count)
  }

  mutating func closeGroup() throws {
    guard groups.count > 1 else { throw error("no group is open for", at..<pattern.count) }
    at += 1
    let whole = try joinInnermostGroup()
    flags = groups.removeLast().outerFlags
    try append(whole)
  }
}
