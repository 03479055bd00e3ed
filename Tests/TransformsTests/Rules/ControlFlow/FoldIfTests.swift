import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct FoldIfTests {
  private static func branch(_ nodes: [Node], _ outputs: String..., constants: [Initializer] = [])
    -> Attribute
  {
    .graph(Graph(name: "b", nodes: nodes, outputs: outputs.map(untyped), initializers: constants))
  }

  private static let other = branch([node("Neg", ["x"], ["n"]), node("Neg", ["n"], ["m"])], "n", "m")
  private static let constants = [
    "true": Tensor(bools: [true], shape: []), "false": Tensor(bools: [false], shape: [1]),
  ]

  private static func choice(_ condition: String, then branch: Attribute) -> [Node] {
    [
      node("Abs", ["x"], ["v"]),
      node("If", [condition], ["y", "z"], ["then_branch": branch, "else_branch": other]),
    ]
  }

  @Test(arguments: [
    RuleCase(
      "what is computed",
      choice("true", then: branch([node("Relu", ["v"], ["n"]), node("Exp", ["n"], ["m"])], "n", "m")),
      outputs: ["y", "z"], constants: constants, leaves: ["Abs", "Relu", "Exp"]),
    RuleCase(
      "the other branch", choice("false", then: branch([], "x", "v")), outputs: ["y", "z"],
      constants: constants, leaves: ["Neg", "Neg"]),
    RuleCase(
      "what comes from around", choice("true", then: branch([], "x", "v")), outputs: ["y", "z"],
      constants: constants, leaves: ["Abs", "Identity", "Identity"]),
    RuleCase(
      "one value twice", choice("true", then: branch([node("Relu", ["v"], ["n"])], "n", "n")),
      outputs: ["y", "z"], constants: constants, leaves: ["Abs", "Relu", "Identity"]),
    RuleCase(
      "a constant of the branch",
      choice(
        "true",
        then: branch(
          [node("Add", ["v", "c"], ["n"])], "n", "c",
          constants: [Initializer(name: "c", tensor: floats(1, 2, 3))])), outputs: ["y", "z"],
      constants: constants, leaves: ["Abs", "Add", "Identity"]),
    RuleCase(
      "a graph within, with names that others have",
      choice(
        "true",
        then: branch(
          [
            node("Relu", ["v"], ["n"]),
            node(
              "If", ["c"], ["m"],
              [
                "then_branch": branch([node("Exp", ["n"], ["k"])], "k"),
                "else_branch": branch([node("Sqrt", ["n"], ["k"])], "k"),
              ]),
          ], "n", "m")),
      inputs: [float("x", 2, 3), ValueInfo(name: "c", type: .tensor(.bool, []))], outputs: ["y", "z"],
      constants: constants, leaves: ["Abs", "Relu", "If"]),
    RuleCase(
      "near miss: a caller decides",
      choice("c", then: branch([node("Relu", ["v"], ["n"]), node("Exp", ["n"], ["m"])], "n", "m")),
      inputs: [float("x", 2, 3), ValueInfo(name: "c", type: .tensor(.bool, []))], outputs: ["y", "z"],
      leaves: ["Abs", "If"]),
    RuleCase(
      "near miss: a default that a caller may replace",
      choice("true", then: branch([node("Relu", ["v"], ["n"]), node("Exp", ["n"], ["m"])], "n", "m")),
      inputs: [float("x", 2, 3), ValueInfo(name: "true", type: .tensor(.bool, []))], outputs: ["y", "z"],
      constants: constants, leaves: ["Abs", "If"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(FoldIf.self) }
}
