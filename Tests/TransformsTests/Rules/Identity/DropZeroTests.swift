import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct DropZeroTests {
  private static func added(_ nodes: Node...) -> [Node] { [node("Add", ["x", "0"], ["a"])] + nodes }

  private static let constants = [
    "0": floats(0, 0, 0), "ones": floats(1, 1, 1), "eps": Tensor(floats: [1e-5], shape: []),
    "−0": Tensor(floats: [-0.0], shape: []),
    "2": Tensor(floats: [2], shape: []), "-1": Tensor(floats: [-1], shape: []),
    "W": Tensor(floats: [1, -2, 0, 4, -0.0, 6], shape: [3, 2]),
    "long": Tensor(floats: [0], shape: [1, 1, 1]),
  ]

  private static let convolution = [
    "0": floats(0), "filter": Tensor(floats: [3], shape: [1, 1, 1]), "bias": floats(0), "−0": floats(-0.0),
  ]

  @Test(arguments: [
    RuleCase("before Exp", added(node("Exp", ["a"], ["y"])), constants: constants, leaves: ["Exp"]),
    RuleCase(
      "before a sum with a constant",
      added(node("MatMul", ["a", "W"], ["b"]), node("Add", ["2", "b"], ["y"])), constants: constants,
      leaves: ["MatMul", "Add"]),
    RuleCase(
      "before a variance",
      added(
        node("ReduceMean", ["a"], ["m"], ["keepdims": .int(1)]), node("Sub", ["a", "m"], ["d"]),
        node("Pow", ["d", "2"], ["p"]), node("Add", ["p", "eps"], ["v"]), node("Sqrt", ["v"], ["s"]),
        node("Div", ["d", "s"], ["q"]), node("Softmax", ["q"], ["y"])), constants: constants,
      leaves: ["ReduceMean", "Sub", "Pow", "Add", "Sqrt", "Div", "Softmax"]),
    RuleCase(
      "before a comparison", added(node("Less", ["a", "x"], ["y"])), constants: constants, leaves: ["Less"]),
    RuleCase(
      "before a Conv with a bias", added(node("Conv", ["a", "filter", "bias"], ["y"])),
      inputs: [float("x", 1, 1, 2)], constants: convolution, leaves: ["Conv"]),
    RuleCase(
      "before a LayerNormalization", added(node("LayerNormalization", ["a", "ones", "0"], ["y"])),
      constants: constants, leaves: ["LayerNormalization"]),
    RuleCase(
      "near miss: a LayerNormalization that gives the mean",
      added(node("LayerNormalization", ["a", "ones", "0"], ["y", "m"])), outputs: ["y", "m"],
      constants: constants, leaves: ["Add", "LayerNormalization"]),
    RuleCase(
      "near miss: a Conv whose bias is −0", added(node("Conv", ["a", "filter", "−0"], ["y"])),
      inputs: [float("x", 1, 1, 2)], constants: convolution, leaves: ["Add", "Conv"]),
    RuleCase(
      "near miss: an output", added(node("Neg", ["a"], ["y"])), constants: constants, leaves: ["Add", "Neg"]),
    RuleCase(
      "near miss: a divisor", added(node("Div", ["x", "a"], ["b"]), node("Exp", ["b"], ["y"])),
      constants: constants, leaves: ["Add", "Div", "Exp"]),
    RuleCase(
      "near miss: its reciprocal", added(node("Reciprocal", ["a"], ["b"]), node("Exp", ["b"], ["y"])),
      constants: constants, leaves: ["Add", "Reciprocal", "Exp"]),
    RuleCase(
      "near miss: a negative power", added(node("Pow", ["a", "-1"], ["b"]), node("Exp", ["b"], ["y"])),
      constants: constants, leaves: ["Add", "Pow", "Exp"]),
    RuleCase(
      "near miss: plus −0", added(node("Add", ["a", "−0"], ["y"])), constants: constants,
      leaves: ["Add", "Add"]),
    RuleCase(
      "near miss: a new axis", [node("Add", ["x", "long"], ["a"]), node("Exp", ["a"], ["y"])],
      constants: constants, leaves: ["Add", "Exp"]),
    RuleCase(
      "near miss: not only zeros", [node("Add", ["x", "eps"], ["a"]), node("Exp", ["a"], ["y"])],
      constants: constants, leaves: ["Add", "Exp"]),
    RuleCase(
      "near miss: read by a graph within",
      added(
        node("Exp", ["a"], ["b"]),
        node(
          "If", ["c"], ["y"],
          [
            "then_branch": .graph(
              Graph(name: "t", nodes: [node("Neg", ["a"], ["n"])], outputs: [untyped("n")])),
            "else_branch": .graph(
              Graph(name: "e", nodes: [node("Abs", ["b"], ["n"])], outputs: [untyped("n")])),
          ])),
      inputs: [float("x", 2, 3), ValueInfo(name: "c", type: .tensor(.bool, []))], constants: constants,
      leaves: ["Add", "Exp", "If"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(DropZero.self) }
}
