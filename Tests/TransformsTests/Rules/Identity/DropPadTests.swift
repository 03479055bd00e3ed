import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct DropPadTests {
  @Test(arguments: [
    RuleCase(
      "by nothing", [node("Pad", ["x", "p"], ["a"]), node("Neg", ["a"], ["y"])],
      constants: ["p": Tensor(int64: [0, 0, 0, 0])], leaves: ["Neg"]),
    RuleCase(
      "in opset 2", [node("Pad", ["x"], ["a"], ["pads": .ints([0, 0, 0, 0])]), node("Neg", ["a"], ["y"])],
      opset: 7,
      leaves: ["Neg"]),
    RuleCase(
      "near miss: by something", [node("Pad", ["x", "p"], ["a"]), node("Neg", ["a"], ["y"])],
      constants: ["p": Tensor(int64: [0, 0, 0, 1])], leaves: ["Pad", "Neg"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(DropPad.self) }
}
