import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct LiftConstantTests {
  @Test(arguments: [
    RuleCase(
      "a number", [node("Constant", [], ["c"], ["value_float": .float(2)]), node("Mul", ["x", "c"], ["y"])],
      leaves: ["Mul"]),
    RuleCase(
      "near miss: an output", [node("Constant", [], ["y"], ["value_float": .float(2)])], leaves: ["Constant"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(LiftConstant.self) }
}
