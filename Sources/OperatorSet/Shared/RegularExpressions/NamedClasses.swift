/// The classes of code points that have a name in RE2's syntax.
extension CodePointSet {
  private init(ascii ranges: String...) {
    self.init(
      ranges.map { range in
        let ends = range.unicodeScalars.map(\.value)
        return ends[0]...ends[ends.count - 1]
      })
  }

  static let perlDigit = CodePointSet(ascii: "09")
  static let perlSpace = CodePointSet(ascii: "\t\n", "\u{C}\r", " ")
  static let perlWord = CodePointSet(ascii: "09", "AZ", "_", "az")
  static let newline = CodePointSet(ascii: "\n")

  /// The class that a small letter names after a backslash: ASCII only, as Perl had it first.
  static func perl(_ letter: Unicode.Scalar) -> CodePointSet? {
    letter == "d" ? perlDigit : letter == "s" ? perlSpace : letter == "w" ? perlWord : nil
  }

  /// POSIX's classes of ASCII, as in `[[:alpha:]]`.
  static let posix: [String: CodePointSet] = [
    "alnum": CodePointSet(ascii: "09", "AZ", "az"),
    "alpha": CodePointSet(ascii: "AZ", "az"),
    "ascii": CodePointSet(ascii: "\0\u{7F}"),
    "blank": CodePointSet(ascii: "\t", " "),
    "cntrl": CodePointSet(ascii: "\0\u{1F}", "\u{7F}"),
    "digit": perlDigit,
    "graph": CodePointSet(ascii: "!~"),
    "lower": CodePointSet(ascii: "az"),
    "print": CodePointSet(ascii: " ~"),
    "punct": CodePointSet(ascii: "!/", ":@", "[`", "{~"),
    "space": CodePointSet(ascii: "\t\r", " "),
    "upper": CodePointSet(ascii: "AZ"),
    "word": perlWord,
    "xdigit": CodePointSet(ascii: "09", "AF", "af"),
  ]

  /// The code points of a general category (`Lu`), of all that share its first letter (`L`), or of a script
  /// (`Greek`); nil for other names. Unassigned code points belong to no category, as in RE2.
  static func unicode(_ name: String) -> CodePointSet? {
    name == "Any" ? all : UnicodeCategories.sets[name] ?? UnicodeScripts.set(named: name)
  }
}

/// Unicode's general categories, as Swift's standard library knows them.
private enum UnicodeCategories {
  private static let names: [Unicode.GeneralCategory: String] = [
    .uppercaseLetter: "Lu", .lowercaseLetter: "Ll", .titlecaseLetter: "Lt", .modifierLetter: "Lm",
    .otherLetter: "Lo", .nonspacingMark: "Mn", .spacingMark: "Mc", .enclosingMark: "Me",
    .decimalNumber: "Nd", .letterNumber: "Nl", .otherNumber: "No", .connectorPunctuation: "Pc",
    .dashPunctuation: "Pd", .openPunctuation: "Ps", .closePunctuation: "Pe", .initialPunctuation: "Pi",
    .finalPunctuation: "Pf", .otherPunctuation: "Po", .mathSymbol: "Sm", .currencySymbol: "Sc",
    .modifierSymbol: "Sk", .otherSymbol: "So", .spaceSeparator: "Zs", .lineSeparator: "Zl",
    .paragraphSeparator: "Zp", .control: "Cc", .format: "Cf", .surrogate: "Cs", .privateUse: "Co",
  ]

  /// The set of each category and of each first letter, found once by asking for every code point.
  static let sets: [String: CodePointSet] = {
    var runs: [String: [ClosedRange<UInt32>]] = [:]
    var start: UInt32 = 0
    var current = category(0)
    for value in 1...CodePointSet.last + 1 {
      let next = category(value)
      guard next != current else { continue }
      if let name = current.flatMap({ names[$0] }) {
        runs[name, default: []].append(start...value - 1)
        runs[String(name.prefix(1)), default: []].append(start...value - 1)
      }
      (start, current) = (value, next)
    }
    return runs.mapValues(CodePointSet.init)
  }()

  /// Surrogates are no scalars for Swift, but have a category.
  private static func category(_ value: UInt32) -> Unicode.GeneralCategory? {
    guard value <= CodePointSet.last else { return nil }
    return Unicode.Scalar(value).map(\.properties.generalCategory) ?? .surrogate
  }
}

extension UnicodeScripts {
  /// Each script's ranges as `text` lists them: a name, then the ends of ranges in hexadecimal.
  private static let sets: [String: CodePointSet] = {
    var ranges: [String: [ClosedRange<UInt32>]] = [:]
    var name = ""
    for word in text.split(whereSeparator: \.isWhitespace) {
      if word.contains(where: \.isLowercase) {
        name = String(word)
        continue
      }
      let ends = word.split(separator: "-").compactMap { UInt32($0, radix: 16) }
      if let low = ends.first, let high = ends.last { ranges[name, default: []].append(low...high) }
    }
    return ranges.mapValues(CodePointSet.init)
  }()

  static func set(named name: String) -> CodePointSet? { sets[name] }
}
