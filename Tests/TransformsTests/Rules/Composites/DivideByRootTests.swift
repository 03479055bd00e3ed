import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct DivideByRootTests {
  private static let lines = [float("x", .param("N"), 2, 3)]
  private static let constants = [
    "eps": floats(1e-6), "two": Tensor(floats: [2], shape: []), "one": Tensor(floats: [1], shape: []),
    "last": Tensor(int64: [-1]), "zero": Tensor(floats: [0], shape: []),
  ]
  private static let square = [node("Pow", ["x", "two"], ["q"]), node("ReduceMean", ["q", "last"], ["v"])]

  private static func root(_ start: [Node], _ inverse: Node = node("Reciprocal", ["r"], ["i"])) -> [Node] {
    start + [
      node("Add", ["v", "eps"], ["w"]), node("Sqrt", ["w"], ["r"]), inverse, node("Mul", ["x", "i"], ["y"]),
    ]
  }

  @Test(arguments: [
    RuleCase(
      "Reciprocal", root(square), inputs: lines, constants: constants,
      leaves: ["Pow", "ReduceMean", "Add", "Sqrt", "Div"]),
    RuleCase(
      "1 / r, of a maximum",
      root(
        [node("ReduceMean", ["x", "last"], ["m"]), node("Max", ["zero", "m"], ["v"])],
        node("Div", ["one", "r"], ["i"])), inputs: lines, constants: constants,
      leaves: ["ReduceMean", "Max", "Add", "Sqrt", "Div"]),
    RuleCase(
      "near miss: the root may be of a subnormal number", root(square), inputs: lines,
      constants: constants.merging(["eps": floats(0x1p-130)]) { $1 },
      leaves: ["Pow", "ReduceMean", "Add", "Sqrt", "Reciprocal", "Mul"]),
    RuleCase(
      "near miss: v may be negative", root([node("ReduceMean", ["x", "last"], ["v"])]), inputs: lines,
      constants: constants, leaves: ["ReduceMean", "Add", "Sqrt", "Reciprocal", "Mul"]),
    RuleCase(
      "near miss: no root", [node("Reciprocal", ["x"], ["i"]), node("Mul", ["x", "i"], ["y"])], inputs: lines,
      constants: constants, leaves: ["Reciprocal", "Mul"]),
    RuleCase(
      "near miss: others want the reciprocal", root(square), inputs: lines, outputs: ["i", "y"],
      constants: constants, leaves: ["Pow", "ReduceMean", "Add", "Sqrt", "Reciprocal", "Mul"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(DivideByRoot.self) }
}
