import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct FoldScaleTests {
  private static let image = [float("x", .param("N"), 2, 4, 3)]
  private static let weights = Tensor(floats: (0..<12).map { Float($0) - 5 }, shape: [3, 2, 2, 1])
  private static let channels = Tensor(floats: [2, -0.5, 3], shape: [3, 1, 1])

  private static func scaled(
    _ linear: String, by operation: String = "Mul", _ operands: [String] = ["a", "c"]
  )
    -> [Node]
  {
    [node(linear, ["x", "W"], ["a"]), node(operation, operands, ["y"])]
  }

  @Test(arguments: [
    RuleCase(
      "Conv by channel", scaled("Conv"), inputs: image, constants: ["W": weights, "c": channels],
      leaves: ["Conv"]),
    RuleCase(
      "Conv with a bias, divided", [node("Conv", ["x", "W", "b"], ["a"]), node("Div", ["a", "c"], ["y"])],
      inputs: image, constants: ["W": weights, "c": channels, "b": floats(1, -2, 0.5)], leaves: ["Conv"]),
    RuleCase(
      "a number on the left", scaled("Conv", by: "Mul", ["c", "a"]), inputs: image,
      constants: ["W": weights, "c": floats(-4)], leaves: ["Conv"]),
    RuleCase(
      "MatMul of rank 3", scaled("MatMul"), inputs: [float("x", 2, .param("N"), 3)],
      constants: ["W": Tensor(floats: [1, 2, 3, -4, 5, 6], shape: [3, 2]), "c": floats(3, 0.5)],
      leaves: ["MatMul"]),
    RuleCase(
      "Gemm with a bias for all columns",
      [node("Gemm", ["x", "W", "b"], ["a"], ["alpha": .float(2)]), node("Mul", ["a", "c"], ["y"])],
      inputs: [float("x", 2, 3)],
      constants: [
        "W": Tensor(floats: [1, 2, 3, -4, 5, 6], shape: [3, 2]), "c": floats(3, 0.5), "b": floats(7),
      ],
      leaves: ["Gemm"]),
    RuleCase(
      "near miss: as many numbers as channels, but along the last axis", scaled("Conv"), inputs: image,
      constants: ["W": weights, "c": floats(2, -0.5, 3)], leaves: ["Conv", "Mul"]),
    RuleCase(
      "near miss: an axis is added", scaled("Conv"), inputs: image,
      constants: ["W": weights, "c": Tensor(floats: [2], shape: [1, 1, 1, 1, 1])], leaves: ["Conv", "Mul"]),
    RuleCase(
      "near miss: one channel is stretched", scaled("Conv"), inputs: [float("x", 1, 2, 2, 1)],
      constants: ["W": Tensor(floats: [1, 2], shape: [1, 2, 1, 1]), "c": channels], leaves: ["Conv", "Mul"]),
    RuleCase(
      "near miss: it divides the number", scaled("Conv", by: "Div", ["c", "a"]), inputs: image,
      constants: ["W": weights, "c": channels], leaves: ["Conv", "Div"]),
    RuleCase(
      "near miss: division by 0", scaled("Conv", by: "Div"), inputs: image,
      constants: ["W": weights, "c": floats(0)], leaves: ["Conv", "Div"]),
    RuleCase(
      "near miss: all weights would lose digits", scaled("Conv"), inputs: image,
      constants: ["W": weights, "c": floats(0x1p-140)], leaves: ["Conv", "Mul"]),
    RuleCase(
      "near miss: others want what is scaled", scaled("Conv") + [node("Relu", ["a"], ["z"])], inputs: image,
      outputs: ["y", "z"], constants: ["W": weights, "c": channels], leaves: ["Conv", "Mul", "Relu"]),
    RuleCase(
      "near miss: the weights are no constant", scaled("Conv"), inputs: image + [float("W", 3, 2, 2, 1)],
      constants: ["c": channels], leaves: ["Conv", "Mul"]),
    RuleCase(
      "near miss: opset 6 stretches by axis",
      [
        node("Conv", ["x", "W"], ["a"]),
        node("Mul", ["a", "c"], ["y"], ["axis": .int(1), "broadcast": .int(1)]),
      ],
      inputs: image, constants: ["W": weights, "c": floats(2, -0.5, 3)], opset: 6, leaves: ["Conv", "Mul"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(FoldScale.self) }
}
