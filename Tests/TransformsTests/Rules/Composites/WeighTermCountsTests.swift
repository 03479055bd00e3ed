import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct WeighTermCountsTests {
  private static let words = [ValueInfo(name: "x", type: .tensor(.int32, [2, 5]))]
  private static let constants = ["c": floats(0.1, 2, 0.7)]

  private static func counted(_ mode: String = "TF", indexes: [Int] = [2, 0, 1]) -> [Node] {
    let counter = node(
      "TfIdfVectorizer", ["x"], ["a"],
      [
        "mode": .string(mode), "min_gram_length": .int(1), "max_gram_length": .int(2),
        "max_skip_count": .int(0),
        "ngram_counts": .ints([0, 2]), "ngram_indexes": .ints(indexes), "pool_int64s": .ints([1, 0, 0, 3]),
      ])
    return [counter, node("Mul", ["a", "c"], ["y"])]
  }

  @Test(arguments: [
    RuleCase(
      "counts by factors", counted(), inputs: words, constants: constants, leaves: ["TfIdfVectorizer"]),
    RuleCase(
      "near miss: no counts", counted("IDF"), inputs: words, constants: constants,
      leaves: ["TfIdfVectorizer", "Mul"]),
    RuleCase(
      "near miss: what does not occur would be −0", counted(), inputs: words,
      constants: ["c": floats(0.1, -2, 0.7)], leaves: ["TfIdfVectorizer", "Mul"]),
    RuleCase(
      "near miss: infinite", counted(), inputs: words, constants: ["c": floats(0.1, .infinity, 0.7)],
      leaves: ["TfIdfVectorizer", "Mul"]),
    RuleCase(
      "near miss: two n-grams share an output", counted(indexes: [0, 1, 1]), inputs: words,
      constants: ["c": floats(0.1, 2)], leaves: ["TfIdfVectorizer", "Mul"]),
    RuleCase(
      "near miss: a factor for each sequence", counted(), inputs: words,
      constants: ["c": Tensor(floats: [1, 2], shape: [2, 1])], leaves: ["TfIdfVectorizer", "Mul"]),
    RuleCase(
      "near miss: others want the counts", counted(), inputs: words, outputs: ["a", "y"],
      constants: constants,
      leaves: ["TfIdfVectorizer", "Mul"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(WeighTermCounts.self) }
}
