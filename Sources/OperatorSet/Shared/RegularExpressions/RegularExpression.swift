import GraphIR
import TensorCore

/// A pattern in the syntax of RE2, which answers whether a text matches it as a whole.
///
/// Three steps, each in files of its own: `PatternParser` reads the pattern and joins `PatternFragment`s of a
/// program; `PatternMatcher` runs the program on a text, with all threads at once. Since nothing is ever
/// tried again, the time is at most the length of the text times that of the program. What matched where is
/// never asked, so captures are plain groups, and greedy and lazy repetitions are the same.
struct RegularExpression: Sendable {
  let program: PatternProgram

  /// - Throws: `OperatorError` (invalidAttribute) that names the part of the pattern which RE2 does not know.
  init(_ pattern: String) throws {
    var parser = PatternParser(pattern)
    program = try parser.parse()
  }

  /// Whether the whole text matches.
  func matches(_ text: String) throws -> Bool {
    var (text, work) = (text, Work())
    let matches = try text.withUTF8 { bytes in
      var matcher = PatternMatcher(program, bytes)
      return try matcher.run(&work)
    }
    try work.settle()
    return matches
  }
}
