import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct DropInverseTests {
  private static func twice(_ opType: String) -> [Node] {
    [node(opType, ["x"], ["a"]), node(opType, ["a"], ["b"]), node("Identity", ["b"], ["y"])]
  }

  @Test(arguments: [
    RuleCase("Neg", twice("Neg"), leaves: ["Identity"]),
    RuleCase(
      "Neg of integers", twice("Neg"), inputs: [ValueInfo(name: "x", type: .tensor(.int8, [11]))],
      leaves: ["Identity"]),
    RuleCase(
      "Not", twice("Not"), inputs: [ValueInfo(name: "x", type: .tensor(.bool, [2, 3]))],
      leaves: ["Identity"]),
    RuleCase(
      "BitwiseNot", twice("BitwiseNot"), inputs: [ValueInfo(name: "x", type: .tensor(.uint8, [2, 3]))],
      leaves: ["Identity"]),
    RuleCase(
      "near miss: Reciprocal", twice("Reciprocal"), leaves: ["Reciprocal", "Reciprocal", "Identity"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(DropInverse.self) }
}
