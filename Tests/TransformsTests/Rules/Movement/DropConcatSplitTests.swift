import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct DropConcatSplitTests {
  private static let nodes = [
    node("Concat", ["x", "w"], ["a"], ["axis": .int(1)]),
    node("Split", ["a", "s"], ["b", "c"], ["axis": .int(1)]),
    node("Neg", ["b"], ["y"]), node("Neg", ["c"], ["z"]),
  ]

  private static let inputs = [float("x", .param("N"), 3), float("w", .param("N"), 2)]

  @Test(arguments: [
    RuleCase(
      "as they were", nodes, inputs: inputs, outputs: ["y", "z"], constants: ["s": Tensor(int64: [3, 2])],
      leaves: ["Neg", "Neg"]),
    RuleCase(
      "near miss: other extents", nodes, inputs: inputs, outputs: ["y", "z"],
      constants: ["s": Tensor(int64: [2, 3])], leaves: ["Concat", "Split", "Neg", "Neg"]),
    RuleCase(
      "near miss: a part is an output", nodes, inputs: inputs, outputs: ["y", "c"],
      constants: ["s": Tensor(int64: [3, 2])], leaves: ["Concat", "Split", "Neg", "Neg"]),
    RuleCase(
      "near miss: open extents",
      [
        node("Concat", ["x", "w"], ["a"], ["axis": .int(1)]),
        node("Split", ["a"], ["b", "c"], ["axis": .int(1), "num_outputs": .int(2)]),
        node("Neg", ["b"], ["y"]), node("Neg", ["c"], ["z"]),
      ], inputs: [float("x", 2, .param("N")), float("w", 2, .param("M"))], outputs: ["y", "z"],
      leaves: ["Concat", "Split", "Neg", "Neg"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(DropConcatSplit.self) }
}
