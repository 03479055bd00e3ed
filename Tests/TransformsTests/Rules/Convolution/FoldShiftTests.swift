import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct FoldShiftTests {
  private static let image = [float("x", .param("N"), 2, 4, 3)]
  private static let weights = Tensor(floats: (0..<12).map { Float($0) - 5 }, shape: [3, 2, 2, 1])
  private static let channels = Tensor(floats: [2, -0.5, 3], shape: [3, 1, 1])

  private static func shifted(
    _ linear: Node = node("Conv", ["x", "W"], ["a"]), by operation: String = "Add",
    _ operands: [String] = ["a", "c"]
  ) -> [Node] {
    [linear, node(operation, operands, ["y"])]
  }

  @Test(arguments: [
    RuleCase(
      "a Conv gets a bias", shifted(), inputs: image, constants: ["W": weights, "c": channels],
      leaves: ["Conv"]),
    RuleCase(
      "a Conv has one", shifted(node("Conv", ["x", "W", "b"], ["a"]), by: "Sub"), inputs: image,
      constants: ["W": weights, "c": channels, "b": floats(1, -2, 0.5)], leaves: ["Conv"]),
    RuleCase(
      "a number on the left", shifted(by: "Add", ["c", "a"]), inputs: image,
      constants: ["W": weights, "c": floats(-4)], leaves: ["Conv"]),
    RuleCase(
      "ConvTranspose", shifted(node("ConvTranspose", ["x", "W"], ["a"])), inputs: image,
      constants: ["W": Tensor(floats: [1, 2, 3, 4, 5, 6], shape: [2, 3, 1, 1]), "c": channels],
      leaves: ["ConvTranspose"]),
    RuleCase(
      "Gemm", shifted(node("Gemm", ["x", "W", "b"], ["a"])), inputs: [float("x", 2, 3)],
      constants: [
        "W": Tensor(floats: [1, 2, 3, -4, 5, 6], shape: [3, 2]), "c": floats(3, 0.5), "b": floats(7, 1),
      ],
      leaves: ["Gemm"]),
    RuleCase(
      "near miss: as many numbers as channels, but along the last axis", shifted(), inputs: image,
      constants: ["W": weights, "c": floats(2, -0.5, 3)], leaves: ["Conv", "Add"]),
    RuleCase(
      "near miss: a sum for each element", shifted(), inputs: image,
      constants: ["W": weights, "c": Tensor(floats: (0..<9).map(Float.init), shape: [3, 3, 1])],
      leaves: ["Conv", "Add"]),
    RuleCase(
      "near miss: it is taken from the number", shifted(by: "Sub", ["c", "a"]), inputs: image,
      constants: ["W": weights, "c": channels], leaves: ["Conv", "Sub"]),
    RuleCase(
      "near miss: a Gemm scales its bias",
      shifted(node("Gemm", ["x", "W", "b"], ["a"], ["beta": .float(2)])), inputs: [float("x", 2, 3)],
      constants: [
        "W": Tensor(floats: [1, 2, 3, -4, 5, 6], shape: [3, 2]), "c": floats(3, 0.5), "b": floats(7, 1),
      ],
      leaves: ["Gemm", "Add"]),
    RuleCase(
      "near miss: MatMul has no bias", shifted(node("MatMul", ["x", "W"], ["a"])), inputs: [float("x", 2, 3)],
      constants: ["W": Tensor(floats: [1, 2, 3, -4, 5, 6], shape: [3, 2]), "c": floats(3, 0.5)],
      leaves: ["MatMul", "Add"]),
    RuleCase(
      "near miss: the bias would be infinite", shifted(node("Conv", ["x", "W", "b"], ["a"])), inputs: image,
      constants: ["W": weights, "c": floats(3e38), "b": floats(3e38, 0, 0)], leaves: ["Conv", "Add"]),
    RuleCase(
      "near miss: what Conv gives is an output", shifted(), inputs: image, outputs: ["a", "y"],
      constants: ["W": weights, "c": channels], leaves: ["Conv", "Add"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(FoldShift.self) }
}
