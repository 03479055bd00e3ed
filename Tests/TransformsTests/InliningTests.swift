import GraphIR
import TensorCore
import Testing
import Transforms

/// Functions put in place of their calls. Expected values: by hand, from the bodies.
@Suite struct InliningTests {
  private let x: NamedValues = ["x": .tensor(floats(1, -2, 3))]

  private func inlined(_ model: Model, gives outputs: [String: [Double]]) throws -> Model {
    #expect(try run(model, x) == outputs, "before")
    let result = try inlineFunctions(model)
    #expect(result.functions.isEmpty)
    #expect(try run(result, x) == outputs, "after")
    let all = names(result.graph)
    #expect(Set(all).count == all.count, "\(all)")
    return result
  }

  private func calling(_ functions: [Function], _ nodes: [Node], outputs: [String] = ["y"]) -> Model {
    model(nodes, inputs: [float("x", 3)], outputs: outputs, functions: functions)
  }

  /// Called twice, the inner name of the body becomes two; so do those of functions that it calls.
  @Test func callsWithinCalls() throws {
    let functions = [
      function(
        "Outer", ["i"], ["o"],
        [
          node("Inner", ["i"], ["t"], domain: "local"), node("Inner", ["t"], ["o"], domain: "local"),
        ]),
      function("Inner", ["i"], ["o"], [node("Neg", ["i"], ["t"]), node("Add", ["t", "t"], ["o"])]),
    ]
    let nodes = [
      node("Outer", ["x"], ["t"], domain: "local", name: "first"),
      node("Outer", ["t"], ["y"], domain: "local"),
    ]
    let result = try inlined(calling(functions, nodes), gives: ["y": [16, -32, 48]])
    #expect(result.graph.nodes.count == 8)
    #expect(Set(result.graph.nodes.map(\.name)).count == 8)
    #expect(result.graph.nodes[0].name.hasPrefix("first/"))
  }

  /// A reference takes the caller's value, or the default, also under another name and within a subgraph; one that
  /// nobody gave leaves the operator's own default.
  @Test func attributes() throws {
    let branch = Graph(
      name: "b", nodes: [node("LeakyRelu", ["i"], ["r"], ["alpha": .reference("beta", .float)])],
      outputs: [untyped("r")])
    let functions = [
      function(
        "Leak", ["i"], ["o"],
        [node("Slope", ["i"], ["o"], domain: "local", ["beta": .reference("gamma", .float)])],
        attributes: ["gamma"]),
      function(
        "Slope", ["i"], ["o"],
        [
          node("Constant", [], ["c"], ["value": .tensor(Tensor(bools: [true], shape: []))]),
          node("If", ["c"], ["o"], ["then_branch": .graph(branch), "else_branch": .graph(branch)]),
        ], attributes: ["beta"]),
      function(
        "Half", ["i"], ["o"], [node("LeakyRelu", ["i"], ["o"], ["alpha": .reference("a", .float)])],
        defaults: ["a": .float(0.5)]),
    ]
    let nodes = [
      node("Leak", ["x"], ["y"], domain: "local", ["gamma": .float(0.25)]),
      node("Half", ["x"], ["z"], domain: "local"), node("Slope", ["x"], ["w"], domain: "local"),
    ]
    let slope = Double(Float(0.01))
    _ = try inlined(
      calling(functions, nodes, outputs: ["y", "z", "w"]),
      gives: ["y": [1, -0.5, 3], "z": [1, -1, 3], "w": [1, Double(Float(-2 * slope)), 3]])
  }

