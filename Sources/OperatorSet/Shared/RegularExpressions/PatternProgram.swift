import GraphIR

/// What a thread does at its place in the text. Threads go on with the next instruction; distances count
/// from the instruction itself, so that a fragment may stand anywhere.
enum PatternInstruction: Sendable {
  /// Consumes this code point.
  case literal(UInt32)
  /// Consumes a code point of the class with this index.
  case oneOf(Int)
  /// Consumes one byte of UTF-8.
  case anyByte
  case jump(Int)
  /// Goes on both with the next instruction and at this distance.
  case split(Int)
  /// Goes on where this holds.
  case assertion(PatternAssertion)
  /// The end of the pattern: matches at the end of the text.
  case match
}

/// What is required of a place between two bytes.
enum PatternAssertion: Sendable {
  case textBegins, textEnds, lineBegins, lineEnds, wordBoundary, noWordBoundary
}

/// A pattern ready to run.
struct PatternProgram: Sendable {
  let instructions: [PatternInstruction]
  let classes: [CodePointSet]
}

/// The instructions of a part of a pattern (after Ken Thompson, 1968): they begin at the first one, and a
/// thread that gets behind the last one has matched the part.
struct PatternFragment {
  private(set) var instructions: [PatternInstruction]
  /// The largest product of counts of repetitions inside one another.
  private(set) var repetitions: Int

  /// A longer program is refused: repetitions multiply.
  static let longest = 100_000

  init(_ instructions: PatternInstruction...) {
    self.instructions = instructions
    repetitions = 1
  }

  private init(_ instructions: [PatternInstruction], repetitions: Int) throws {
    guard instructions.count <= Self.longest else { throw Self.tooLarge }
    self.instructions = instructions
    self.repetitions = repetitions
  }

  static let tooLarge = OperatorError(
    .invalidAttribute, "the pattern is too large: its program may have at most \(longest) instructions")

  /// One part after the other.
  static func sequence(_ parts: [PatternFragment]) throws -> PatternFragment {
    guard var whole = parts.first else { return PatternFragment() }
    for part in parts.dropFirst() {
      whole.instructions += part.instructions
      whole.repetitions = max(whole.repetitions, part.repetitions)
    }
    guard whole.instructions.count <= longest else { throw tooLarge }
    return whole
  }

  /// Any of the branches: each but the last begins with a split to the next one and ends with a jump to the
  /// end.
  static func alternation(_ branches: [PatternFragment]) throws -> PatternFragment {
    guard branches.count > 1 else { return branches.first ?? PatternFragment() }
    let total = branches.reduce(0) { $0 + $1.instructions.count } + 2 * (branches.count - 1)
    guard total <= longest else { throw tooLarge }
    var code: [PatternInstruction] = []
    for branch in branches.dropLast() {
      code.append(.split(branch.instructions.count + 2))
      code += branch.instructions
      code.append(.jump(total - code.count))
    }
    code += branches[branches.count - 1].instructions
    return try PatternFragment(code, repetitions: branches.map(\.repetitions).max() ?? 1)
  }

  /// Any number of times.
  func starred() throws -> PatternFragment {
    let code = [.split(instructions.count + 2)] + instructions + [.jump(-instructions.count - 1)]
    return try PatternFragment(code, repetitions: repetitions)
  }

  /// Once or more.
  func plussed() throws -> PatternFragment {
    try PatternFragment(instructions + [.split(-instructions.count)], repetitions: repetitions)
  }

  /// Once or not at all.
  func optional() throws -> PatternFragment {
    try PatternFragment([.split(instructions.count + 1)] + instructions, repetitions: repetitions)
  }

  /// At least `low` times, and at most `high` times where there is such a bound.
  func repeated(_ low: Int, _ high: Int?) throws -> PatternFragment {
    let count = high ?? max(low, 1)
    guard (instructions.count + 1) * count <= Self.longest else { throw Self.tooLarge }
    var code: [PatternInstruction] = []
    for _ in 0..<low { code += instructions }
    if let high {
      // Each further copy may be left out together with all after it.
      for left in stride(from: high - low, to: 0, by: -1) {
        code.append(.split(left * (instructions.count + 1)))
        code += instructions
      }
    } else if low == 0 {
      code = try starred().instructions
    } else {
      code.append(.split(-instructions.count))
    }
    return try PatternFragment(code, repetitions: repetitions * max(high ?? low, 1))
  }
}
