import Testing
import Touchstone

@Suite struct InferenceSessionTests {
  @Test func runsTheBytesOfAModel() throws {
    let session = try InferenceSession(bytes: OnnxFile.serialize(addition()))
    #expect(session.inputs.map(\.name) == ["x"])
    #expect(session.inputs[0].type == .tensor(.float, [.param("N"), 2]))
    #expect(session.overridableInitializers.map(\.name) == ["w"])
    #expect(session.outputs.map(\.name) == ["y"])
    #expect(session.metadata.producerName == "tests")
    #expect(session.metadata.customMetadata == [StringPair(key: "purpose", value: "a test")])

    let outputs = try session.run(["x": Tensor(floats: [1, 2, 3, 4], shape: [2, 2])])
    #expect(outputs["y"]?.doubles() == [11, 22, 13, 24])
    #expect(outputs["y"]?.shape == [2, 2])
  }

  @Test func aRunMayReplaceAnInitializerAndNameItsOutputs() throws {
    let session = try InferenceSession(model: addition())
    let feeds: NameDictionary = [
      "x": Tensor(floats: [1, 2], shape: [1, 2]), "w": Tensor(floats: [0, 0]),
    ]
    #expect(try session.run(feeds, outputs: ["y"])["y"]?.doubles() == [1, 2])
  }

  @Test(
    arguments: [
      (["x": Tensor(int64: [1, 2], shape: [1, 2])], "input 'x' is int64[1,2]"),
      (["x": Tensor(floats: [1, 2, 3], shape: [1, 3])], "axis 1 has extent 3 instead of 2"),
      (["z": Tensor(floats: [1])], "no input 'z'"),
      ([:], "input 'x' of type float[N,2] is missing"),
    ] as [(NameDictionary<Tensor>, String)])
  func wrongFeeds(_ feeds: NameDictionary<Tensor>, _ fragment: String) throws {
    let session = try InferenceSession(model: addition())
    let error = #expect(throws: FeedError.self) { _ = try session.run(feeds) }
    #expect(error?.description.contains(fragment) ?? false, "\(error?.description ?? "")")
  }

  @Test func wrongModels() {
    #expect(throws: LoadError.self) { try InferenceSession(bytes: [1, 2, 3]) }
    #expect(throws: LoadError.self) { try InferenceSession(path: "/nowhere/model.onnx") }
    let unknown = model(
      Graph(
        name: "g", nodes: [Node("NoSuchOperator", inputs: ["x"], outputs: ["y"])], inputs: [float("x", 2)],
        outputs: [float("y", 2)]))
    let error = #expect(throws: ModelError.self) { try InferenceSession(model: unknown) }
    #expect(error?.kind == .unsupported)
  }

  @Test func aNameDefinedTwiceIsInvalidRatherThanUnsupported() {
    let add = Node("Add", inputs: ["x", "x"], outputs: ["y"])
    let twice = model(Graph(name: "g", nodes: [add, add], inputs: [float("x", 2)], outputs: [float("y", 2)]))
    let error = #expect(throws: ModelError.self) { try InferenceSession(model: twice) }
    #expect(error?.kind == .invalid)
  }

  @Test func typeStringsAreRead() {
    let strings = [
      "tensor(float)", "seq(tensor(int64))", "map(string,tensor(float))", "optional(seq(tensor(bool)))",
      "sparse_tensor(double)", "seq(map(int64,tensor(float)))",
    ]
    for string in strings { #expect(ValueType(typeString: string)?.typeString == string) }
    let nested = String(repeating: "seq(", count: 100_000)
    for string in ["", "tensor", "tensor(flaot)", "map(float,tensor(float))", "seq(tensor(float)", nested] {
      #expect(ValueType(typeString: string) == nil)
    }
  }
}
