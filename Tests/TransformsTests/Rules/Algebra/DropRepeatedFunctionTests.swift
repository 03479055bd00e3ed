import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct DropRepeatedFunctionTests {
  private static func functions(_ f: String, _ g: String) -> [Node] {
    [node(g, ["x"], ["a"]), node(f, ["a"], ["b"]), node("Neg", ["b"], ["y"])]
  }

  @Test(arguments: [
    RuleCase("Abs twice", functions("Abs", "Abs"), leaves: ["Abs", "Neg"]),
    RuleCase(
      "Abs twice of integers", functions("Abs", "Abs"),
      inputs: [ValueInfo(name: "x", type: .tensor(.int64, [2, 3]))], leaves: ["Abs", "Neg"]),
    RuleCase("Sign twice", functions("Sign", "Sign"), leaves: ["Sign", "Neg"]),
    RuleCase("Ceil of Floor", functions("Ceil", "Floor"), leaves: ["Floor", "Neg"]),
    RuleCase("Round of Sign", functions("Round", "Sign"), leaves: ["Sign", "Neg"]),
    RuleCase(
      "near miss: Reciprocal twice", functions("Reciprocal", "Reciprocal"),
      leaves: ["Reciprocal", "Reciprocal", "Neg"]),
    RuleCase("near miss: Sign of Abs", functions("Sign", "Abs"), leaves: ["Abs", "Sign", "Neg"]),
    RuleCase("near miss: Floor of Abs", functions("Floor", "Abs"), leaves: ["Abs", "Floor", "Neg"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(DropRepeatedFunction.self) }
}
