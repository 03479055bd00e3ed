import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct JoinConcatsTests {
  private static let inputs = [float("x", 2, 3), float("w", 2, 3), float("z", 2, 3)]

  private static func concats(_ first: Int, _ second: Int) -> [Node] {
    [
      node("Concat", ["x", "w"], ["a"], ["axis": .int(first)]),
      node("Concat", ["z", "a"], ["y"], ["axis": .int(second)]),
    ]
  }

  @Test(arguments: [
    RuleCase("one axis", concats(0, 0), inputs: inputs, leaves: ["Concat"]),
    RuleCase("one axis, counted from both ends", concats(1, -1), inputs: inputs, leaves: ["Concat"]),
    RuleCase(
      "near miss: another axis", concats(1, 0),
      inputs: [float("x", 2, 3), float("w", 2, 2), float("z", 1, 5)], leaves: ["Concat", "Concat"]),
    RuleCase(
      "near miss: the first is an output", concats(0, 0), inputs: inputs, outputs: ["a", "y"],
      leaves: ["Concat", "Concat"]),
    RuleCase(
      "near miss: the same part twice",
      [
        node("Concat", ["x", "w"], ["a"], ["axis": .int(0)]),
        node("Concat", ["a", "z", "a"], ["y"], ["axis": .int(0)]),
      ], inputs: inputs, leaves: ["Concat", "Concat"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(JoinConcats.self) }
}
