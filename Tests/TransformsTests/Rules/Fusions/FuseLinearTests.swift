import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct FuseLinearTests {
  private static let image = [float("x", .param("N"), 2, 4, 4)]
  private static let conv = node("Conv", ["x", "w"], ["a"], ["pads": .ints([1, 1, 1, 1])])
  private static let weights = ["w": Tensor(floats: (0..<36).map { Float($0 % 7) - 3 }, shape: [2, 2, 3, 3])]
  private static let product = node("MatMul", ["x", "w"], ["a"])
  private static let matrices = [float("x", 2, 3, 4), float("w", 4, 4)]

  @Test(arguments: [
    RuleCase(
      "Conv and Relu", [conv, node("Relu", ["a"], ["y"])], inputs: image, constants: weights,
      leaves: ["ConvRelu"]),
    RuleCase(
      "Conv and Clip by constants", [conv, node("Clip", ["a", "low", "high"], ["y"])], inputs: image,
      constants: weights.merging([
        "low": Tensor(floats: [0], shape: []), "high": Tensor(floats: [6], shape: []),
      ]) { $1 }, leaves: ["ConvClip"]),
    RuleCase(
      "a sum with another value, and Relu",
      [conv, node("Add", ["b", "a"], ["s"]), node("Relu", ["s"], ["y"])],
      inputs: image + [float("b", 1, 2, 4, 4)],
      constants: weights, leaves: ["ConvAddRelu"]),
    RuleCase(
      "MatMul and a bias", [product, node("Add", ["a", "b"], ["y"])], inputs: matrices,
      constants: ["b": floats(1, -2, 0.5, 3)], leaves: ["MatMulAdd"]),
    RuleCase(
      "v times its Sigmoid",
      [product, node("Sigmoid", ["a"], ["s"]), node("Mul", ["a", "s"], ["y"])], inputs: matrices,
      leaves: ["MatMulSigmoidMul"]),
    RuleCase(
      "attributes of the same name",
      [
        node("Gemm", ["x", "w"], ["a"], ["alpha": .float(0.5), "transB": .int(1)]),
        node("LeakyRelu", ["a"], ["y"], ["alpha": .float(0.25)]),
      ], inputs: [float("x", 2, 3), float("w", 4, 3)], leaves: ["GemmLeakyRelu"]),
    RuleCase(
      "near miss: the product is an output too", [product, node("Relu", ["a"], ["y"])], inputs: matrices,
      outputs: ["a", "y"], leaves: ["MatMul", "Relu"]),
    RuleCase(
      "near miss: others read the product",
      [product, node("Relu", ["a"], ["r"]), node("Sub", ["r", "a"], ["y"])], inputs: matrices,
      leaves: ["MatMul", "Relu", "Sub"]),
    RuleCase(
      "near miss: a sum of two values, with nothing behind it", [product, node("Add", ["a", "b"], ["y"])],
      inputs: matrices + [float("b", 4)], leaves: ["MatMul", "Add"]),
    RuleCase(
      "near miss: Clip by what the caller gives", [product, node("Clip", ["a", "low"], ["y"])],
      inputs: matrices + [float("low")], leaves: ["MatMul", "Clip"]),
    RuleCase(
      "near miss: the product is the slope", [product, node("PRelu", ["x", "a"], ["y"])],
      inputs: [float("x", 4, 4), float("w", 4, 4)], leaves: ["MatMul", "PRelu"]),
    RuleCase(
      "near miss: what was quantized",
      [node("DequantizeLinear", ["q", "z"], ["x"]), product, node("Relu", ["a"], ["y"])],
      inputs: [ValueInfo(name: "q", type: .tensor(.int8, [2, 4])), float("w", 4, 4)],
      constants: ["z": Tensor(floats: [0.5], shape: [])], leaves: ["DequantizeLinear", "MatMul", "Relu"]),
    RuleCase(
      "near miss: Sigmoid of another value",
      [product, node("Sigmoid", ["x"], ["s"]), node("Mul", ["a", "s"], ["y"])], inputs: matrices,
      leaves: ["MatMul", "Sigmoid", "Mul"]),
  ]) func rewrites(_ example: RuleCase) throws { try example.check(FuseLinear.self) }
}
