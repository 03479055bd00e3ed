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

  /// A node that is needed for one output may have others that are given.
  @Test func givenOutputsOfNeededNodes() throws {
    let split = model(
      [node("Split", ["x"], ["a", "b"], ["num_outputs": .int(2)]), node("Sub", ["a", "b"], ["y"])],
      inputs: [float("x", 2)], outputs: ["y"])
    let part = try extractModel(split, inputs: ["x", "a"], outputs: ["y"])
    let feeds: NamedValues = ["x": .tensor(floats(3, 5)), "a": .tensor(floats(10))]
    #expect(try run(part, feeds) == ["y": [5]])
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

// MARK: - Gradients

extension ExtractionTests {
  private static let training = "ai.onnx.preview.training"

  private static func gradient(_ xs: [String], of y: String, _ output: String) -> Node {
    node("Gradient", xs, [output], domain: training, ["xs": .strings(xs), "y": .string(y)])
  }

  private func differentiated(_ nodes: [Node]) -> Model {
    var result = model(
      nodes, inputs: [float("x", 2), float("w", 2), ValueInfo(name: "go", type: .tensor(.bool, []))],
      outputs: ["d"])
    result.opsetImports.append(OpsetImport(domain: Self.training, version: 1))
    return result
  }

  /// h = 2x, y = h · w, d = dy/dx = 2w.
  private var product: Model {
    differentiated([
      node("Add", ["x", "x"], ["h"]), node("Mul", ["h", "w"], ["y"]), Self.gradient(["x"], of: "y", "d"),
    ])
  }

  private static let feeds: NamedValues = ["x": .tensor(floats(3, 5)), "w": .tensor(floats(7, 11))]

  @Test func whatAGradientNamesComesAlong() throws {
    let part = try extractModel(product, inputs: ["x", "w"], outputs: ["d"])
    #expect(part.graph.nodes.map(\.opType) == ["Add", "Mul", "Gradient"])
    #expect(try run(part, Self.feeds) == ["d": [14, 22]])
    let constant = try extractModel(product, inputs: ["d"], outputs: ["d"])
    #expect(constant.graph.nodes.isEmpty)
  }

  /// In a branch, a value of the graph around: h does not depend on w.
  @Test func whatAGradientInABranchNamesComesAlong() throws {
    let branch = Graph(name: "b", nodes: [Self.gradient(["w"], of: "h", "t")], outputs: [untyped("t")])
    let whole = differentiated([
      node("Add", ["x", "x"], ["h"]),
      node("If", ["go"], ["d"], ["then_branch": .graph(branch), "else_branch": .graph(branch)]),
    ])
    let part = try extractModel(whole, inputs: ["go", "x", "w"], outputs: ["d"])
    #expect(part.graph.nodes.map(\.opType) == ["Add", "If"])
    var feeds = Self.feeds
    feeds["go"] = .tensor(Tensor(bools: [true], shape: []))
    #expect(try run(part, feeds) == ["d": [0, 0]])
  }

  /// With a value between x and y given, y would not depend on x, and the derivative be 0.
  @Test(arguments: [["x", "w", "h"], ["x", "w", "y"], ["x", "h", "w", "y"]])
  func theWayOfAGradientCannotBeCut(_ inputs: [String]) throws {
    let error = #expect(throws: ModelError.self) {
      _ = try extractModel(product, inputs: inputs, outputs: ["d"])
    }
    #expect(error?.message.contains("on the way to 'y'") == true, "\(error?.message ?? "")")
  }
}
