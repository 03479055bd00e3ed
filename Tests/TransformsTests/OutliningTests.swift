import GraphIR
import TensorCore
import Testing
import Transforms

/// Nodes that become a function. Expected values: those of the model before, by hand.
@Suite struct OutliningTests {
  /// a = x + w, b = −a, c = |x|, y = a · b, z = c + b.
  private var whole: Model {
    model(
      [
        node("Add", ["x", "w"], ["a"]), node("Neg", ["a"], ["b"]), node("Abs", ["x"], ["c"]),
        node("Mul", ["a", "b"], ["y"]), node("Add", ["c", "b"], ["z"]),
      ],
      inputs: [float("x", 2)], outputs: ["y", "z"],
      initializers: [Initializer(name: "w", tensor: floats(1, 2))])
  }
  private let x: NamedValues = ["x": .tensor(floats(3, -5))]
  private let wanted = ["y": [-16.0, -9], "z": [-1.0, 8]]

  private func outlined(_ nodes: [Int]) throws -> Model {
    let result = try outlineFunction(whole, nodes: nodes, name: "Part")
    #expect(try run(result, x) == wanted)
    #expect(try run(inlineFunctions(result), x) == wanted, "and back")
    return result
  }

  @Test func aRange() throws {
    let result = try outlined([0, 1])
    #expect(result.graph.nodes.map(\.opType) == ["Abs", "Part", "Mul", "Add"])
    #expect(result.functions[0].inputs == ["x", "w"])
    #expect(result.functions[0].outputs == ["a", "b"])
    #expect(result.opsetImports.contains { $0.domain == "local" })
  }

  @Test func nodesThatDoNotTouch() throws {
    let result = try outlined([2, 1])
    #expect(result.graph.nodes.map(\.opType) == ["Add", "Part", "Mul", "Add"])
    #expect(result.functions[0].inputs == ["a", "x"])
    #expect(result.functions[0].outputs == ["b", "c"])
  }

  /// Only what others want is an output, and an inner value is no longer declared outside.
  @Test func innerValues() throws {
    var model = whole
    model.irVersion = 7
    model.graph.valueInfos = [float("a", 2), float("b", 2), float("c", 2)]
    let result = try outlineFunction(model, nodes: [1, 3, 0], name: "Part", domain: "other")
    #expect(result.functions[0].outputs == ["b", "y"])
    #expect(result.graph.valueInfos.map(\.name) == ["b", "c"])
    #expect(result.irVersion == 8)
    #expect(result.opsetImports.contains { $0.domain == "other" && $0.version == 1 })
    #expect(try run(result, x) == wanted)
  }

  /// What a subgraph reads from around is an input of the function.
  @Test func subgraphs() throws {
    let branch = Graph(name: "b", nodes: [node("Neg", ["x"], ["r"])], outputs: [untyped("r")])
    let nodes = [
      node("Constant", [], ["go"], ["value": .tensor(Tensor(bools: [true], shape: []))]),
      node("If", ["go"], ["y"], ["then_branch": .graph(branch), "else_branch": .graph(branch)]),
    ]
    let result = try outlineFunction(
      model(nodes, inputs: [float("x", 2)], outputs: ["y"]), nodes: [1], name: "Part")
    #expect(result.functions[0].inputs == ["go", "x"])
    #expect(try run(result, x) == ["y": [-3, 5]])
  }

  /// A Gradient differentiates the nodes that there are.
  @Test func aModelWithAGradient() throws {
    let training = "ai.onnx.preview.training"
    let gradient = node(
      "Gradient", ["x"], ["d"], domain: training, ["xs": .strings(["x"]), "y": .string("b")])
    var model = whole
    model.graph.nodes.append(gradient)
    let error = #expect(throws: ModelError.self) { _ = try outlineFunction(model, nodes: [0], name: "Part") }
    #expect(error?.message.contains("has a Gradient") == true)
  }

  @Test(arguments: [
    ([0, 4], "Part", "local", "'b' is computed from"), ([], "Part", "local", "at least one"),
    ([5], "Part", "local", "5 nodes"), ([0], "", "local", "is taken"), ([0], "Part", "", "is taken"),
  ])
  func whatCannotBeOutlined(_ nodes: [Int], _ name: String, _ domain: String, _ words: String) throws {
    let error = #expect(throws: ModelError.self) {
      _ = try outlineFunction(whole, nodes: nodes, name: name, domain: domain)
    }
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    #expect(throws: ModelError.self) {
      _ = try outlineFunction(outlined([0]), nodes: [0], name: "Part")
    }
  }
}
