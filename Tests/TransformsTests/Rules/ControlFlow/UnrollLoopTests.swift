import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct UnrollLoopTests {
  private static let truth = ValueInfo(name: "c", type: .tensor(.bool, []))
  private static let iteration = ValueInfo(name: "i", type: .tensor(.int64, []))

  /// A body that carries x · (i + 2), and hands on the condition.
  private static let body = Graph(
    name: "b",
    nodes: [
      node("Add", ["i", "two"], ["k"]), node("Cast", ["k"], ["f"], ["to": .int(1)]),
      node("Mul", ["v", "f"], ["w"]), node("Identity", ["c"], ["go"]),
    ], inputs: [iteration, truth, untyped("v")], outputs: [untyped("go"), untyped("w")],
    initializers: [Initializer(name: "two", tensor: Tensor(int64: [2], shape: []))])

  private static func loop(_ count: String, _ condition: String, _ body: Graph = body) -> [Node] {
    [
      node("Abs", ["x"], ["a"]),
      node("Loop", [count, condition, "a"], ["y"], ["body": .graph(body)]),
    ]
  }

  private static let constants = [
    "0": Tensor(int64: [0], shape: []), "1": Tensor(int64: [1]), "2": Tensor(int64: [2], shape: []),
    "true": Tensor(bools: [true], shape: []), "false": Tensor(bools: [false], shape: []),
  ]

  @Test(arguments: [
    RuleCase(
      "once", loop("1", ""), constants: constants, leaves: ["Abs", "Add", "Cast", "Mul"]),
    RuleCase(
      "once, while it is so", loop("1", "true"), constants: constants, leaves: ["Abs", "Add", "Cast", "Mul"]),
    RuleCase("never", loop("0", "true"), constants: constants, leaves: ["Abs", "Identity"]),
    RuleCase(
      "never, since it is not so", loop("2", "false"), constants: constants, leaves: ["Abs", "Identity"]),
    RuleCase(
      "once, what comes from around",
      loop(
        "1", "",
        Graph(name: "b", inputs: [iteration, truth, untyped("v")], outputs: [untyped("c"), untyped("x")])),
      constants: constants, leaves: ["Identity"]),
    RuleCase("near miss: twice", loop("2", "true"), constants: constants, leaves: ["Abs", "Loop"]),
    RuleCase(
      "near miss: a caller says whether", loop("1", "go"),
      inputs: [float("x", 2, 3), ValueInfo(name: "go", type: .tensor(.bool, []))], constants: constants,
      leaves: ["Abs", "Loop"]),
    RuleCase(
      "near miss: a scan output",
      [
        node(
          "Loop", ["1", "", "x"], ["y", "z"],
          [
            "body": .graph(
              Graph(
                name: "b", nodes: [node("Neg", ["v"], ["w"])], inputs: [iteration, truth, untyped("v")],
                outputs: [untyped("c"), untyped("w"), untyped("v")]))
          ])
      ], outputs: ["y", "z"], constants: constants, leaves: ["Loop"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(UnrollLoop.self) }
}
