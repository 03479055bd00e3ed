import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// What no single rule decides. Expected operators: by hand.
@Suite struct OptimizerTests {
  private static func operators(_ model: Model, _ options: OptimizerOptions = OptimizerOptions()) throws
    -> [String]
  {
    try Optimizer(options).optimize(model).model.graph.nodes.map(\.opType)
  }

  private static let chain = [
    node("Identity", ["x"], ["a"]), node("Neg", ["a"], ["b"]), node("Identity", ["b"], ["y"]),
  ]

  /// The names of values that a Gradient has in attributes are needed.
  @Test func aModelWithAGradientStays() throws {
    let gradient = node(
      "Gradient", ["x"], ["d"], domain: "ai.onnx.preview.training",
      ["xs": .strings(["x"]), "y": .string("a")])
    var made = model(Self.chain + [gradient], inputs: [float("x", 2)], outputs: ["y", "d"])
    made.opsetImports.append(OpsetImport(domain: "ai.onnx.preview.training", version: 1))
    #expect(try Self.operators(made) == ["Identity", "Neg", "Identity", "Gradient"])
  }

  @Test func rulesAreChosen() throws {
    let made = model(Self.chain, inputs: [float("x", 2)], outputs: ["y"])
    #expect(try Self.operators(made) == ["Neg"])
    var options = OptimizerOptions()
    options.promise = nil
    #expect(try Self.operators(made, options) == ["Identity", "Neg", "Identity"])
    options.promise = .sameBits
    options.skip = ["DropIdentity"]
    #expect(try Self.operators(made, options) == ["Identity", "Neg", "Identity"])
    options.only = ["DropNothing"]
    #expect(throws: UnknownRuleError.self) { try Optimizer(options) }
  }

  @Test func applicationsAreLimited() throws {
    var options = OptimizerOptions()
    options.mostApplications = 1
    let made = model(Self.chain, inputs: [float("x", 2)], outputs: ["y"])
    let result = try Optimizer(options).optimize(made)
    #expect(result.applications.map(\.rule) == ["DropIdentity"])
    #expect(result.model.graph.nodes.map(\.opType) == ["Neg", "Identity"])
  }

  /// What stands in place of an operator without a kernel would be slower than what it replaces.
  @Test func fusionsNeedTheirOperators() throws {
    let gelu = [
      node("Div", ["x", "r"], ["a"]), node("Erf", ["a"], ["b"]), node("Add", ["b", "one"], ["c"]),
      node("Mul", ["x", "c"], ["d"]), node("Mul", ["d", "half"], ["y"]),
    ]
    let constants = [("r", Float(2).squareRoot()), ("one", 1), ("half", 0.5)].map { name, number in
      Initializer(name: name, tensor: Tensor(floats: [number], shape: []))
    }
    let made = model(gelu, inputs: [float("x", 2)], outputs: ["y"], initializers: constants)
    #expect(try Self.operators(made) == ["Gelu"])
    var options = OptimizerOptions()
    options.fusesInto = ["Softmax"]
    #expect(try !Self.operators(made, options).contains("Gelu"))
  }
}
