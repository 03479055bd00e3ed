import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct DropCastTests {
  @Test(arguments: [
    RuleCase(
      "to its own type", [node("Cast", ["x"], ["a"], ["to": .int(1)]), node("Neg", ["a"], ["y"])],
      leaves: ["Neg"]),
    RuleCase(
      "like one of its type", [node("CastLike", ["x", "x"], ["a"]), node("Neg", ["a"], ["y"])],
      leaves: ["Neg"]),
    RuleCase(
      "near miss: to another", [node("Cast", ["x"], ["a"], ["to": .int(11)]), node("Neg", ["a"], ["y"])],
      leaves: ["Cast", "Neg"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(DropCast.self) }
}
