import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct FuseRMSNormalizationTests {
  private static let lines = [float("x", .param("N"), 2, 3)]
  private static let constants = [
    "eps": floats(0.01), "two": Tensor(floats: [2], shape: []), "last": Tensor(int64: [-1]),
    "middle": Tensor(int64: [1]), "one": floats(1),
  ]

  private static func normalized(_ axes: String = "last", _ end: [Node] = [node("Div", ["x", "r"], ["y"])])
    -> [Node]
  {
    [
      node("Pow", ["x", "two"], ["q"]), node("ReduceMean", ["q", axes], ["v"]),
      node("Add", ["eps", "v"], ["w"]), node("Sqrt", ["w"], ["r"]),
    ] + end
  }

  @Test(arguments: [
    RuleCase(
      "divided", normalized(), inputs: lines, constants: constants, opset: 23, leaves: ["RMSNormalization"]),
    RuleCase(
      "times 1 / r",
      normalized("last", [node("Div", ["one", "r"], ["i"]), node("Mul", ["i", "x"], ["y"])]),
      inputs: lines, constants: constants, opset: 23, leaves: ["RMSNormalization"]),
    RuleCase(
      "near miss: opset 22", normalized(), inputs: lines, constants: constants, opset: 22,
      leaves: ["Pow", "ReduceMean", "Add", "Sqrt", "Div"]),
    RuleCase(
      "near miss: not the last axis", normalized("middle"), inputs: lines, constants: constants, opset: 23,
      leaves: ["Pow", "ReduceMean", "Add", "Sqrt", "Div"]),
    RuleCase(
      "near miss: another value is divided", normalized("last", [node("Div", ["z", "r"], ["y"])]),
      inputs: lines + [float("z", 2, 3)], constants: constants, opset: 23,
      leaves: ["Pow", "ReduceMean", "Add", "Sqrt", "Div"]),
    RuleCase(
      "near miss: double", normalized(), inputs: [ValueInfo(name: "x", type: .tensor(.double, [2, 3]))],
      constants: constants.merging([
        "eps": Tensor(.double, shape: [], rounding: [0.01]), "two": Tensor(.double, shape: [], rounding: [2]),
      ]) { $1 }, opset: 23, leaves: ["Pow", "ReduceMean", "Add", "Sqrt", "Div"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(FuseRMSNormalization.self) }

  /// A scale of ones would be as long as a line, of which an empty input may declare any length.
  @Test func noScaleOfAnyLengthIsMade() throws {
    let graph = Graph(
      name: "g", nodes: Self.normalized(), inputs: [float("x", 0, .value(1 << 40))], outputs: [untyped("y")],
      initializers: Self.constants.map { Initializer(name: $0.key, tensor: $0.value) })
    let model = Model(irVersion: 10, opsetImports: [OpsetImport(domain: "", version: 23)], graph: graph)
    var options = OptimizerOptions()
    options.promise = .withinRounding
    let optimized = try Optimizer(options).optimize(model).model
    #expect(!optimized.graph.nodes.contains { $0.opType == "RMSNormalization" })
  }
}
