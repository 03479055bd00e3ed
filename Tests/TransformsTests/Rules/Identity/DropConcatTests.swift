import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct DropConcatTests {
  @Test(arguments: [
    RuleCase(
      "one part", [node("Concat", ["x"], ["a"], ["axis": .int(0)]), node("Neg", ["a"], ["y"])],
      leaves: ["Neg"]),
    RuleCase("the greatest of one", [node("Max", ["x"], ["a"]), node("Neg", ["a"], ["y"])], leaves: ["Neg"]),
    RuleCase(
      "near miss: twice the same",
      [node("Concat", ["x", "x"], ["a"], ["axis": .int(0)]), node("Neg", ["a"], ["y"])],
      leaves: ["Concat", "Neg"]),
    RuleCase(
      "near miss: a sum", [node("Sum", ["x"], ["a"]), node("Neg", ["a"], ["y"])], leaves: ["Sum", "Neg"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(DropConcat.self) }
}
