import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct DropMonotoneTests {
  @Test(arguments: [
    RuleCase(
      "the place of the greatest", [node("Exp", ["x"], ["a"]), node("ArgMax", ["a"], ["y"])],
      leaves: ["ArgMax"]),
    RuleCase(
      "the place of the smallest", [node("Sigmoid", ["x"], ["a"]), node("ArgMin", ["a"], ["y"])],
      leaves: ["ArgMin"]),
    RuleCase(
      "near miss: the order changes", [node("Neg", ["x"], ["a"]), node("ArgMax", ["a"], ["y"])],
      leaves: ["Neg", "ArgMax"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(DropMonotone.self) }

  /// By default a rule that changes values is not there.
  @Test func isAskedFor() throws {
    let nodes = [node("Exp", ["x"], ["a"]), node("ArgMax", ["a"], ["y"])]
    let model = model(nodes, inputs: [float("x", 2, 3)], outputs: ["y"])
    #expect(try Optimizer().optimize(model).applications.isEmpty)
  }
}
