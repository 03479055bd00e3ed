import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct DropSplitTests {
  @Test(arguments: [
    RuleCase(
      "one part", [node("Split", ["x"], ["a"], ["num_outputs": .int(1)]), node("Neg", ["a"], ["y"])],
      leaves: ["Neg"]),
    RuleCase(
      "near miss: two parts",
      [
        node("Split", ["x"], ["a", "b"], ["axis": .int(0), "num_outputs": .int(2)]),
        node("Neg", ["a"], ["y"]),
      ], leaves: ["Split", "Neg"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(DropSplit.self) }
}
