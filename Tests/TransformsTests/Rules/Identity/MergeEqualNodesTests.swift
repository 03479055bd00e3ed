import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct MergeEqualNodesTests {
  @Test(arguments: [
    RuleCase(
      "twice the same",
      [node("Neg", ["x"], ["a"]), node("Neg", ["x"], ["b"]), node("Sub", ["a", "b"], ["y"])],
      leaves: ["Neg", "Sub"]),
    RuleCase(
      "near miss: another attribute",
      [
        node("LeakyRelu", ["x"], ["a"], ["alpha": .float(0)]),
        node("LeakyRelu", ["x"], ["b"], ["alpha": .float(-0.0)]),
        node("Sub", ["a", "b"], ["y"]),
      ], leaves: ["LeakyRelu", "LeakyRelu", "Sub"]),
    RuleCase(
      "near miss: draws",
      [
        node("RandomNormalLike", ["x"], ["a"]), node("RandomNormalLike", ["x"], ["b"]),
        node("Sub", ["a", "b"], ["y"]),
      ], leaves: ["RandomNormalLike", "RandomNormalLike", "Sub"]),
    RuleCase(
      "near miss: the later one is an output", [node("Neg", ["x"], ["a"]), node("Neg", ["x"], ["y"])],
      outputs: ["a", "y"], leaves: ["Neg", "Neg"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(MergeEqualNodes.self) }
}
