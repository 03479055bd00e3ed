import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct SwapWhereTests {
  private static let inputs = [
    ValueInfo(name: "c", type: .tensor(.bool, [2, 1])), float("a", 2, 3), float("b", 3),
  ]

  @Test(arguments: [
    RuleCase(
      "by what is not so", [node("Not", ["c"], ["d"]), node("Where", ["d", "a", "b"], ["y"])],
      inputs: inputs, leaves: ["Where"]),
    RuleCase(
      "near miss: by what is so", [node("Not", ["c"], ["d"]), node("Where", ["c", "a", "b"], ["y"])],
      inputs: inputs, leaves: ["Not", "Where"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(SwapWhere.self) }
}
