import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct DropClipBeforeQuantizeTests {
  private static let constants = [
    "s": Tensor(floats: [0.1], shape: []), "z": Tensor(.uint8, shape: [], rounding: [0]),
    "z1": Tensor(.uint8, shape: [], rounding: [1]), "least": Tensor(.int8, shape: [], rounding: [-128]),
    "zero": Tensor(floats: [0], shape: []), "six": Tensor(floats: [6], shape: []),
    "s6": Tensor(floats: [6 / 255], shape: []), "s5": Tensor(floats: [0.02], shape: []),
    "negative": Tensor(floats: [-0.1], shape: []),
  ]

  private static func quantized(_ clip: Node, _ scale: String = "s", _ zero: String = "z") -> [Node] {
    [clip, node("QuantizeLinear", ["a", scale, zero], ["y"])]
  }
  private static let relu = node("Relu", ["x"], ["a"])
  private static let clip = node("Clip", ["x", "zero", "six"], ["a"])

  @Test(arguments: [
    RuleCase("Relu, uint8", quantized(relu), constants: constants, leaves: ["QuantizeLinear"]),
    RuleCase("Relu, int8", quantized(relu, "s", "least"), constants: constants, leaves: ["QuantizeLinear"]),
    RuleCase(
      "Clip beyond the codes", quantized(clip, "s5"), constants: constants, leaves: ["QuantizeLinear"]),
    RuleCase(
      "Clip, opset 10",
      quantized(node("Clip", ["x"], ["a"], ["min": .float(0), "max": .float(6)]), "s5"), constants: constants,
      opset: 10, leaves: ["QuantizeLinear"]),
    RuleCase(
      "Clip without a bound above", quantized(node("Clip", ["x", "zero"], ["a"])), constants: constants,
      leaves: ["QuantizeLinear"]),
    RuleCase(
      "near miss: codes below the bound", quantized(relu, "s", "z1"), constants: constants,
      leaves: ["Relu", "QuantizeLinear"]),
    RuleCase(
      "near miss: codes above the bound", quantized(clip), constants: constants,
      leaves: ["Clip", "QuantizeLinear"]),
    RuleCase(
      "near miss: a negative scale", quantized(relu, "negative"), constants: constants,
      leaves: ["Relu", "QuantizeLinear"]),
    RuleCase(
      "near miss: a bound is no constant", quantized(node("Clip", ["x", "low"], ["a"])),
      inputs: [float("x", 2, 3), ValueInfo(name: "low", type: .tensor(.float, []))], constants: constants,
      leaves: ["Clip", "QuantizeLinear"]),
    RuleCase(
      "near miss: another function", quantized(node("LeakyRelu", ["x"], ["a"])), constants: constants,
      leaves: ["LeakyRelu", "QuantizeLinear"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(DropClipBeforeQuantize.self) }
}
