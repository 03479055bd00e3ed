import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct LowerChannelScaleTests {
  private static let lines = [float("x", .param("N"), 2, 3)]
  private static let constants = [
    "W": Tensor(floats: (0..<12).map { Float($0) - 5 }, shape: [3, 4]), "g": floats(2, -0.5, 3),
    "V": Tensor(floats: [1, -2, 3, 4, 5, -6], shape: [2, 3]), "c": floats(1, 2),
  ]
  private static let scale = [node("Mul", ["g", "x"], ["a"])]
  private static let product = [node("MatMul", ["a", "W"], ["y"])]

  @Test(arguments: [
    RuleCase("MatMul", scale + product, inputs: lines, constants: constants, leaves: ["MatMul"]),
    RuleCase(
      "two products, divided",
      [node("Div", ["x", "g"], ["a"])] + product + [node("MatMul", ["a", "W"], ["z"])], inputs: lines,
      outputs: ["y", "z"], constants: constants, leaves: ["MatMul", "MatMul"]),
    RuleCase(
      "Gemm with transB", scale + [node("Gemm", ["a", "V", "c"], ["y"], ["transB": .int(1)])],
      inputs: [float("x", 5, 3)], constants: constants, leaves: ["Gemm"]),
    RuleCase(
      "near miss: factors of rows", scale + product, inputs: lines,
      constants: constants.merging(["g": Tensor(floats: [2, 3], shape: [2, 1])]) { $1 },
      leaves: ["Mul", "MatMul"]),
    RuleCase(
      "near miss: a factor of 0", scale + product, inputs: lines,
      constants: constants.merging(["g": floats(1, 0, 1)]) { $1 }, leaves: ["Mul", "MatMul"]),
    RuleCase(
      "near miss: the weights come first", scale + [node("MatMul", ["V", "a"], ["y"])],
      inputs: [float("x", 3, 3)], constants: constants, leaves: ["Mul", "MatMul"]),
    RuleCase(
      "near miss: a Gemm transposes it", scale + [node("Gemm", ["a", "W"], ["y"], ["transA": .int(1)])],
      inputs: [float("x", 3, 3)], constants: constants, leaves: ["Mul", "Gemm"]),
    RuleCase(
      "near miss: others want it", scale + product + [node("Relu", ["a"], ["z"])], inputs: lines,
      outputs: ["y", "z"], constants: constants, leaves: ["Mul", "MatMul", "Relu"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(LowerChannelScale.self) }
}
