import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct KeepReducedAxesTests {
  private static let cube = [float("x", 2, 3, 4)]

  private static func reduction(
    _ opType: String, keepsDims: Int, _ second: String
  ) -> [Node] {
    [
      node(opType, ["x", "r"], ["a"], ["keepdims": .int(keepsDims)]), node(second, ["a", "s"], ["y"]),
    ]
  }

  private static func axes(_ reduced: [Int], _ changed: [Int]) -> [String: Tensor] {
    ["r": Tensor(int64: reduced), "s": Tensor(int64: changed)]
  }

  @Test(arguments: [
    RuleCase(
      "axes come back", reduction("ReduceSum", keepsDims: 0, "Unsqueeze"), inputs: cube,
      constants: axes([0, 2], [2, 0]), leaves: ["ReduceSum"]),
    RuleCase(
      "axes go", reduction("ReduceMax", keepsDims: 1, "Squeeze"), inputs: cube,
      constants: axes([-1], [2]), leaves: ["ReduceMax"]),
    RuleCase(
      "opset 12",
      [
        node("ReduceMean", ["x"], ["a"], ["axes": .ints([1]), "keepdims": .int(0)]),
        node("Unsqueeze", ["a"], ["y"], ["axes": .ints([1])]),
      ], inputs: cube, opset: 12, leaves: ["ReduceMean"]),
    RuleCase(
      "the place of the greatest",
      [
        node("ArgMax", ["x"], ["a"], ["axis": .int(1), "keepdims": .int(0)]),
        node("Unsqueeze", ["a", "s"], ["y"]),
      ], inputs: cube, constants: ["s": Tensor(int64: [1])], leaves: ["ArgMax"]),
    RuleCase(
      "near miss: another axis", reduction("ReduceSum", keepsDims: 0, "Unsqueeze"), inputs: cube,
      constants: axes([1], [2]), leaves: ["ReduceSum", "Unsqueeze"]),
    RuleCase(
      "near miss: one axis more", reduction("ReduceSum", keepsDims: 0, "Unsqueeze"), inputs: cube,
      constants: axes([1], [1, 3]), leaves: ["ReduceSum", "Unsqueeze"]),
    RuleCase(
      "near miss: axes that stay get others", reduction("ReduceSum", keepsDims: 1, "Unsqueeze"),
      inputs: cube, constants: axes([1], [1]), leaves: ["ReduceSum", "Unsqueeze"]),
    RuleCase(
      "near miss: the reduction is an output", reduction("ReduceSum", keepsDims: 0, "Unsqueeze"),
      inputs: cube, outputs: ["a", "y"], constants: axes([1], [1]), leaves: ["ReduceSum", "Unsqueeze"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(KeepReducedAxes.self) }
}
