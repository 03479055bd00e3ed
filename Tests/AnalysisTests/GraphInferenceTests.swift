import Analysis
import GraphIR
import TensorCore
import Testing

/// What inference says of whole graphs; the expected types follow from the operators' formulas by hand.
@Suite struct GraphInferenceTests {
  // MARK: - Elements through the graph

  /// y = Reshape(x, [x.shape[0], 6, −1]), the shape computed by x's own.
  private func reshaping(_ dims: [Dim], opset: Int = 21) -> Graph {
    Graph(
      name: "g",
      nodes: [
        Node("Shape", inputs: ["x"], outputs: ["s"]),
        Node("Gather", inputs: ["s", "zero"], outputs: ["n"]),
        Node("Concat", inputs: ["n", "rest"], outputs: ["target"], attributes: named(["axis": .int(0)])),
        Node("Reshape", inputs: ["x", "target"], outputs: ["y"]),
      ], inputs: [ValueInfo(name: "x", type: .tensor(.float, dims))], outputs: [untyped("y")],
      initializers: [constant("zero", [0]), constant("rest", [6, -1])])
  }

  @Test(
    arguments: [
      ([.param("N"), 4, 3], "float[N,6,2]"),
      ([.param("N"), .param("M"), 6], "float[N,6,M]"),
      ([.param("N"), .param("M"), 5], "float[N,6,?]"),
      ([.unknown, 4, 3], "float[?,6,?]"),
      ([2, 4, 3], "float[2,6,2]"),
    ] as [([Dim], String)])
  func namesOfExtentsGoThroughComputedShapes(dims: [Dim], expected: String) throws {
    #expect(try types(reshaping(dims))["y"] == expected)
  }

  /// Of a shape that is computed in parts, the known parts stay known.
  @Test func partlyKnownShapesCount() throws {
    var graph = reshaping([.param("N"), 4, 3])
    graph.inputs.append(ValueInfo(name: "rest", type: .tensor(.int64, [2])))
    graph.initializers.removeLast()
    #expect(try types(graph)["y"] == "float[N,?,?]")
  }

  @Test func constantExpressionsAreFolded() throws {
    let graph = Graph(
      name: "g",
      nodes: [
        Node("ReduceProd", inputs: ["a"], outputs: ["p"], attributes: named(["keepdims": .int(1)])),
        Node("Reshape", inputs: ["x", "p"], outputs: ["y"]),
      ], inputs: [ValueInfo(name: "x", type: .tensor(.float, [2, 3]))], outputs: [untyped("y")],
      initializers: [constant("a", [2, 3])])
    #expect(try types(graph)["y"] == "float[6]")
    #expect(try types(graph, GraphInference(folds: false))["y"] == "float[?]")
  }

  /// What takes 2^32 multiplications is left for the run, and what is cheap beside it is folded all the same.
  @Test(arguments: [("MatMul", true), ("Conv", false)])
  func dearExpressionsAreNotFolded(opType: String, isCheap: Bool) throws {
    let count = 1 << 20
    let line = Tensor(floats: [Float](repeating: 1, count: count))
    let (x, w) = opType == "MatMul" ? ([1, count], [count, 1]) : ([1, 1, count], [1, 1, count])
    let node = Node(
      opType, inputs: ["x", "w"], outputs: ["d"],
      attributes: opType == "Conv" ? named(["pads": .ints([2_000, 2_000])]) : [])
    let graph = Graph(
      name: "g", nodes: [node, Node("Add", inputs: ["a", "a"], outputs: ["s"])],
      inputs: [], outputs: [untyped("d"), untyped("s")],
      initializers: [
        Initializer(name: "x", tensor: line.reshaped(x)), Initializer(name: "w", tensor: line.reshaped(w)),
        constant("a", [2, 3]),
      ])
    let resolved = try Resolver.resolve(model(graph))
    let facts = try GraphInference().infer(resolved)
    func fact(_ name: String) -> Fact? { resolved.slot(of: name).map { facts.values[$0] } }
    #expect((fact("d")?.constant != nil) == isCheap)
    #expect(fact("s")?.integers == [4, 6])
  }

