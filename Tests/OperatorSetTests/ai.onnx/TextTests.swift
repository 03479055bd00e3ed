import GraphIR
import TensorCore
import Testing

/// Strings. Expected values: Python's str methods, and by hand where the text differs from them.
@Suite struct TextTests {
  static func list(_ strings: String...) -> Tensor { Tensor(strings: strings, shape: [strings.count]) }
  static let stop = Attribute.strings(["monday"])

  static let normalizerRows: [OperatorCase] = [
    OperatorCase(opset: 10, [:], [list("a", "B")], gives: [list("a", "B")]),
    OperatorCase(
      opset: 10, ["stopwords": stop, "case_change_action": .string("UPPER")], [list("Monday", "öß")],
      gives: [list("Öß")], "simple mapping"),
    OperatorCase(
      opset: 10, ["stopwords": stop, "is_case_sensitive": .int(1), "case_change_action": .string("LOWER")],
      [list("Monday", "monday")], gives: [list("monday")]),
    OperatorCase(
      opset: 10, ["stopwords": stop], [Tensor(strings: ["monday"], shape: [1, 1])],
      gives: [Tensor(strings: [""], shape: [1, 1])], "nothing left"),
  ]
  @Test(arguments: normalizerRows) func normalizer(_ row: OperatorCase) throws {
    try row.check("StringNormalizer")
  }

  static let splitRows: [OperatorCase] = [
    OperatorCase(
      opset: 20, [:], [list(" a  b ", "")],
      gives: [Tensor(strings: ["a", "b", "", ""], shape: [2, 2]), int64s([2, 0])], "white space"),
    OperatorCase(
      opset: 20, ["delimiter": .string("--"), "maxsplit": .int(1)], [list("a--b--c", "--")],
      gives: [Tensor(strings: ["a", "b--c", "", ""], shape: [2, 2]), int64s([2, 2])]),
    OperatorCase(
      opset: 20, ["maxsplit": .int(1)], [list(" a  b  c ")],
      gives: [Tensor(strings: ["a", "b  c"], shape: [1, 2]), int64s([2])], "the rest is trimmed"),
    OperatorCase(
      opset: 20, ["delimiter": .string(",")], [list("")],
      gives: [Tensor(strings: [""], shape: [1, 1]), int64s([1])]),
    OperatorCase(
      opset: 20, [:], [Tensor(strings: [], shape: [0])],
      gives: [Tensor(strings: [], shape: [0, 0]), int64s([])], "empty"),
  ]
  @Test(arguments: splitRows) func split(_ row: OperatorCase) throws { try row.check("StringSplit") }

  @Test func concat() throws {
    let row = OperatorCase(
      opset: 20, [:], [Tensor(strings: ["a", "b"], shape: [2, 1]), Self.list("x", "y")],
      gives: [Tensor(strings: ["ax", "ay", "bx", "by"], shape: [2, 2])])
    try row.check("StringConcat")
  }

  /// Long texts are joined piece by piece; no piece ends within a letter. The values are Swift's own.
  @Test func concatOfLongTexts() throws {
    let (x, y) = ("a" + String(repeating: "é", count: 20_000), String(repeating: "日", count: 11_111))
    let row = OperatorCase(
      opset: 20, [:], [Self.list(x, y), Self.list(y, x)], gives: [Self.list(x + y, y + x)])
    try row.check("StringConcat")
  }

  static func grams(_ mode: String, skips: Int, lengths: (Int, Int)) -> [String: Attribute] {
    [
      "mode": .string(mode), "max_skip_count": .int(skips), "min_gram_length": .int(lengths.0),
      "max_gram_length": .int(lengths.1), "pool_int64s": .ints([2, 3, 5, 4, 5, 6, 7, 8]),
      "ngram_counts": .ints([0, 4]), "ngram_indexes": .ints([5, 1, 2, 3, 4, 0]),
      "weights": .floats([1, 2, 3, 4, 5, 6]),
    ]
  }
  static let words = int64s([7, 8, 2, 3, 7, 8])
  static let vectorizerRows: [OperatorCase] = [
    OperatorCase(
      opset: 9, grams("TF", skips: 0, lengths: (1, 2)), [words], gives: [Tensor(floats: [2, 1, 0, 0, 0, 1])]),
    OperatorCase(
      opset: 9, grams("TF", skips: 4, lengths: (2, 2)), [words], gives: [Tensor(floats: [3, 0, 0, 0, 0, 0])]),
    OperatorCase(
      opset: 9, grams("IDF", skips: 0, lengths: (1, 2)), [words],
      gives: [Tensor(floats: [6, 2, 0, 0, 0, 1])]),
    OperatorCase(
      opset: 9, grams("TFIDF", skips: 0, lengths: (1, 2)), [words.reshaped([2, 3])],
      gives: [Tensor(floats: [6, 0, 0, 0, 0, 1, 6, 2, 0, 0, 0, 0], shape: [2, 6])], "rows"),
  ]
  @Test(arguments: vectorizerRows) func vectorizer(_ row: OperatorCase) throws {
    try row.check("TfIdfVectorizer")
  }
}
