import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct FuseAddNormalizationTests {
  private static let inputs = [float("x", 2, 3), float("z", 3)]
  private static let scale = ["s": floats(1, 2, -1)]
  private static let sum = node("Add", ["x", "z"], ["h"])
  private static let norm = node("LayerNormalization", ["h", "s"], ["y"])

  @Test(arguments: [
    RuleCase("a sum", [sum, norm], inputs: inputs, constants: scale, leaves: ["AddLayerNormalization"]),
    RuleCase(
      "the sum is read behind it", [sum, norm, node("Neg", ["h"], ["n"])], inputs: inputs,
      outputs: ["y", "n"],
      constants: scale, leaves: ["AddLayerNormalization", "Neg"]),
    RuleCase(
      "the sum is an output", [sum, norm], inputs: inputs, outputs: ["h", "y"], constants: scale,
      leaves: ["AddLayerNormalization"]),
    RuleCase(
      "with the root of the mean square",
      [sum, node("RMSNormalization", ["h", "s"], ["y"], ["epsilon": .float(1e-3)])], inputs: inputs,
      constants: scale, opset: 23, leaves: ["AddRMSNormalization"]),
    RuleCase(
      "near miss: the sum is read before it", [sum, node("Neg", ["h"], ["n"]), norm], inputs: inputs,
      outputs: ["y", "n"], constants: scale, leaves: ["Add", "Neg", "LayerNormalization"]),
    RuleCase(
      "near miss: a difference", [node("Sub", ["x", "z"], ["h"]), norm], inputs: inputs, constants: scale,
      leaves: ["Sub", "LayerNormalization"]),
    RuleCase(
      "near miss: the sum is the scale",
      [node("Add", ["z", "z"], ["h"]), node("LayerNormalization", ["x", "h"], ["y"])], inputs: inputs,
      leaves: ["Add", "LayerNormalization"]),
  ]) func rewrites(_ example: RuleCase) throws { try example.check(FuseAddNormalization.self) }
}
