import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct FuseQuantizedTests {
  private static let bytes = ValueInfo(name: "x", type: .tensor(.uint8, [1, 2, 3]))
  private static let weights = ValueInfo(name: "w", type: .tensor(.int8, [3, 3]))
  private static let constants: [String: Tensor] = [
    "s": Tensor(floats: [0.5], shape: []), "t": Tensor(floats: [0.25], shape: []),
    "u": Tensor(.uint8, shape: [], rounding: [3]), "i": Tensor(.int8, shape: [], rounding: [0]),
  ]
  private static let sources = [
    node("DequantizeLinear", ["x", "s", "u"], ["a"]), node("DequantizeLinear", ["w", "t", "i"], ["b"]),
  ]
  private static let product = node("MatMul", ["a", "b"], ["p"])
  private static func quantized(_ name: String) -> Node { node("QuantizeLinear", [name, "s", "u"], ["y"]) }

  @Test(arguments: [
    RuleCase(
      "a product", sources + [product, quantized("p")], inputs: [bytes, weights], constants: constants,
      leaves: ["QuantizedMatMul"]),
    RuleCase(
      "a product and Relu", sources + [product, node("Relu", ["p"], ["r"]), quantized("r")],
      inputs: [bytes, weights], constants: constants,
      leaves: ["QuantizedMatMulRelu"]),
    RuleCase(
      "what others read too stays besides", sources + [product, quantized("p"), node("Neg", ["a"], ["n"])],
      inputs: [bytes, weights], outputs: ["y", "n"], constants: constants,
      leaves: ["DequantizeLinear", "QuantizedMatMul", "Neg"]),
    RuleCase(
      "constant weights",
      [sources[0], node("MatMul", ["a", "m"], ["p"]), quantized("p")], inputs: [bytes],
      constants: constants.merging(["m": Tensor(floats: [1, 2, 3], shape: [3, 1])]) { $1 },
      leaves: ["QuantizedMatMul"]),
    RuleCase(
      "the same value twice",
      [sources[0], node("Add", ["a", "a"], ["p"]), quantized("p")], inputs: [bytes], constants: constants,
      leaves: ["QuantizedAdd"]),
    RuleCase(
      "near miss: a value that was never quantized",
      [sources[0], node("MatMul", ["a", "b"], ["p"]), quantized("p")], inputs: [bytes, float("b", 3, 3)],
      constants: constants, leaves: ["DequantizeLinear", "MatMul", "QuantizeLinear"]),
    RuleCase(
      "near miss: the product is an output too", sources + [product, quantized("p")],
      inputs: [bytes, weights],
      outputs: ["p", "y"], constants: constants,
      leaves: ["DequantizeLinear", "DequantizeLinear", "MatMul", "QuantizeLinear"]),
    RuleCase(
      "near miss: nothing is quantized before", [node("Relu", ["z"], ["p"]), quantized("p")],
      inputs: [float("z", 2)], constants: constants, leaves: ["Relu", "QuantizeLinear"]),
  ]) func rewrites(_ example: RuleCase) throws { try example.check(FuseQuantized.self) }
}
