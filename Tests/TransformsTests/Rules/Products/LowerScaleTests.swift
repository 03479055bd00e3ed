import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct LowerScaleTests {
  private static let lines = [float("x", .param("N"), 2, 3)]
  private static let constants = [
    "W": Tensor(floats: (0..<12).map { Float($0) - 5 }, shape: [3, 4]), "b": floats(3, 0.5, -1, 0),
    "V": Tensor(floats: [1, -2, 3], shape: [3, 1]), "c": floats(0.5), "s": Tensor(int64: [-1, 3]),
  ]
  private static let scale = [node("Mul", ["x", "c"], ["a"])]

  @Test(arguments: [
    RuleCase(
      "MatMul", scale + [node("MatMul", ["a", "W"], ["y"])], inputs: lines, constants: constants,
      leaves: ["MatMul"]),
    RuleCase(
      "Gemm, whose C stays, behind a Reshape",
      [
        node("Div", ["x", "c"], ["a"]), node("Reshape", ["a", "s"], ["r"]),
        node("Gemm", ["r", "W", "b"], ["y"], ["beta": .float(2)]),
      ], inputs: lines, constants: constants, leaves: ["Reshape", "Gemm"]),
    RuleCase(
      "through a product of values",
      scale + [node("Mul", ["a", "g"], ["p"]), node("MatMul", ["p", "W"], ["y"])],
      inputs: lines + [float("g", 2, 3)], constants: constants, leaves: ["Mul", "MatMul"]),
    RuleCase(
      "two readers", scale + [node("MatMul", ["a", "W"], ["y"]), node("MatMul", ["a", "V"], ["z"])],
      inputs: lines, outputs: ["y", "z"], constants: constants, leaves: ["MatMul", "MatMul"]),
    RuleCase(
      "near miss: a reader of another kind",
      scale + [node("MatMul", ["a", "W"], ["y"]), node("Relu", ["a"], ["z"])], inputs: lines,
      outputs: ["y", "z"], constants: constants, leaves: ["Mul", "MatMul", "Relu"]),
    RuleCase(
      "near miss: an output", scale + [node("MatMul", ["a", "W"], ["y"])], inputs: lines,
      outputs: ["a", "y"],
      constants: constants, leaves: ["Mul", "MatMul"]),
    RuleCase(
      "near miss: the number would count twice",
      scale + [
        node("Reshape", ["a", "s"], ["r"]), node("Reshape", ["a", "s"], ["q"]),
        node("Mul", ["r", "q"], ["p"]),
        node("MatMul", ["p", "W"], ["y"]),
      ], inputs: lines, constants: constants, leaves: ["Mul", "Reshape", "Reshape", "Mul", "MatMul"]),
    RuleCase(
      "near miss: what is added is not scaled",
      scale + [node("Add", ["a", "g"], ["p"]), node("MatMul", ["p", "W"], ["y"])],
      inputs: lines + [float("g", 2, 3)], constants: constants, leaves: ["Mul", "Add", "MatMul"]),
    RuleCase(
      "near miss: the number is C of a Gemm",
      [node("Mul", ["x", "c"], ["a"]), node("Gemm", ["g", "V", "a"], ["y"])],
      inputs: [float("x", 1), float("g", 2, 3)], constants: constants, leaves: ["Mul", "Gemm"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(LowerScale.self) }
}
