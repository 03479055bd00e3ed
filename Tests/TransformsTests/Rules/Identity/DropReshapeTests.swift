import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct DropReshapeTests {
  @Test(arguments: [
    RuleCase(
      "the shape it has", [node("Reshape", ["x", "s"], ["a"]), node("Neg", ["a"], ["y"])],
      constants: ["s": Tensor(int64: [2, -1])], leaves: ["Neg"]),
    RuleCase(
      "its own shape, of open extents",
      [node("Shape", ["x"], ["s"]), node("Reshape", ["x", "s"], ["a"]), node("Neg", ["a"], ["y"])],
      inputs: [float("x", .param("N"), 3)], leaves: ["Neg"]),
    RuleCase(
      "near miss: dims of two inputs that are called the same",
      [node("Shape", ["z"], ["s"]), node("Expand", ["x", "s"], ["a"]), node("Neg", ["a"], ["y"])],
      inputs: [float("x", .param("N")), float("z", .param("N"))], leaves: ["Shape", "Expand", "Neg"]),
    RuleCase(
      "near miss: an extent that may be 1", [node("Expand", ["x", "s"], ["a"]), node("Neg", ["a"], ["y"])],
      inputs: [float("x", .param("N"), 3)], constants: ["s": Tensor(int64: [2, 3])],
      leaves: ["Expand", "Neg"]),
    RuleCase(
      "near miss: Squeeze of an extent that may be 1",
      [node("Squeeze", ["x"], ["a"]), node("Neg", ["a"], ["y"])], inputs: [float("x", .param("N"), 3)],
      leaves: ["Squeeze", "Neg"]),
    RuleCase(
      "near miss: a new axis", [node("Unsqueeze", ["x", "s"], ["a"]), node("Neg", ["a"], ["y"])],
      constants: ["s": Tensor(int64: [0])], leaves: ["Unsqueeze", "Neg"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(DropReshape.self) }
}
