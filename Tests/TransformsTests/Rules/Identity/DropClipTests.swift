import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct DropClipTests {
  private static let clip = [node("Clip", ["x"], ["a"]), node("Neg", ["a"], ["y"])]

  @Test(arguments: [
    RuleCase("no bounds", clip, leaves: ["Neg"]),
    RuleCase("no bounds, opset 5", clip, opset: 5, leaves: ["Neg"]),
    RuleCase("near miss: the range of float, opset 10", clip, opset: 10, leaves: ["Clip", "Neg"]),
    RuleCase(
      "near miss: one bound", [node("Clip", ["x", "", "b"], ["a"]), node("Neg", ["a"], ["y"])],
      constants: ["b": Tensor(floats: [3], shape: [])], leaves: ["Clip", "Neg"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(DropClip.self) }
}
