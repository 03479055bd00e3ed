import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct TransposeIntoReduceTests {
  private static func reduced(_ perm: [Int], _ last: Node) -> [Node] {
    [node("Transpose", ["x"], ["a"], ["perm": .ints(perm)]), last]
  }

  private static let cube = [float("x", 2, 3, 4)]
  private static let drops: [String: Attribute] = ["keepdims": .int(0)]

  @Test(arguments: [
    RuleCase(
      "one axis goes", reduced([0, 2, 1], node("ReduceSum", ["a", "r"], ["y"], drops)), inputs: cube,
      constants: ["r": Tensor(int64: [1])], leaves: ["ReduceSum"]),
    RuleCase(
      "two axes go", reduced([1, 2, 0], node("ReduceMax", ["a", "r"], ["y"], drops)), inputs: cube,
      constants: ["r": Tensor(int64: [0, 1])], leaves: ["ReduceMax"]),
    RuleCase(
      "an attribute",
      reduced([2, 0, 1], node("ReduceMean", ["a"], ["y"], ["axes": .ints([0]), "keepdims": .int(0)])),
      inputs: cube, opset: 13, leaves: ["ReduceMean"]),
    RuleCase(
      "the place of the greatest",
      reduced([0, 2, 1], node("ArgMax", ["a"], ["y"], ["axis": .int(-1), "keepdims": .int(0)])),
      inputs: cube, leaves: ["ArgMax"]),
    RuleCase(
      "near miss: what is left has another order",
      reduced([2, 1, 0], node("ReduceSum", ["a", "r"], ["y"], drops)), inputs: cube,
      constants: ["r": Tensor(int64: [1])], leaves: ["Transpose", "ReduceSum"]),
    RuleCase(
      "near miss: what is summed has another order",
      reduced([2, 1, 0], node("ReduceSum", ["a"], ["y"], drops)), inputs: cube,
      leaves: ["Transpose", "ReduceSum"]),
    RuleCase(
      "near miss: the axis stays elsewhere", reduced([0, 2, 1], node("ReduceSum", ["a", "r"], ["y"])),
      inputs: cube, constants: ["r": Tensor(int64: [1])], leaves: ["Transpose", "ReduceSum"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(TransposeIntoReduce.self) }
}
