import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct DropIdentityTests {
  @Test(arguments: [
    RuleCase(
      "in the middle",
      [node("Neg", ["x"], ["a"]), node("Identity", ["a"], ["b"]), node("Abs", ["b"], ["y"])],
      leaves: ["Neg", "Abs"]),
    RuleCase("at the end", [node("Neg", ["x"], ["a"]), node("Identity", ["a"], ["y"])], leaves: ["Neg"]),
    RuleCase(
      "at the end, its input read elsewhere",
      [node("Neg", ["x"], ["a"]), node("Identity", ["a"], ["y"]), node("Abs", ["a"], ["z"])],
      outputs: ["y", "z"],
      leaves: ["Neg", "Abs"]),
    RuleCase(
      "read in a branch",
      [
        node("Identity", ["x"], ["a"]),
        node("Constant", [], ["c"], ["value": .tensor(Tensor(bools: [true], shape: []))]),
        node(
          "If", ["c"], ["y"],
          [
            "then_branch": .graph(
              Graph(name: "t", nodes: [node("Neg", ["a"], ["r"])], outputs: [untyped("r")])),
            "else_branch": .graph(
              Graph(name: "e", nodes: [node("Abs", ["a"], ["s"])], outputs: [untyped("s")])),
          ]),
      ], leaves: ["Constant", "If"]),
    RuleCase("near miss: from input to output", [node("Identity", ["x"], ["y"])], leaves: ["Identity"]),
    RuleCase(
      "near miss: both are outputs", [node("Neg", ["x"], ["a"]), node("Identity", ["a"], ["y"])],
      outputs: ["a", "y"],
      leaves: ["Neg", "Identity"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(DropIdentity.self) }
}
