import GraphIR
import TensorCore

/// An equation of Einsum: which labels name the axes of each operand and of the output.
struct EinsumEquation: Sendable {
  /// A label: a letter, or one axis of an ellipsis counted from its last.
  enum Label: Hashable, Sendable {
    case letter(Character)
    case ellipsis(Int)
  }

  /// A term as written: letters before the ellipsis, and those after it where there is one.
  struct Term: Sendable {
    let before: [Character]
    let after: [Character]?
    var letters: [Character] { before + (after ?? []) }

    /// The labels of the axes of an operand of `rank`.
    func labels(ellipsisRank: Int) -> [Label] {
      before.map(Label.letter)
        + (after.map { (0..<ellipsisRank).reversed().map(Label.ellipsis) + $0.map(Label.letter) } ?? [])
    }
  }

  let operands: [Term]
  /// The output's term; nil in implicit form.
  let output: Term?

  init(_ equation: String) throws {
    let text = equation.filter { $0 != " " }
    let arrow = text.firstRange(of: "->")
    let left = arrow.map { text[..<$0.lowerBound] } ?? text[...]
    operands = try left.split(separator: ",", omittingEmptySubsequences: false).map {
      try Self.term($0, equation)
    }
    output = try arrow.map { try Self.term(text[$0.upperBound...], equation) }
    guard let output else { return }
    let known = Set(operands.flatMap(\.letters))
    guard Set(output.letters).count == output.letters.count, known.isSuperset(of: output.letters) else {
      throw OperatorError(
        .invalidAttribute,
        "equation '\(equation)': each letter of the output must stand in an input, and once only")
    }
  }

  private static func term(_ text: Substring, _ equation: String) throws -> Term {
    let dots = text.firstRange(of: "...")
    let before = dots.map { text[..<$0.lowerBound] } ?? text
    let after = dots.map { text[$0.upperBound...] }
    let letters = before + (after ?? "")
    if let bad = letters.first(where: { !$0.isASCII || !$0.isLetter }) {
      throw OperatorError(.invalidAttribute, "equation '\(equation)' holds '\(bad)', which is no letter")
    }
    return Term(before: Array(before), after: after.map(Array.init))
  }

  /// The labels of every operand's axes and of the output's.
  ///
  /// - Throws: `OperatorError` where an operand has too few or too many axes for its term, or where two
  ///   ellipses stand for different numbers of axes.
  func labels(ranks: [Int]) throws -> (operands: [[Label]], output: [Label]) {
    guard ranks.count == operands.count else {
      throw OperatorError(
        .invalidValue, "equation names \(operands.count) operands, but \(ranks.count) are given")
    }
    var ellipsisRank: Int?
    for (term, rank) in zip(operands, ranks) {
      let rest = rank - term.letters.count
      guard term.after == nil ? rest == 0 : rest >= 0 && rest == ellipsisRank ?? rest else {
        throw OperatorError(
          .invalidShape,
          "an operand has rank \(rank), which does not fit its \(term.letters.count) letters"
            + (ellipsisRank.map { " and an ellipsis of \($0) axes" } ?? ""))
      }
      if term.after != nil { ellipsisRank = rest }
    }
    let labels = operands.map { $0.labels(ellipsisRank: ellipsisRank ?? 0) }
    return (labels, output?.labels(ellipsisRank: ellipsisRank ?? 0) ?? implicitOutput(ellipsisRank ?? 0))
  }

  /// The ellipsis, then the letters that stand once only, in the order of their codes.
  private func implicitOutput(_ ellipsisRank: Int) -> [Label] {
    var counts: [Character: Int] = [:]
    for letter in operands.flatMap(\.letters) { counts[letter, default: 0] += 1 }
    let once = counts.filter { $0.value == 1 }.keys.sorted { ($0.asciiValue ?? 0) < ($1.asciiValue ?? 0) }
    return (0..<ellipsisRank).reversed().map(Label.ellipsis) + once.map(Label.letter)
  }
}
