import Testing
import Touchstone

@Suite struct ShapeInferenceTests {
  /// a = x + x, then a node that nobody knows, then c = a + x.
  private func graph(_ middle: Node) -> Graph {
    Graph(
      name: "g",
      nodes: [
        Node("Add", inputs: ["x", "x"], outputs: ["a"]), middle,
        Node("Add", inputs: ["a", "x"], outputs: ["c"]),
      ], inputs: [float("x", 2, .param("N"))], outputs: [ValueInfo(name: "c", type: nil)])
  }

  private func types(_ graph: Graph) -> [String: String] {
    Dictionary(
      uniqueKeysWithValues: (graph.valueInfos + graph.outputs).map { ($0.name, $0.type?.description ?? "-") })
  }

  @Test func addsTypesOfValuesAndOutputs() throws {
    let add = Node("Softmax", inputs: ["a"], outputs: ["b"])
    let bytes = try inferShapes(modelBytes: OnnxFile.serialize(model(graph(add))))
    #expect(
      try types(OnnxFile.parse(bytes: bytes).graph) == [
        "a": "float[2,N]", "b": "float[2,N]", "c": "float[2,N]",
      ])
  }

  @Test func goesOnAfterWhatItDoesNotKnow() throws {
    let unknown = model(graph(Node("NoSuchOperator", inputs: ["a"], outputs: ["b"])))
    #expect(try types(inferShapes(unknown).graph) == ["a": "float[2,N]", "c": "float[2,N]"])
    #expect(throws: ModelError.self) { try inferShapes(unknown, ShapeInferenceOptions(strictMode: true)) }
  }

  @Test func wrongTypesFailWhereTheyAreChecked() throws {
    var wrong = graph(Node("Add", inputs: ["a", "i"], outputs: ["b"]))
    wrong.inputs.append(ValueInfo(name: "i", type: .tensor(.int64, [2])))
    #expect(try types(inferShapes(model(wrong)).graph) == ["a": "float[2,N]", "c": "float[2,N]"])
    #expect(throws: NodeError.self) { try inferShapes(model(wrong), ShapeInferenceOptions(checkType: true)) }
  }

  @Test func aContradictedDeclarationStaysUnlessStrict() throws {
    var contradicted = graph(Node("Softmax", inputs: ["a"], outputs: ["b"]))
    contradicted.valueInfos = [float("b", 3, 4)]
    #expect(try types(inferShapes(model(contradicted)).graph)["b"] == "float[3,4]")
    #expect(throws: ModelError.self) {
      try inferShapes(model(contradicted), ShapeInferenceOptions(strictMode: true))
    }
  }

  /// A shape computed as [1, 1] + [1, 2] is followed only on request.
  @Test func elementsAreFollowedOnRequest() throws {
    let computed = model(
      Graph(
        name: "g",
        nodes: [
          Node("Add", inputs: ["p", "q"], outputs: ["s"]),
          Node("Reshape", inputs: ["x", "s"], outputs: ["y"]),
        ], inputs: [float("x", 6)], outputs: [ValueInfo(name: "y", type: nil)],
        initializers: [
          Initializer(name: "p", tensor: Tensor(int64: [1, 1])),
          Initializer(name: "q", tensor: Tensor(int64: [1, 2])),
        ]))
    #expect(try types(inferShapes(computed).graph)["y"] == "float[?,?]")
    #expect(
      try types(inferShapes(computed, ShapeInferenceOptions(dataProp: true)).graph)["y"] == "float[2,3]")
  }

  @Test func subgraphsAreAnnotatedToo() throws {
    func branch(_ name: String) -> NamedAttribute {
      NamedAttribute(
        name,
        .graph(
          Graph(
            name: name,
            nodes: [
              Node("Add", inputs: ["x", "x"], outputs: ["\(name)_a"]),
              Node("Add", inputs: ["\(name)_a", "x"], outputs: ["\(name)_b"]),
            ], outputs: [ValueInfo(name: "\(name)_b", type: nil)])))
    }
    let branches = [branch("then_branch"), branch("else_branch")]
    let inferred = try inferShapes(
      model(
        Graph(
          name: "g", nodes: [Node("If", inputs: ["c"], outputs: ["y"], attributes: branches)],
          inputs: [float("x", 2, 3), ValueInfo(name: "c", type: .tensor(.bool, []))],
          outputs: [ValueInfo(name: "y", type: nil)])))
    #expect(types(inferred.graph) == ["y": "float[2,3]"])
    guard case .graph(let then)? = inferred.graph.nodes[0].attributes.first?.value else {
      Issue.record("no graph")
      return
    }
    #expect(types(then) == ["then_branch_a": "float[2,3]", "then_branch_b": "float[2,3]"])
  }
}
