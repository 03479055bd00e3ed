import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct DropSplitConcatTests {
  private static func parts(_ order: [String], axis: Int = 1) -> [Node] {
    [
      node("Split", ["x"], ["a", "b"], ["axis": .int(-1), "num_outputs": .int(2)]),
      node("Concat", order, ["c"], ["axis": .int(axis)]), node("Neg", ["c"], ["y"]),
    ]
  }

  private static let inputs = [float("x", 2, 4)]

  @Test(arguments: [
    RuleCase("all parts", parts(["a", "b"]), inputs: inputs, leaves: ["Neg"]),
    RuleCase(
      "near miss: in another order", parts(["b", "a"]), inputs: inputs, leaves: ["Split", "Concat", "Neg"]),
    RuleCase(
      "near miss: along another axis", parts(["a", "b"], axis: 0), inputs: inputs,
      leaves: ["Split", "Concat", "Neg"]),
    RuleCase(
      "near miss: one part more", parts(["a", "b", "a"]), inputs: inputs, leaves: ["Split", "Concat", "Neg"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(DropSplitConcat.self) }
}
