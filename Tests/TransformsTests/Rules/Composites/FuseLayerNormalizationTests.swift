import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct FuseLayerNormalizationTests {
  private static let lines = [float("x", .param("N"), 2, 3)]
  private static let constants = [
    "eps": floats(0.01), "two": Tensor(floats: [2], shape: []), "last": Tensor(int64: [-1]),
    "tail": Tensor(int64: [1, 2]), "middle": Tensor(int64: [1]),
  ]

  private static func normalized(
    _ axes: String = "last", square: Node = node("Pow", ["d", "two"], ["q"]), mean: String = "x",
    centred: String = "d", _ end: [Node]? = nil
  ) -> [Node] {
    [
      node("ReduceMean", [mean, axes], ["m"]), node("Sub", ["x", "m"], ["d"]), square,
      node("ReduceMean", ["q", axes], ["v"]), node("Add", ["v", "eps"], ["w"]), node("Sqrt", ["w"], ["r"]),
    ] + (end ?? [node("Div", [centred, "r"], ["y"])])
  }

  @Test(arguments: [
    RuleCase(
      "the last axis", normalized(), inputs: lines, constants: constants, leaves: ["LayerNormalization"]),
    RuleCase(
      "two axes, the square as a product, a reciprocal",
      normalized(
        "tail", square: node("Mul", ["d", "d"], ["q"]),
        [node("Reciprocal", ["r"], ["i"]), node("Mul", ["d", "i"], ["y"])]), inputs: lines,
      constants: constants, leaves: ["LayerNormalization"]),
    RuleCase(
      "axes as attributes, opset 17",
      normalized().map { node in
        guard node.opType == "ReduceMean" else { return node }
        var old = node
        old.inputs.removeLast()
        old.attributes = [NamedAttribute("axes", .ints([2]))]
        return old
      }, inputs: lines, constants: constants, opset: 17, leaves: ["LayerNormalization"]),
    RuleCase(
      "near miss: not the last axis", normalized("middle"), inputs: lines, constants: constants,
      leaves: ["ReduceMean", "Sub", "Pow", "ReduceMean", "Add", "Sqrt", "Div"]),
    RuleCase(
      "near miss: the mean of something else", normalized(mean: "z"), inputs: lines + [float("z", 2, 3)],
      constants: constants, leaves: ["ReduceMean", "Sub", "Pow", "ReduceMean", "Add", "Sqrt", "Div"]),
    RuleCase(
      "near miss: what is divided is not centred", normalized(centred: "x"), inputs: lines,
      constants: constants, leaves: ["ReduceMean", "Sub", "Pow", "ReduceMean", "Add", "Sqrt", "Div"]),
    RuleCase(
      "near miss: a cube", normalized(), inputs: lines,
      constants: constants.merging(["two": Tensor(floats: [3], shape: [])]) { $1 },
      leaves: ["ReduceMean", "Sub", "Pow", "ReduceMean", "Add", "Sqrt", "Div"]),
    RuleCase(
      "near miss: opset 16",
      normalized().map { node in
        guard node.opType == "ReduceMean" else { return node }
        var old = node
        old.inputs.removeLast()
        old.attributes = [NamedAttribute("axes", .ints([2]))]
        return old
      }, inputs: lines, constants: constants, opset: 16,
      leaves: ["ReduceMean", "Sub", "Pow", "ReduceMean", "Add", "Sqrt", "Div"]),
    RuleCase(
      "near miss: an open extent", normalized(), inputs: [float("x", 2, .param("N"))], constants: constants,
      leaves: ["ReduceMean", "Sub", "Pow", "ReduceMean", "Add", "Sqrt", "Div"]),
    RuleCase(
      "near miss: float16", normalized(), inputs: [ValueInfo(name: "x", type: .tensor(.float16, [2, 3]))],
      constants: constants.merging([
        "eps": Tensor(.float16, shape: [], rounding: [0.01]),
        "two": Tensor(.float16, shape: [], rounding: [2]),
      ]) { $1 }, leaves: ["ReduceMean", "Sub", "Pow", "ReduceMean", "Add", "Sqrt", "Div"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(FuseLayerNormalization.self) }
}