  /// An initializer that is the default of an input is constant for a model, but not for its sessions.
  @Test func defaultsOfInputs() throws {
    var graph = reshaping([2, 4, 3])
    graph.inputs.append(ValueInfo(name: "rest", type: .tensor(.int64, [2])))
    #expect(try types(graph)["y"] == "float[2,6,2]")
    let session = GraphInference(trustsDeclaredShapes: false)
    #expect(try types(graph, session)["y"] == "float[2,?,?]")
  }

  // MARK: - Subgraphs and functions

  /// If c then x else x with its two axes exchanged or flattened.
  private func branching(else node: Node, constant condition: Bool? = nil) -> Graph {
    let branches = [Node("Identity", inputs: ["x"], outputs: ["t"]), node].map { node in
      Attribute.graph(Graph(name: "b", nodes: [node], outputs: node.outputs.map(untyped)))
    }
    return Graph(
      name: "g",
      nodes: [
        Node(
          "If", inputs: ["c"], outputs: ["y"],
          attributes: named(["then_branch": branches[0], "else_branch": branches[1]]))
      ],
      inputs: [ValueInfo(name: "x", type: .tensor(.float, [2, .param("N"), 4]))]
        + (condition == nil ? [ValueInfo(name: "c", type: .tensor(.bool, []))] : []),
      outputs: [untyped("y")],
      initializers: condition.map { [Initializer(name: "c", tensor: Tensor(bools: [$0], shape: []))] } ?? [])
  }

  @Test func branchesKeepWhatTheyShare() throws {
    let exchanged = Node(
      "Transpose", inputs: ["x"], outputs: ["e"], attributes: named(["perm": .ints([0, 2, 1])]))
    #expect(try types(branching(else: exchanged))["y"] == "float[2,?,?]")
    let flat = Node("Flatten", inputs: ["x"], outputs: ["e"])
    #expect(try types(branching(else: flat))["y"] == "float")
    let cast = Node("Cast", inputs: ["x"], outputs: ["e"], attributes: named(["to": .int(7)]))
    #expect(try types(branching(else: cast))["y"] == nil)
  }

