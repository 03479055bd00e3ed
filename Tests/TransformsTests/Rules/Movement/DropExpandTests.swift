import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct DropExpandTests {
  private static func expanded(_ nodes: Node...) -> [Node] { [node("Expand", ["x", "s"], ["a"])] + nodes }

  private static let inputs = [float("x", 1, 3), float("w", 2, 3)]
  private static let constants = ["s": Tensor(int64: [2, 1])]

  @Test(arguments: [
    RuleCase(
      "before a sum", expanded(node("Add", ["a", "w"], ["y"])), inputs: inputs, constants: constants,
      leaves: ["Add"]),
    RuleCase(
      "before the greatest", expanded(node("Max", ["w", "a"], ["y"])), inputs: inputs, constants: constants,
      leaves: ["Max"]),
    RuleCase(
      "to open extents of the other operand",
      [
        node("Shape", ["w"], ["s"]), node("Expand", ["x", "s"], ["a"]), node("Mul", ["a", "w"], ["y"]),
      ], inputs: [float("x", 1, 3), float("w", .param("N"), 3)], leaves: ["Mul"]),
    RuleCase(
      "near miss: the sum would be smaller", expanded(node("Add", ["a", "x"], ["y"])),
      inputs: inputs, constants: constants, leaves: ["Expand", "Add"]),
    RuleCase(
      "near miss: an extent that may be 1", expanded(node("Add", ["a", "w"], ["y"])),
      inputs: [float("x", 1, 3), float("w", .param("N"), 3)], constants: constants,
      leaves: ["Expand", "Add"]),
    RuleCase(
      "near miss: nothing broadcasts", expanded(node("MatMul", ["w", "a"], ["y"])),
      inputs: [float("x", 1, 3), float("w", 3, 2)], constants: constants, leaves: ["Expand", "MatMul"]),
    RuleCase(
      "near miss: a function of one", expanded(node("Neg", ["a"], ["y"])), inputs: inputs,
      constants: constants, leaves: ["Expand", "Neg"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(DropExpand.self) }
}
