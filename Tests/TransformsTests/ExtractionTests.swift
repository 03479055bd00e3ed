import GraphIR
import TensorCore
import Testing
import Transforms

/// Parts of models. Expected values: by hand.
@Suite struct ExtractionTests {
  /// a = x + w, b = a · a, c = twice(b), d = y − 1 in a branch that reads a from outside.
  private var whole: Model {
    let branch = Graph(
      name: "then", nodes: [node("Sub", ["y", "a"], ["r"])], outputs: [untyped("r")])
    let other = Graph(name: "else", nodes: [node("Identity", ["y"], ["s"])], outputs: [untyped("s")])
    var result = model(
      [
        node("Add", ["x", "w"], ["a"]), node("Mul", ["a", "a"], ["b"]),
        node("Twice", ["b"], ["c"], domain: "local"),
        node("If", ["go"], ["d"], ["then_branch": .graph(branch), "else_branch": .graph(other)]),
      ],
      inputs: [float("x", 2), float("y", 2), ValueInfo(name: "go", type: .tensor(.bool, []))],
      outputs: ["c", "d"], initializers: [Initializer(name: "w", tensor: floats(1, 2))],
      functions: [
        function("Twice", ["i"], ["o"], [node("Double", ["i"], ["o"], domain: "local")]),
        function("Double", ["i"], ["o"], [node("Add", ["i", "i"], ["o"])]),
        function("Unused", ["i"], ["o"], [node("Neg", ["i"], ["o"])]),
      ])
    result.graph.valueInfos = [float("a", 2), float("b", 2)]
    return result
  }

  @Test func aPartBetweenInnerValues() throws {
    let part = try extractModel(whole, inputs: ["b"], outputs: ["c"])
    #expect(part.graph.nodes.map(\.opType) == ["Twice"])
    #expect(part.graph.initializers.isEmpty && part.graph.valueInfos.isEmpty)
    #expect(part.functions.map(\.name) == ["Twice", "Double"])
    #expect(part.graph.inputs[0].type == .tensor(.float, [2]))
    #expect(try run(part, ["b": .tensor(floats(3, 5))]) == ["c": [6, 10]])
  }

  @Test func whatSubgraphsReadComesAlong() throws {
    let part = try extractModel(whole, inputs: ["go", "y", "x"], outputs: ["d"])
    #expect(part.graph.nodes.map(\.opType) == ["Add", "If"])
    #expect(part.graph.inputs.map(\.name) == ["go", "y", "x"])
    #expect(part.graph.valueInfos.map(\.name) == ["a"])
    let feeds: NamedValues = [
      "go": .tensor(Tensor(bools: [true], shape: [])), "x": .tensor(floats(10, 20)),
      "y": .tensor(floats(1, 1)),
    ]
    #expect(try run(part, feeds) == ["d": [-10, -21]])
  }

  /// An initializer may become an input, and a value both an input and an output.
  @Test func constantsAndPassedValues() throws {
    let part = try extractModel(whole, inputs: ["x", "w"], outputs: ["a", "x"])
    let feeds: NamedValues = ["x": .tensor(floats(1, 1)), "w": .tensor(floats(5, 6))]
    #expect(try run(part, feeds) == ["a": [6, 7], "x": [1, 1]])
  }

  /// The type of an inner value that nothing declares is inferred.
  @Test func typesAreInferred() throws {
    var model = whole
    model.graph.valueInfos = []
    #expect(
      try extractModel(model, inputs: ["a"], outputs: ["b"]).graph.inputs[0].type == .tensor(.float, [2]))
  }

  @Test(arguments: [
    (["q"], ["c"], "'q' is no value"), (["b", "b"], ["c"], "'b' is listed twice"),
    (["b"], ["r"], "'r' is no value"),
    ([], ["b"], "need 'x', an input"), (["x", "y"], ["d"], "need 'go', an input"),
    (["x"], [""], "'' is no value"),
  ])
  func whatCannotBeCut(_ inputs: [String], _ outputs: [String], _ words: String) throws {
    let error = #expect(throws: ModelError.self) {
      _ = try extractModel(whole, inputs: inputs, outputs: outputs)
    }
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
  }

  /// Two spellings of one character are two names.
  @Test func namesAreBytes() throws {
    let (composed, combining) = ("\u{e9}", "e\u{301}")
    let accents = model(
      [node("Neg", ["x"], [composed]), node("Abs", ["x"], [combining])], inputs: [float("x", 1)],
      outputs: [composed, combining])
    let part = try extractModel(accents, inputs: ["x"], outputs: [combining])
    #expect(part.graph.nodes.map(\.opType) == ["Abs"])
  }
}
