import Analysis
import Execution
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

  /// Constants that are computed may take four times the bytes of the model's own, and 64 MiB: 20 of 4 MiB.
  @Test func foldingHasABudget() throws {
    let nodes = (0..<30).map { node("Neg", ["v\($0)"], ["v\($0 + 1)"]) } + [node("Add", ["x", "v30"], ["y"])]
    let weight = Initializer(name: "v0", tensor: Tensor(floats: [Float](repeating: 1, count: 1 << 20)))
    let made = model(nodes, inputs: [float("x", 1)], outputs: ["y"], initializers: [weight])
    var options = OptimizerOptions()
    options.only = ["FoldConstants"]
    let result = try Optimizer(options).optimize(made)
    #expect(result.applications.count == 20)
    #expect(result.model.graph.nodes.count == 11)
  }

  /// The names of values that a Gradient has in attributes are needed.
  @Test func aModelWithAGradientStays() throws {
    let gradient = node(
      "Gradient", ["x"], ["d"], domain: "ai.onnx.preview.training",
      ["xs": .strings(["x"]), "y": .string("a")])
    var made = model(Self.chain + [gradient], inputs: [float("x", 2)], outputs: ["y", "d"])
    made.opsetImports.append(OpsetImport(domain: "ai.onnx.preview.training", version: 1))
    #expect(try Self.operators(made) == ["Identity", "Neg", "Identity", "Gradient"])
  }

  /// A node that fails for every input still does, and what is known before a run tells as before.
  @Test func whatIsWrongStays() throws {
    let made = model(
      [
        node("Shape", ["w"], ["n"]), node("Concat", ["n", "n"], ["shape"], ["axis": .int(0)]),
        node("Reshape", ["x", "shape"], ["y"]),
      ], inputs: [float("x", 7), float("w", 2)], outputs: ["y"])
    let result = try Optimizer().optimize(made).model
    #expect(result.graph.nodes.map(\.opType) == ["Reshape"])
    for model in [made, result] {
      let error = #expect(throws: NodeError.self) { try Session(model) }
      #expect(error?.kind == .invalidShape)
    }
  }

  /// Before opset 14 the number of its outputs says whether a BatchNormalization trains, also where nobody reads them.
  @Test(arguments: [(9, [:]), (15, ["training_mode": .int(1)])] as [(Int, [String: Attribute])])
  func outputsThatNobodyReadsStay(_ opset: Int, _ attributes: [String: Attribute]) throws {
    let names = opset < 14 ? ["y", "a", "b", "c", "d"] : ["y", "a", "b"]
    var made = model(
      [
        node("Identity", ["x"], ["i"]),
        node("BatchNormalization", ["i", "s", "s", "s", "s"], names, attributes),
      ], inputs: [float("x", 2, 2)], outputs: ["y"],
      initializers: [Initializer(name: "s", tensor: floats(1, 2))])
    made.opsetImports[0].version = opset
    let result = try Optimizer().optimize(made).model
    #expect(result.graph.nodes.map(\.outputs) == [names])
    let x: NamedValues = ["x": .tensor(Tensor(floats: [1, 2, 3, 6], shape: [2, 2]))]
    #expect(try run(result, x) == run(made, x))
  }

  /// A graph within is rewritten by what is known around it, and what it reads from around is renamed there.
  @Test func graphsWithinAreRewritten() throws {
    let branch = Graph(
      name: "b", nodes: [node("Identity", ["a"], ["s"]), node("Mul", ["s", "one"], ["r"])],
      outputs: [untyped("r")])
    let other = Graph(name: "c", nodes: [node("Neg", ["a"], ["r"])], outputs: [untyped("r")])
    let made = model(
      [
        node("Identity", ["x"], ["a"]),
        node("If", ["go"], ["y"], ["then_branch": .graph(branch), "else_branch": .graph(other)]),
      ], inputs: [float("x", 2), ValueInfo(name: "go", type: .tensor(.bool, []))], outputs: ["y"],
      initializers: [Initializer(name: "one", tensor: floats(1))])
    let result = try Optimizer().optimize(made)
    #expect(Set(result.applications.map(\.graph)) == ["main", "main › node 1 › then_branch"])
    #expect(result.model.graph.nodes.map(\.opType) == ["If"])
    #expect(result.model.graph.nodes[0].valuesRead.contains("x"))
    for go in [true, false] {
      let feeds: NamedValues = [
        "x": .tensor(floats(-0.0, 3)), "go": .tensor(Tensor(bools: [go], shape: [])),
      ]
      #expect(try run(result.model, feeds) == run(made, feeds))
    }
  }

  /// The body of a function is rewritten by the opset that it imports itself: before 7 an attribute says whether a
  /// Dropout trains.
  @Test(arguments: [(1, ["Neg"]), (0, ["Dropout", "Neg"])])
  func functionsAreRewritten(_ isTest: Int, _ left: [String]) throws {
    let body = [
      node("Dropout", ["i"], ["a"], ["is_test": .int(isTest)]), node("Neg", ["a"], ["o"]),
    ]
    let made = model(
      [node("F", ["x"], ["y"], domain: "local")], inputs: [float("x", 2)], outputs: ["y"],
      functions: [function("F", ["i"], ["o"], body, opset: 6)])
    let result = try Optimizer().optimize(made).model
    #expect(result.functions[0].nodes.map(\.opType) == left)
    let x: NamedValues = ["x": .tensor(floats(3, 5))]
    #expect(try run(result, x) == run(made, x))
  }

  /// What a model says of itself stays, and so do names of ports and texts of the nodes that are left.
  @Test func textsStay() throws {
    var made = model(Self.chain, inputs: [float("x", 2)], outputs: ["y"])
    made.producerName = "exporter"
    made.annotations.metadata = [StringPair(key: "labels", value: "a, b")]
    made.graph.annotations.docString = "three nodes"
    made.graph.nodes[1].name = "negated"
    made.graph.nodes[1].annotations.docString = "the one that counts"
    let result = try Optimizer().optimize(made).model
    #expect(result.producerName == "exporter" && result.annotations.metadata == made.annotations.metadata)
    #expect(result.graph.annotations.docString == "three nodes")
    #expect(result.graph.inputs.map(\.name) == ["x"] && result.graph.outputs.map(\.name) == ["y"])
    #expect(result.graph.nodes.map(\.name) == ["negated"])
    #expect(result.graph.nodes.map(\.annotations.docString) == ["the one that counts"])
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
