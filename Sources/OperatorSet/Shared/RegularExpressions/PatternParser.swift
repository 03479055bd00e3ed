import GraphIR

/// Reads a pattern in the syntax of RE2 from left to right, and joins the program's fragments as it goes.
/// Groups that are open wait on a stack of its own, so that no pattern can exhaust the processor's.
struct PatternParser {
  let pattern: [Unicode.Scalar]
  /// The place of the next scalar to read.
  var at = 0
  var classes: [CodePointSet] = []
  var flags = Flags()
  var groups = [Group(outerFlags: Flags())]
  /// The repetition operator that was read last: none may follow it at once.
  var lastOperator: Range<Int>?
  /// Whether no `:]` is left, so that it is not looked for again and again.
  var hasNoMorePosixClasses = false
  /// Instructions of all parts that wait.
  private var instructionCount = 0
  /// Ranges in classes so far, which are bounded like instructions.
  private var rangeCount = 0

  /// What `(?imsU)` switches. `U` swaps greedy and lazy, which makes no difference here.
  struct Flags {
    /// `i`: letters match without regard to case.
    var foldsCase = false
    /// `m`: `^` and `$` match at lines too.
    var isMultiLine = false
    /// `s`: `.` matches a newline too.
    var dotMatchesNewline = false
  }

  /// A group that is not closed yet; the outermost one is the pattern.
  struct Group {
    /// What holds again behind the group.
    let outerFlags: Flags
    var opening = 0
    var branches: [PatternFragment] = []
    /// The parts of the branch that is being read.
    var parts: [PatternFragment] = []

    mutating func endBranch() throws {
      branches.append(try PatternFragment.sequence(parts))
      parts = []
    }
  }

  private static let mostRanges = 1_000_000
  private static let longestPartShown = 40

  init(_ pattern: String) { self.pattern = Array(pattern.unicodeScalars) }

  mutating func parse() throws -> PatternProgram {
    while let next { try readPart(next) }
    guard groups.count == 1 else {
      throw error("')' is missing for", groups[groups.count - 1].opening..<pattern.count)
    }
    let whole = try joinInnermostGroup()
    return PatternProgram(instructions: whole.instructions + [.match], classes: classes)
  }

  private mutating func readPart(_ first: Unicode.Scalar) throws {
    switch first {
    case "(": try openGroup()
    case ")": try closeGroup()
    case "|":
      at += 1
      try groups[groups.count - 1].endBranch()
    case "*", "+", "?", "{": try readRepetition(first)
    case "[": try appendClass(try readBracketClass())
    case "\\": try readEscape()
    default:
      at += 1
      switch first {
      case ".": try appendClass(flags.dotMatchesNewline ? .all : CodePointSet.newline.complement)
      case "^": try append(PatternFragment(.assertion(flags.isMultiLine ? .lineBegins : .textBegins)))
      case "$": try append(PatternFragment(.assertion(flags.isMultiLine ? .lineEnds : .textEnds)))
      default: try appendLiteral(first.value)
      }
    }
  }
}

// What reading gives.
extension PatternParser {
  /// Adds a part to the branch that is being read.
  mutating func append(_ part: PatternFragment) throws {
    instructionCount += part.instructions.count
    guard instructionCount <= PatternFragment.longest else { throw PatternFragment.tooLarge }
    groups[groups.count - 1].parts.append(part)
  }

  mutating func removeLastPart() -> PatternFragment? {
    let part = groups[groups.count - 1].parts.popLast()
    instructionCount -= part?.instructions.count ?? 0
    return part
  }

  /// Ends the innermost group and gives it as one part.
  mutating func joinInnermostGroup() throws -> PatternFragment {
    try groups[groups.count - 1].endBranch()
    let branches = groups[groups.count - 1].branches
    instructionCount -= branches.reduce(0) { $0 + $1.instructions.count }
    return try PatternFragment.alternation(branches)
  }

  mutating func appendLiteral(_ value: UInt32) throws {
    let variants = flags.foldsCase ? CaseFolding.variants(of: value...value) : []
    guard !variants.isEmpty else { return try append(PatternFragment(.literal(value))) }
    try appendClass(CodePointSet([value...value] + variants))
  }

  mutating func appendClass(_ set: CodePointSet) throws {
    try charge(set.ranges.count)
    classes.append(set)
    try append(PatternFragment(.oneOf(classes.count - 1)))
  }

  /// Bounds what all classes of a pattern hold together.
  mutating func charge(_ ranges: Int) throws {
    rangeCount += ranges
    guard rangeCount <= Self.mostRanges else {
      throw OperatorError(
        .invalidAttribute, "the pattern is too large: its classes may have at most \(Self.mostRanges) ranges")
    }
  }

  /// An error that shows the part of the pattern which it is about.
  func error(_ problem: String, _ part: Range<Int>) -> OperatorError {
    var shown = String(String.UnicodeScalarView(pattern[part].prefix(Self.longestPartShown)))
    if part.count > Self.longestPartShown { shown += "…" }
    return OperatorError(.invalidAttribute, "the pattern is not in RE2's syntax: \(problem) '\(shown)'")
  }

  var next: Unicode.Scalar? { at < pattern.count ? pattern[at] : nil }

  /// The scalar that stands `distance` after the next one.
  func peek(_ distance: Int) -> Unicode.Scalar? {
    at + distance < pattern.count ? pattern[at + distance] : nil
  }

  /// The next scalar, which is then read.
  mutating func take() -> Unicode.Scalar? {
    defer { at += 1 }
    return next
  }

  func firstIndex(of scalar: Unicode.Scalar, from start: Int) -> Int? {
    pattern[min(start, pattern.count)...].firstIndex(of: scalar)
  }
}
