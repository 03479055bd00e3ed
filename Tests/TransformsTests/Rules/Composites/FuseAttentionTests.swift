import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct FuseAttentionTests {
  private static let heads = [
    float("q", .value(1), 2, 3, 4), float("k", .value(1), 2, 5, 4), float("v", .value(1), 2, 5, 6),
  ]
  private static let constants = [
    "c": floats(0.25), "eight": floats(8), "zero": Tensor(floats: [0], shape: []),
    "low": Tensor(floats: [-3e38], shape: []), "hidden": Tensor(floats: [-.infinity], shape: []),
    "bias": Tensor(floats: [0, -1, -1e30, 2, 0.5], shape: [1, 5]),
    "column": Tensor(floats: [1, 2, 3], shape: [3, 1]),
  ]
  private static let products = [
    node("Transpose", ["k"], ["t"], ["perm": .ints([0, 1, 3, 2])]), node("MatMul", ["q", "t"], ["p"]),
  ]

  private static func weighed(_ scores: String, axis: Int = -1) -> [Node] {
    [node("Softmax", [scores], ["w"], ["axis": .int(axis)]), node("MatMul", ["w", "v"], ["y"])]
  }
  private static let scaled = products + [node("Mul", ["p", "c"], ["s"])]
  private static let spelled = ["Transpose", "MatMul", "Mul", "Softmax", "MatMul"]
  private static let masked = ["Transpose", "MatMul", "Mul", "Add", "Softmax", "MatMul"]

  @Test(arguments: [
    RuleCase(
      "scaled", scaled + weighed("s"), inputs: heads, constants: constants, opset: 23, leaves: ["Attention"]),
    RuleCase(
      "not scaled", products + weighed("p", axis: 3), inputs: heads, constants: constants, opset: 24,
      leaves: ["Attention"]),
    RuleCase(
      "divided, with a constant mask",
      products + [node("Div", ["p", "eight"], ["s"]), node("Add", ["bias", "s"], ["m"])] + weighed("m"),
      inputs: heads, constants: constants, opset: 23, leaves: ["Attention"]),
    RuleCase(
      "a chosen mask",
      [node("Where", ["seen", "zero", "low"], ["b"])] + scaled + [node("Add", ["s", "b"], ["m"])]
        + weighed("m"),
      inputs: heads + [ValueInfo(name: "seen", type: .tensor(.bool, [3, 5]))], constants: constants,
      opset: 23,
      leaves: ["Where", "Attention"]),
    RuleCase(
      "near miss: a mask that may hide every key",
      [node("Where", ["seen", "zero", "hidden"], ["b"])] + scaled + [node("Add", ["s", "b"], ["m"])]
        + weighed("m"), inputs: heads + [ValueInfo(name: "seen", type: .tensor(.bool, [3, 5]))],
      constants: constants, opset: 23, leaves: ["Where"] + masked),
    RuleCase(
      "near miss: a mask with one column, which the operator would take for one key",
      scaled + [node("Add", ["s", "column"], ["m"])] + weighed("m"), inputs: heads, constants: constants,
      opset: 23, leaves: masked),
    RuleCase(
      "near miss: opset 22", scaled + weighed("s"), inputs: heads, constants: constants, opset: 22,
      leaves: spelled),
    RuleCase(
      "near miss: a Softmax of the queries", scaled + weighed("s", axis: 2), inputs: heads,
      constants: constants,
      opset: 23, leaves: spelled),
    RuleCase(
      "near miss: keys of one batch for all",
      scaled + weighed("s"), inputs: [float("q", .param("N"), 2, 3, 4)] + heads.dropFirst(),
      constants: constants,
      opset: 23, leaves: spelled),
    RuleCase(
      "near miss: another transposition",
      [node("Transpose", ["k"], ["t"], ["perm": .ints([0, 1, 2, 3])]), node("MatMul", ["q", "t"], ["p"])]
        + [node("Mul", ["p", "c"], ["s"])] + weighed("s"),
      inputs: [float("q", 1, 2, 3, 4), float("k", 1, 2, 4, 4), float("v", 1, 2, 4, 6)], constants: constants,
      opset: 23, leaves: spelled),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(FuseAttention.self) }
}
