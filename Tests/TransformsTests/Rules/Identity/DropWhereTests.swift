import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct DropWhereTests {
  private static let nodes = [node("Where", ["c", "x", "w"], ["a"]), node("Neg", ["a"], ["y"])]
  private static let inputs = [float("x", 2, 3), float("w", 3)]

  @Test(arguments: [
    RuleCase(
      "true everywhere", nodes, inputs: inputs,
      constants: ["c": Tensor(bools: [true, true], shape: [2, 1])],
      leaves: ["Neg"]),
    RuleCase(
      "false everywhere", nodes, inputs: [float("x"), float("w", .param("N"))],
      constants: ["c": Tensor(bools: [false], shape: [])], leaves: ["Neg"]),
    RuleCase(
      "near miss: true somewhere", nodes, inputs: inputs,
      constants: ["c": Tensor(bools: [true, false], shape: [2, 1])], leaves: ["Where", "Neg"]),
    RuleCase(
      "near miss: what is chosen grows", nodes, inputs: inputs,
      constants: ["c": Tensor(bools: [false], shape: [])], leaves: ["Where", "Neg"]),
    RuleCase(
      "near miss: nothing to choose by", nodes, inputs: [float("x", 1), float("w", 1)],
      constants: ["c": Tensor(bools: [], shape: [0])], leaves: ["Where", "Neg"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(DropWhere.self) }
}
