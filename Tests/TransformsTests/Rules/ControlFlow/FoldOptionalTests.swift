import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct FoldOptionalTests {
  private static func optional(_ last: Node...) -> [Node] { [node("Optional", ["x"], ["o"])] + last }

  @Test(arguments: [
    RuleCase(
      "what it holds", optional(node("OptionalGetElement", ["o"], ["a"]), node("Abs", ["a"], ["y"])),
      leaves: ["Abs"]),
    RuleCase(
      "that it holds something",
      optional(node("OptionalHasElement", ["o"], ["a"]), node("Not", ["a"], ["y"])), leaves: ["Not"]),
    RuleCase(
      "near miss: nothing",
      [
        node("Optional", [], ["o"], ["type": .type(.tensor(.float, nil))]),
        node("OptionalHasElement", ["o"], ["a"]), node("Not", ["a"], ["y"]),
      ], leaves: ["Optional", "OptionalHasElement", "Not"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(FoldOptional.self) }
}
