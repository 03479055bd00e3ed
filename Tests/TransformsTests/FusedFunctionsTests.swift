import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Fused steps as functions. Expected values: the models before.
@Suite struct FusedFunctionsTests {
  private static func optimizer() throws -> Optimizer {
    var options = OptimizerOptions()
    options.fusesIntoFunctions = true
    return try Optimizer(options)
  }

  private static let weights = [
    Initializer(name: "w", tensor: Tensor(floats: [1, -2, 3, 4], shape: [1, 1, 2, 2])),
    Initializer(name: "b", tensor: floats(0.5)),
  ]
  private static let image = [float("x", 1, 1, 5, 5)]
  private static let twoConvs = [
    node("Conv", ["x", "w", "b"], ["a"], ["strides": .ints([2, 2])]), node("Relu", ["a"], ["r"]),
    node("Conv", ["r", "w", "b"], ["c"], ["pads": .ints([1, 0, 0, 0])]), node("Relu", ["c"], ["y"]),
  ]
  private static let feeds: NamedValues = [
    "x": .tensor(Tensor(floats: (0..<25).map { Float($0 % 9) - 4 }, shape: [1, 1, 5, 5]))
  ]

  /// Steps of the same operators call one function, with their own attributes; inlined, the model is what it was.
  @Test func oneFunctionForAllAttributes() throws {
    let plain = model(Self.twoConvs, inputs: Self.image, outputs: ["y"], initializers: Self.weights)
    let fused = try Self.optimizer().optimize(plain).model
    #expect(fused.graph.nodes.map(\.opType) == ["ConvRelu", "ConvRelu"])
    #expect(fused.functions.map(\.name) == ["ConvRelu"])
    #expect(fused.functions[0].inputs == ["X", "W", "B"])
    #expect(fused.functions[0].nodes.map(\.opType) == ["Conv", "Relu"])
    #expect(try run(fused, Self.feeds) == run(plain, Self.feeds))
    let inlined = try inlineFunctions(fused)
    #expect(inlined.graph.nodes.map(\.opType) == plain.graph.nodes.map(\.opType))
    #expect(inlined.graph.nodes.map(\.attributes.count) == [1, 0, 1, 0])
    #expect(try run(inlined, Self.feeds) == run(plain, Self.feeds))
  }

  /// Functions need IR version 8 and an import, which the model gets, and which a function gets that calls one.
  @Test func importsAndVersion() throws {
    var plain = model(
      [node("F", ["x"], ["y"], domain: "local")], inputs: Self.image, outputs: ["y"],
      functions: [
        function(
          "F", ["i"], ["o"],
          [
            node("Constant", [], ["w"], ["value": .tensor(Tensor(floats: [2], shape: [1, 1, 1, 1]))]),
            node("Conv", ["i", "w"], ["a"]), node("Relu", ["a"], ["o"]),
          ])
      ])
    plain.irVersion = 8
    let fused = try Self.optimizer().optimize(plain).model
    #expect(Set(fused.functions.map(\.name)) == ["F", "ConvRelu"])
    let imports = fused.functions.first { $0.name == "F" }?.opsetImports
    #expect(imports?.contains { $0.domain == FusedFunctions.domain } == true)
    #expect(fused.opsetImports.contains { $0.domain == FusedFunctions.domain })
    #expect(try run(fused, Self.feeds) == run(plain, Self.feeds))
    var old = model(Self.twoConvs, inputs: Self.image, outputs: ["y"], initializers: Self.weights)
    old.irVersion = 4
    #expect(try Self.optimizer().optimize(old).model.irVersion == 8)
  }

  /// A function of that name and domain that the model has already stays, and so do its calls.
  @Test func namesThatAreTaken() throws {
    let own = Function(
      name: "ConvRelu", domain: FusedFunctions.domain, inputs: ["i"], outputs: ["o"],
      nodes: [node("Neg", ["i"], ["o"])], opsetImports: [OpsetImport(domain: "", version: 21)])
    var plain = model(
      [node("ConvRelu", ["x"], ["n"], domain: FusedFunctions.domain)]
        + [node("Conv", ["n", "w"], ["a"]), node("Relu", ["a"], ["y"])], inputs: Self.image, outputs: ["y"],
      initializers: [Self.weights[0]], functions: [own])
    plain.opsetImports.append(OpsetImport(domain: FusedFunctions.domain, version: 1))
    let fused = try Self.optimizer().optimize(plain).model
    #expect(fused.graph.nodes.map(\.opType) == ["ConvRelu", "ConvRelu_1"])
    #expect(try run(fused, Self.feeds) == run(plain, Self.feeds))
    #expect(try Self.optimizer().optimize(fused).applications.isEmpty)
  }

  /// Without being asked, no function is made.
  @Test func onlyOnRequest() throws {
    let plain = model(Self.twoConvs, inputs: Self.image, outputs: ["y"], initializers: Self.weights)
    #expect(try Optimizer().optimize(plain).model.functions.isEmpty)
  }
}
