import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct FuseScaleAndShiftTests {
  private static let image = [float("x", .param("N"), 2, 4, 3)]
  private static let constants = [
    "g": Tensor(floats: [3, -0.25], shape: [2, 1, 1]), "b": Tensor(floats: [1, 2], shape: [1, 2, 1, 1]),
    "last": floats(1, 2, 3), "n": floats(2),
  ]

  private static func affine(_ factor: String = "g", _ addend: String = "b") -> [Node] {
    [node("Mul", ["x", factor], ["a"]), node("Add", [addend, "a"], ["y"])]
  }

  @Test(arguments: [
    RuleCase("by channel", affine(), inputs: image, constants: constants, leaves: ["BatchNormalization"]),
    RuleCase(
      "opset 9, the factor first", [node("Mul", ["g", "x"], ["a"]), node("Add", ["a", "b"], ["y"])],
      inputs: image,
      constants: constants, opset: 9, leaves: ["BatchNormalization"]),
    RuleCase(
      "a matrix", affine("v", "w"), inputs: [float("x", .param("N"), 2)],
      constants: ["v": floats(2, 3), "w": floats(-1, 0.5)], leaves: ["BatchNormalization"]),
    RuleCase(
      "near miss: along the last axis", affine("last", "last"), inputs: image, constants: constants,
      leaves: ["Mul", "Add"]),
    RuleCase(
      "near miss: a number", affine("g", "n"), inputs: image, constants: constants, leaves: ["Mul", "Add"]),
    RuleCase(
      "near miss: one channel is stretched", affine(), inputs: [float("x", 1, 1, 4, 3)], constants: constants,
      leaves: ["Mul", "Add"]),
    RuleCase(
      "near miss: an open number of channels", affine(), inputs: [float("x", 2, .param("C"), 1, 3)],
      constants: constants, leaves: ["Mul", "Add"]),
    RuleCase(
      "near miss: opset 8", affine(), inputs: image, constants: constants, opset: 8, leaves: ["Mul", "Add"]),
    RuleCase(
      "near miss: others want the product", affine(), inputs: image, outputs: ["a", "y"],
      constants: constants,
      leaves: ["Mul", "Add"]),
    RuleCase(
      "near miss: what is added is no constant", affine("g", "z"),
      inputs: image + [float("z", 1, 2, 1, 1)], constants: constants, leaves: ["Mul", "Add"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(FuseScaleAndShift.self) }
}