  @Test func aKnownConditionChoosesTheBranch() throws {
    let flat = Node("Flatten", inputs: ["x"], outputs: ["e"])
    let graph = try Resolver.resolve(model(branching(else: flat, constant: true)))
    let facts = try GraphInference().infer(graph)
    #expect(facts.values[graph.outputs[0]].type == .tensor(.float, [2, .param("N"), 4]))
    #expect(
      facts.inner[0]?["else_branch"]?.values.contains { $0.type == .tensor(.float, [2, .unknown]) } == true)
  }

  /// What is wrong in a branch that is never taken is no error.
  @Test func deadBranchesMayBeWrong() throws {
    let wrong = Node("Transpose", inputs: ["x"], outputs: ["e"], attributes: named(["perm": .ints([0, 1])]))
    #expect(try types(branching(else: wrong, constant: true))["y"] == "float[2,N,4]")
    #expect(throws: NodeError.self) { try types(branching(else: wrong, constant: false)) }
  }

  /// Each iteration appends a row to v and yields u: one axis of v changes, u stays as it is.
  @Test func loopsForgetWhatIterationsChange() throws {
    let body = Graph(
      name: "body",
      nodes: [
        Node("Identity", inputs: ["more"], outputs: ["again"]),
        Node("Concat", inputs: ["v", "row"], outputs: ["longer"], attributes: named(["axis": .int(0)])),
        Node("Identity", inputs: ["u"], outputs: ["same"]),
        Node("Identity", inputs: ["row"], outputs: ["scanned"]),
      ], inputs: ["i", "more", "v", "u"].map(untyped),
      outputs: ["again", "longer", "same", "scanned"].map(untyped))
    let graph = Graph(
      name: "g",
      nodes: [
        Node(
          "Loop", inputs: ["m", "", "row", "u0"], outputs: ["v1", "u1", "s"],
          attributes: named(["body": .graph(body)]))
      ],
      inputs: [
        ValueInfo(name: "m", type: .tensor(.int64, [])),
        ValueInfo(name: "row", type: .tensor(.float, [1, .param("N")])),
        ValueInfo(name: "u0", type: .tensor(.int32, [5])),
      ], outputs: ["v1", "u1", "s"].map(untyped))
    let types = try types(graph)
    #expect(types == types.merging(["v1": "float[?,N]", "u1": "int32[5]", "s": "float[?,1,N]"]) { $1 })
  }

  @Test func functionsAreInferredForEachCall() throws {
    let twice = Function(
      name: "Twice", domain: "local", inputs: ["a"], outputs: ["b"],
      nodes: [Node("Concat", inputs: ["a", "a"], outputs: ["b"], attributes: named(["axis": .int(-1)]))],
      opsetImports: [OpsetImport(domain: "", version: 21)])
    var model = model(
      Graph(
        name: "g",
        nodes: [
          Node("Twice", domain: "local", inputs: ["x"], outputs: ["y"]),
          Node("Twice", domain: "local", inputs: ["y"], outputs: ["z"]),
        ], inputs: [ValueInfo(name: "x", type: .tensor(.float, [.param("N"), 3]))], outputs: [untyped("z")]))
    model.functions = [twice]
    model.opsetImports.append(OpsetImport(domain: "local", version: 1))
    #expect(try types(model) == ["x": "float[N,3]", "y": "float[N,6]", "z": "float[N,12]"])
  }

  // MARK: - Declared types

  @Test func declarationsComplete() throws {
    var graph = reshaping([.unknown, 4, 3])
    graph.valueInfos = [ValueInfo(name: "y", type: .tensor(.float, [.param("B"), 6, 2]))]
    graph.outputs = [untyped("y")]
    #expect(try types(graph)["y"] == "float[B,6,2]")
    #expect(try types(graph, GraphInference(trustsDeclaredShapes: false))["y"] == "float[?,6,?]")
  }

  /// Extents that are declared wrongly give way; a wrong element type is an error.
  @Test func declarationsThatContradict() throws {
    var graph = reshaping([2, 4, 3])
    graph.outputs = [ValueInfo(name: "y", type: .tensor(.float, [2, 6, 9]))]
    #expect(try types(graph)["y"] == "float[2,6,2]")
    graph.outputs = [ValueInfo(name: "y", type: .tensor(.int32, [2, 6, 2]))]
    #expect(throws: (any Error).self) { try types(graph) }
    var lenient = GraphInference()
    lenient.errorPolicy = .lenient
    #expect(try types(graph, lenient)["y"] != nil)
  }
}

// MARK: - Graphs

private func untyped(_ name: String) -> ValueInfo { ValueInfo(name: name, type: nil) }

private func named(_ attributes: [String: Attribute]) -> [NamedAttribute] {
  attributes.map { NamedAttribute($0.key, $0.value) }
}

private func constant(_ name: String, _ numbers: [Int]) -> Initializer {
  Initializer(name: name, tensor: Tensor(int64: numbers))
}

private func model(_ graph: Graph) -> Model {
  Model(irVersion: 10, opsetImports: [OpsetImport(domain: "", version: 21)], graph: graph)
}

private func types(_ graph: Graph, _ inference: GraphInference = GraphInference()) throws -> [String: String]
{
  try types(model(graph), inference)
}

/// The inferred types of the main graph's values by name, where one is known.
private func types(_ model: Model, _ inference: GraphInference = GraphInference()) throws -> [String: String]
{
  let graph = try Resolver.resolve(model)
  let facts = try inference.infer(graph)
  let known = graph.slots.compactMap { key, slot in facts.values[slot].type.map { (key.name, "\($0)") } }
  return Dictionary(known) { first, _ in first }
}
