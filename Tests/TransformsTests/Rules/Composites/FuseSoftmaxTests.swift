import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct FuseSoftmaxTests {
  private static let lines = [float("x", .param("N"), 2, 3)]

  private static func softmax(
    largest: [Int] = [1], of sum: String = "e", _ end: [Node]? = nil
  ) -> [Node] {
    [
      node("ReduceMax", ["x"], ["m"], ["axes": .ints(largest)]), node("Sub", ["x", "m"], ["d"]),
      node("Exp", ["d"], ["e"]), node("ReduceSum", [sum, "axes"], ["s"]),
    ] + (end ?? [node("Div", ["e", "s"], ["y"])])
  }
  private static let spelled = ["ReduceMax", "Sub", "Exp", "ReduceSum", "Div"]
  private static let axes = ["axes": Tensor(int64: [1])]

  @Test(arguments: [
    RuleCase("an axis", softmax(), inputs: lines, constants: axes, opset: 13, leaves: ["Softmax"]),
    RuleCase(
      "the axis from the end, a reciprocal",
      softmax(largest: [-2], [node("Reciprocal", ["s"], ["i"]), node("Mul", ["i", "e"], ["y"])]),
      inputs: lines,
      constants: axes, opset: 13, leaves: ["Softmax"]),
    RuleCase(
      "near miss: another axis", softmax(largest: [2]), inputs: lines, constants: axes, opset: 13,
      leaves: spelled),
    RuleCase(
      "near miss: the sum of something else", softmax(of: "d"), inputs: lines, constants: axes, opset: 13,
      leaves: spelled),
    RuleCase(
      "near miss: no maximum is taken away",
      [
        node("Exp", ["x"], ["e"]), node("ReduceSum", ["e", "axes"], ["s"]), node("Div", ["e", "s"], ["y"]),
      ], inputs: lines, constants: axes, opset: 13, leaves: ["Exp", "ReduceSum", "Div"]),
    RuleCase(
      "near miss: two axes", softmax(largest: [1, 2]), inputs: lines,
      constants: ["axes": Tensor(int64: [1, 2])], opset: 13, leaves: spelled),
    RuleCase(
      "near miss: opset 12",
      [
        node("ReduceMax", ["x"], ["m"], ["axes": .ints([1])]), node("Sub", ["x", "m"], ["d"]),
        node("Exp", ["d"], ["e"]), node("ReduceSum", ["e"], ["s"], ["axes": .ints([1])]),
        node("Div", ["e", "s"], ["y"]),
      ], inputs: lines, opset: 12, leaves: spelled),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(FuseSoftmax.self) }
}
