import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct FoldIntoNormalizationTests {
  private static let image = [float("x", .param("N"), 2, 4, 3)]
  private static let constants = [
    "s": floats(1, 2, -1), "b": floats(0.5, 0, -3), "c": floats(2, -0.5, 3), "s2": floats(2, -1),
    "b2": floats(1, 3), "k": Tensor(floats: [3, 0.25], shape: [2, 1, 1]), "v": floats(2, 3),
  ]

  private static func layer(_ inputs: [String] = ["x", "s", "b"], _ operation: String = "Mul") -> [Node] {
    [node("LayerNormalization", inputs, ["a"]), node(operation, ["a", "c"], ["y"])]
  }

  @Test(arguments: [
    RuleCase(
      "a factor, then a bias",
      layer(["x", "s"]).dropLast()
        + [node("Mul", ["c", "a"], ["d"]), node("Add", ["d", "b"], ["y"])], inputs: image,
      constants: constants, leaves: ["LayerNormalization"]),
    RuleCase(
      "divided, with a bias", layer(["x", "s", "b"], "Div"), inputs: image, constants: constants,
      leaves: ["LayerNormalization"]),
    RuleCase(
      "taken away", layer(["x", "s", "b"], "Sub"), inputs: image, constants: constants,
      leaves: ["LayerNormalization"]),
    RuleCase(
      "RMSNormalization", [node("RMSNormalization", ["x", "s"], ["a"]), node("Mul", ["a", "c"], ["y"])],
      inputs: image, constants: constants, opset: 23, leaves: ["RMSNormalization"]),
    RuleCase(
      "InstanceNormalization by channel",
      [node("InstanceNormalization", ["x", "s2", "b2"], ["a"]), node("Mul", ["a", "k"], ["y"])],
      inputs: image,
      constants: constants, leaves: ["InstanceNormalization"]),
    RuleCase(
      "BatchNormalization, a number",
      [node("BatchNormalization", ["x", "s2", "b2", "b2", "v"], ["a"]), node("Add", ["n", "a"], ["y"])],
      inputs: image, constants: constants.merging(["n": floats(7)]) { $1 }, leaves: ["BatchNormalization"]),
    RuleCase(
      "near miss: RMSNormalization has no bias",
      [node("RMSNormalization", ["x", "s"], ["a"]), node("Add", ["a", "c"], ["y"])], inputs: image,
      constants: constants, opset: 23, leaves: ["RMSNormalization", "Add"]),
    RuleCase(
      "near miss: as many numbers as channels, but along the last axis",
      [node("InstanceNormalization", ["x", "s2", "b2"], ["a"]), node("Mul", ["a", "v"], ["y"])],
      inputs: [float("x", 1, 2, 3, 2)], constants: constants, leaves: ["InstanceNormalization", "Mul"]),
    RuleCase(
      "near miss: training",
      [
        node(
          "BatchNormalization", ["x", "s2", "b2", "b2", "v"], ["a", "p", "q"], ["training_mode": .int(1)]),
        node("Add", ["n", "a"], ["y"]),
      ], inputs: image, constants: constants.merging(["n": floats(7)]) { $1 },
      leaves: ["BatchNormalization", "Add"]),
    RuleCase(
      "near miss: others want it", layer(), inputs: image, outputs: ["a", "y"], constants: constants,
      leaves: ["LayerNormalization", "Mul"]),
    RuleCase(
      "near miss: a number would be infinite", layer(), inputs: image,
      constants: constants.merging(["c": floats(3e38, 1, 3e38)]) { $1 },
      leaves: ["LayerNormalization", "Mul"]),
    RuleCase(
      "near miss: an axis is added", layer(), inputs: [float("x", 2, 3)],
      constants: constants.merging(["c": Tensor(floats: [2], shape: [1, 1, 1])]) { $1 },
      leaves: ["LayerNormalization", "Mul"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(FoldIntoNormalization.self) }
}