  /// An omitted input is one that the body's nodes omit; an output that nobody wants has a name of its own; an
  /// input that is an output too is handed on.
  @Test func portsThatAreLeftOut() throws {
    let functions = [
      function(
        "Bounded", ["i", "low", "high"], ["o", "spare", "same"],
        [
          node("Clip", ["i", "low", "high"], ["o"]), node("Neg", ["o"], ["spare"]),
          node("Identity", ["i"], ["same"]),
        ]),
      function("Both", ["i"], ["i", "o"], [node("Neg", ["i"], ["o"])]),
    ]
    let constant = node("Constant", [], ["two"], ["value_float": .float(2)])
    let nodes = [
      constant, node("Bounded", ["x", "", "two"], ["y", "", "z"], domain: "local"),
      node("Both", ["x"], ["v", "w"], domain: "local"),
    ]
    _ = try inlined(
      calling(functions, nodes, outputs: ["y", "z", "v", "w"]),
      gives: ["y": [1, -2, 2], "z": [1, -2, 3], "v": [1, -2, 3], "w": [-1, 2, -3]])
    let nothing = [
      function("Both", ["i", "j"], ["j", "o"], [node("Neg", ["i"], ["o"])])
    ]
    let error = #expect(throws: InliningError.self) {
      _ = try inlineFunctions(calling(nothing, [node("Both", ["x"], ["y"], domain: "local")]))
    }
    #expect(error?.description.contains("hands on its input 'j'") == true)
  }

  /// A call in a branch, whose body has a name that the branch's graph around has too.
  @Test func callsInSubgraphs() throws {
    let branch = Graph(
      name: "b", nodes: [node("Twice", ["x"], ["r"], domain: "local")], outputs: [untyped("r")])
    let nodes = [
      node("Constant", [], ["c"], ["value": .tensor(Tensor(bools: [true], shape: []))]),
      node("Neg", ["x"], ["t"]),
      node("If", ["c"], ["u"], ["then_branch": .graph(branch), "else_branch": .graph(branch)]),
      node("Add", ["t", "u"], ["y"]),
    ]
    let twice = function(
      "Twice", ["i"], ["o"], [node("Identity", ["i"], ["t"]), node("Add", ["t", "t"], ["o"])])
    var model = calling([twice], nodes)
    #expect(try run(model, x) == ["y": [1, -2, 3]])
    model = try inlineFunctions(model)
    #expect(try run(model, x) == ["y": [1, -2, 3]])
    #expect(model.functions.isEmpty)
  }

  @Test func onlySomeFunctions() throws {
    let functions = [
      function("Outer", ["i"], ["o"], [node("Inner", ["i"], ["o"], domain: "local")]),
      function("Inner", ["i"], ["o"], [node("Neg", ["i"], ["o"])]),
    ]
    let whole = calling(functions, [node("Outer", ["x"], ["y"], domain: "local")])
    let inner = try inlineFunctions(whole) { $0.name == "Inner" }
    #expect(inner.functions.map(\.name) == ["Outer"])
    #expect(inner.functions[0].nodes.map(\.opType) == ["Neg"])
    let outer = try inlineFunctions(whole) { $0.name == "Outer" }
    #expect(outer.functions.map(\.name) == ["Inner"])
    #expect(outer.graph.nodes.map(\.opType) == ["Inner"])
    for model in [inner, outer] { #expect(try run(model, x) == ["y": [-1, 2, -3]]) }
  }

  /// A body of another opset comes in as it is where its operators are the same there; one that changed is
  /// converted: the Softmax of opset 11 takes all axes from its own on as one.
  @Test func opsets() throws {
    func calling(_ nodes: [Node], opset: Int = 11) -> Model {
      self.calling(
        [function("F", ["i"], ["o"], nodes, opset: opset)], [node("F", ["x"], ["y"], domain: "local")])
    }
    let same = try inlineFunctions(calling([node("Sin", ["i"], ["o"])]))
    #expect(same.graph.nodes.map(\.opType) == ["Sin"])
    let softmax = [
      node("Constant", [], ["two"], ["value": .tensor(Tensor(int64: [3, 1]))]),
      node("Reshape", ["i", "two"], ["t"]), node("Softmax", ["t"], ["s"], ["axis": .int(0)]),
      node("Hardmax", ["s"], ["o"], ["axis": .int(0)]),
    ]
    _ = try inlined(calling(softmax), gives: ["y": [0, 0, 1]])
  }

  /// What the version of the caller cannot say is refused, and so is a domain that nobody knows.
  @Test func opsetsThatCannotMeet() throws {
    var model = calling(
      [function("F", ["i"], ["o"], [node("Gelu", ["i"], ["o"])], opset: 20)],
      [node("F", ["x"], ["y"], domain: "local")])
    model.opsetImports[0].version = 6
    let error = #expect(throws: InliningError.self) { _ = try inlineFunctions(model) }
    #expect(error?.description.contains("opset 20 of 'ai.onnx' and the model in 6") == true)
    #expect(error?.description.contains("Gelu changed") == true)
    var custom = function("F", ["i"], ["o"], [node("Own", ["i"], ["o"], domain: "custom")])
    custom.opsetImports.append(OpsetImport(domain: "custom", version: 2))
    model = calling([custom], [node("F", ["x"], ["y"], domain: "local")])
    model.opsetImports.append(OpsetImport(domain: "custom", version: 1))
    let refused = #expect(throws: InliningError.self) { _ = try inlineFunctions(model) }
    #expect(refused?.description.contains("are not known, so nothing converts them") == true)
  }

  /// What only the function imports, the model imports afterwards.
  @Test func importsComeAlong() throws {
    var ml = function(
      "F", ["i"], ["o"], [node("Scaler", ["i"], ["o"], domain: "ai.onnx.ml", ["scale": .floats([2])])])
    ml.opsetImports.append(OpsetImport(domain: "ai.onnx.ml", version: 3))
    let result = try inlined(
      calling([ml], [node("F", ["x"], ["y"], domain: "local")]), gives: ["y": [2, -4, 6]])
    #expect(result.opsetImports.contains { $0.domain == "ai.onnx.ml" && $0.version == 3 })
  }

  /// Inlined, d(i · j)/di at i = x, j = x + x would also go over j.
  @Test func aFunctionWithAGradient() throws {
    let training = "ai.onnx.preview.training"
    var slope = function(
      "Slope", ["i", "j"], ["d"],
      [
        node("Mul", ["i", "j"], ["p"]),
        node("Gradient", ["i"], ["d"], domain: training, ["xs": .strings(["i"]), "y": .string("p")]),
      ])
    slope.opsetImports.append(OpsetImport(domain: training, version: 1))
    let whole = calling(
      [slope], [node("Add", ["x", "x"], ["t"]), node("Slope", ["x", "t"], ["y"], domain: "local")])
    #expect(try run(whole, x) == ["y": [2, -4, 6]])
    let error = #expect(throws: InliningError.self) { _ = try inlineFunctions(whole) }
    #expect(error?.description.contains("function 'Slope' has a Gradient") == true)
  }

  @Test func functionsWithoutEnd() {
    let functions = [
      function("A", ["i"], ["o"], [node("B", ["i"], ["o"], domain: "local")]),
      function("B", ["i"], ["o"], [node("A", ["i"], ["o"], domain: "local")]),
    ]
    #expect(throws: ModelError.self) {
      _ = try inlineFunctions(calling(functions, [node("A", ["x"], ["y"], domain: "local")]))
    }
    // Nobody calls C, so that resolving does not see it.
    let more = functions + [function("C", ["i"], ["o"], [node("A", ["i"], ["o"], domain: "local")])]
    #expect(throws: ModelError.self) {
      _ = try inlineFunctions(calling(more, [node("Neg", ["x"], ["y"])])) { $0.name != "C" }
    }
  }
}
