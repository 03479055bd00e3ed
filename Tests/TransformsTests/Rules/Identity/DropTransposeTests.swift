import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct DropTransposeTests {
  @Test(arguments: [
    RuleCase(
      "perm in order",
      [node("Transpose", ["x"], ["a"], ["perm": .ints([0, 1])]), node("Neg", ["a"], ["y"])],
      leaves: ["Neg"]),
    RuleCase(
      "one axis", [node("Transpose", ["x"], ["a"]), node("Neg", ["a"], ["y"])], inputs: [float("x", 3)],
      leaves: ["Neg"]),
    RuleCase(
      "near miss: no perm", [node("Transpose", ["x"], ["a"]), node("Neg", ["a"], ["y"])],
      leaves: ["Transpose", "Neg"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(DropTranspose.self) }
}
