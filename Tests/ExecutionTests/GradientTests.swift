import Execution
import GraphIR
import TensorCore
import Testing

/// Gradient in whole models. Expected values are worked out by hand unless a test names another source; all
/// are exact in double but where a tolerance is given.
@Suite struct GradientTests {
  @Test func usesOfOneValueAddUp() throws {
    // y = (a + b) · a: dy/da = 2a + b, dy/db = a.
    let graph = Differentiated(
      [node("Add", ["a", "b"], ["c"]), node("Mul", ["c", "a"])], xs: ["a", "b"], y: "y")
    let result = try graph.run(["a": doubles([3, -1]), "b": doubles([5, 0.5])])
    #expect(result["d_a"] == [11, -1.5])
    #expect(result["d_b"] == [3, -1])
  }

  /// The node's inputs, not the named values, are where the derivative is taken; what is named in neither xs
  /// nor zs keeps its value.
  @Test func inputsReplaceTheNamedValues() throws {
    // h = 2w, y = h² · w; dy/dh = 2h · w.
    let nodes = [
      node("Add", ["w", "w"], ["h"]), node("Mul", ["h", "h"], ["s"]), node("Mul", ["s", "w"]),
    ]
    let other = Differentiated(nodes, xs: ["h"], y: "y", inputs: ["other"])
    #expect(try other.run(["w": doubles([3]), "other": doubles([5])])["d_h"] == [30])
  }

  @Test func anInputOfAnotherShapeThanTheNamedValue() throws {
    let graph = Differentiated(
      [node("Exp", ["w"], ["h"]), node("Mul", ["h", "h"])], xs: ["h"], y: "y", inputs: ["v"])
    #expect(try graph.run(["w": doubles([1]), "v": doubles([2, 3, 4])])["d_h"] == [4, 6, 8])
  }

  @Test func yOfManyElementsIsSummed() throws {
    // y[i, j] = a[i] · b[j].
    let graph = Differentiated([node("Mul", ["a", "b"])], xs: ["a", "b"], y: "y")
    let result = try graph.run(["a": doubles([2, 3], [2, 1]), "b": doubles([5, 7, 11])])
    #expect(result["d_a"] == [23, 23])
    #expect(result["d_b"] == [5, 5, 5])
  }

  @Test func whatYDoesNotDependOnHasZeros() throws {
    let graph = Differentiated(
      [
        node("Cast", ["a"], ["i"], ["to": .int(7)]), node("Cast", ["i"], ["f"], ["to": .int(11)]),
        node("Shape", ["c"], ["n"]), node("Expand", ["b", "n"], ["e"]), node("Mul", ["f", "e"]),
      ], xs: ["a", "b", "c", "d"], y: "y")
    let result = try graph.run([
      "a": doubles([4]), "b": doubles([2]), "c": doubles([1, 1, 1]), "d": doubles([9, 9]),
    ])
    #expect(result["d_a"] == [0])
    #expect(result["d_b"] == [12])
    #expect(result["d_c"] == [0, 0, 0])
    #expect(result["d_d"] == [0, 0])
  }

  /// An operator whose output is empty, besides a huge extent, is not run, so that nobody held its inputs against
  /// each other; y, a sum of nothing, depends on none of them.
  @Test func anEmptyOutputOfInputsThatDoNotFit() throws {
    let graph = Differentiated(
      [node("CausalConvWithState", ["a", "w", "", "p"], ["y", "state"])], xs: ["a", "w", "p"], y: "y",
      type: .float, opset: 27
    )
    func zeros(_ shape: Int...) -> Tensor {
      Tensor(floats: [Float](repeating: 0, count: shape.product), shape: shape)
    }
    let result = try graph.run(["a": zeros(0, 65_536, 5), "w": zeros(4, 1, 5), "p": zeros(2, 4, 3)])
    #expect(result["d_a"] == [])
    #expect(result["d_w"] == [Double](repeating: 0, count: 20))
    #expect(result["d_p"] == [Double](repeating: 0, count: 24))
  }

  @Test func yItself() throws {
    #expect(
      try Differentiated([node("Neg", ["a"])], xs: ["y"], y: "y").run(["a": doubles([4])])["d_y"] == [1])
    #expect(
      try Differentiated([node("Neg", ["b"])], xs: ["a"], y: "y")
        .run(["a": doubles([4]), "b": doubles([5])])["d_a"] == [0])
  }

  /// Two layers and softmax cross entropy; expected: NumPy, in float64.
  @Test func perceptron() throws {
    let graph = Differentiated(
      [
        node("Gemm", ["X", "W1", "B1"], ["H"]), node("Relu", ["H"], ["R"]),
        node("Gemm", ["R", "W2", "B2"], ["S"]), node("SoftmaxCrossEntropyLoss", ["S", "t"]),
      ], xs: ["W1", "B1", "W2", "B2"], zs: ["X"], y: "y",
      initializers: [constant("t", Tensor(int64: [1, 0]))])
    let result = try graph.run([
      "X": doubles([1, -2, 0.5, 0.25, 1.5, -1], [2, 3]),
      "W1": doubles([0.5, -1, 0.25, 1, 1, 0.5, -0.5, 0.75, -0.25, 2, 1, -1.5], [3, 4]),
      "B1": doubles([0.25, 0.5, -0.5, 1]), "W2": doubles([1, -0.5, 0.5, 0.25, -1, 2, 0.75, 1], [4, 2]),
      "B2": doubles([0.5, -0.25]),
    ])
    for (name, expected) in Self.perceptronGradients {
      let values = try #require(result[name])
      #expect(zip(values, expected).allSatisfy { abs($0 - $1) < 1e-15 }, "\(name): \(values)")
    }
  }

  private static let perceptronGradients: [String: [Double]] = [
    "d_W1": [
      -0.009160833491657793, 0, -0.07113880976635004, 0.0015268055819429678, -0.05496500094994676, 0,
      0.14227761953270007, 0.009160833491657807, 0.03664333396663117, 0, -0.03556940488317502,
      -0.006107222327771871,
    ],
    "d_B1": [-0.03664333396663117, 0, -0.07113880976635004, 0.006107222327771871],
    "d_W2": [
      -0.051911389786060816, 0.05191138978606084, 0, 0, 0.029641170735979244, -0.029641170735979147,
      -0.09466194608046384, 0.09466194608046388,
    ],
    "d_B2": [-0.0007159527223040488, 0.0007159527223041355],
  ]

  @Test(arguments: [(ElementType.float16, 0.333251953125), (.float, 0.3333333432674408), (.double, 1 / 3.0)])
  func everyType(type: ElementType, third: Double) throws {
    // The chain is wide: (x / 3)′ · 1e-9 · 1e9 rounds once, at the end.
    let graph = Differentiated(
      [
        node("Div", ["a", "three"], ["q"]), node("Mul", ["q", "small"], ["s"]), node("Mul", ["s", "large"]),
      ], xs: ["a"], y: "y",
      initializers: [("three", 3), ("small", 0.0001220703125), ("large", 8192)].map {
        constant($0.0, Tensor(type, shape: [], rounding: [$0.1]))
      }, type: type)
    #expect(try graph.run(["a": Tensor(type, shape: [1], rounding: [1])])["d_a"] == [third])
  }

  @Test func anOutputLeftOut() throws {
    var graph = Differentiated([node("Mul", ["a", "b"])], xs: ["a", "b"], y: "y")
    graph.outputs = ["", "d_b"]
    let gradients = try graph.run(["a": doubles([3]), "b": doubles([5])])
    #expect(gradients.names == ["d_b"] && gradients["d_b"] == [3])
  }
}

// MARK: - Functions and control flow

extension GradientTests {
  @Test func aFunctionOfTheModel() throws {
    // square(x) = x · x, y = square(square(a)) · b.
    let square = Function(
      name: "square", domain: "local", inputs: ["x"], outputs: ["z"],
      nodes: [node("Mul", ["x", "x"], ["z"])],
      opsetImports: [OpsetImport(domain: "", version: 21)])
    let graph = Differentiated(
      [
        node("square", ["a"], ["s"], domain: "local"), node("square", ["s"], ["q"], domain: "local"),
        node("Mul", ["q", "b"]),
      ], xs: ["a", "b"], y: "y", functions: [square])
    let result = try graph.run(["a": doubles([2]), "b": doubles([3])])
    #expect(result["d_a"] == [96])
    #expect(result["d_b"] == [16])
  }

  @Test(arguments: [(true, 12.0, 3.0), (false, 0.0, 7.0)])
  func theBranchThatIsTaken(condition: Bool, dA: Double, dB: Double) throws {
    // y = condition ? 2 · a · b : 7 · b; with a = 3, b = 6.
    let then = Graph(
      name: "then", nodes: [node("Mul", ["a", "b"], ["p"]), node("Add", ["p", "p"], ["t"])],
      outputs: [untyped("t")])
    let other = Graph(
      name: "else", nodes: [node("Mul", ["b", "seven"], ["e"])], outputs: [untyped("e")])
    let graph = Differentiated(
      [node("If", ["condition"], ["y"], ["then_branch": .graph(then), "else_branch": .graph(other)])],
      xs: ["a", "b"], y: "y",
      initializers: [
        constant("condition", Tensor(bools: [condition], shape: [])), constant("seven", doubles([7], [])),
      ])
    let result = try graph.run(["a": doubles([3], []), "b": doubles([6], [])])
    #expect(result["d_a"] == [dA])
    #expect(result["d_b"] == [condition ? 2 * dB : dB])
  }

  @Test func aLoop() throws {
    // v ← v · w three times, each v also a scan output: y = v₃ + Σ k · vₖ with k = 1, 2, 3 and vₖ = v · wᵏ.
    let body = Graph(
      name: "body",
      nodes: [
        node("Mul", ["before", "w"], ["after"]), node("Identity", ["condition"], ["next"]),
        node("Identity", ["after"], ["shown"]),
      ],
      inputs: [
        ValueInfo(name: "i", type: .tensor(.int64, [])),
        ValueInfo(name: "condition", type: .tensor(.bool, [])),
        ValueInfo(name: "before", type: .tensor(.double, [])),
      ], outputs: ["next", "after", "shown"].map(untyped))
    let graph = Differentiated(
      [
        node("Loop", ["M", "", "v"], ["last", "all"], ["body": .graph(body)]),
        node("Mul", ["all", "k"], ["weighed"]),
        node("ReduceSum", ["weighed"], ["sum"], ["keepdims": .int(0)]),
        node("Add", ["last", "sum"]),
      ], xs: ["v", "w"], y: "y",
      initializers: [constant("M", Tensor(int64: [3], shape: [])), constant("k", doubles([1, 2, 3]))])
    let result = try graph.run(["v": doubles([5], []), "w": doubles([2], [])])
    #expect(result["d_v"] == [2 + 2 * 4 + 4 * 8])
    #expect(result["d_w"] == [5 * (1 + 2 * 2 * 2 + 4 * 3 * 4)])
  }

  @Test func aScan() throws {
    // From the last element to the first: s ← s · x[t] + a, shown as s²; y = s + Σ s².
    let body = Graph(
      name: "body",
      nodes: [
        node("Mul", ["s", "x"], ["p"]), node("Add", ["p", "a"], ["next"]),
        node("Mul", ["next", "next"], ["square"]),
      ],
      inputs: ["s", "x"].map { ValueInfo(name: $0, type: .tensor(.double, [])) },
      outputs: ["next", "square"].map(untyped))
    let graph = Differentiated(
      [
        node(
          "Scan", ["s0", "xs"], ["last", "squares"],
          [
            "body": .graph(body), "num_scan_inputs": .int(1), "scan_input_directions": .ints([1]),
            "scan_output_directions": .ints([1]),
          ]), node("ReduceSum", ["squares"], ["sum"], ["keepdims": .int(0)]), node("Add", ["last", "sum"]),
      ], xs: ["s0", "xs", "a"], y: "y")
    let result = try graph.run(["s0": doubles([2], []), "xs": doubles([5, 3]), "a": doubles([1], [])])
    // s₁ = 2 · 3 + 1 = 7, s₂ = 7 · 5 + 1 = 36: dy/ds₂ = 1 + 72, dy/ds₁ = 73 · 5 + 14.
    #expect(result["d_s0"] == [379 * 3])
    #expect(result["d_xs"] == [73 * 7, 379 * 2])
    #expect(result["d_a"] == [73 + 379])
  }

  @Test func insideAFunctionAndABranch() throws {
    // slope(x) = d(x³)/dx, called in a branch.
    let slope = Function(
      name: "slope", domain: "local", inputs: ["x"], outputs: ["d"],
      nodes: [
        node("Mul", ["x", "x"], ["s"]), node("Mul", ["s", "x"], ["c"]),
        node("Gradient", ["x"], ["d"], domain: training, ["xs": .strings(["x"]), "y": .string("c")]),
      ],
      opsetImports: [OpsetImport(domain: "", version: 21), OpsetImport(domain: training, version: 1)])
    let branch = Graph(
      name: "branch", nodes: [node("slope", ["a"], ["t"], domain: "local")], outputs: [untyped("t")])
    let model = model(
      [node("If", ["yes"], ["y"], ["then_branch": .graph(branch), "else_branch": .graph(branch)])],
      inputs: [ValueInfo(name: "a", type: nil)],
      initializers: [constant("yes", Tensor(bools: [true], shape: []))], functions: [slope])
    guard case .tensor(let y)? = try Session(model).run(["a": .tensor(doubles([5]))])["y"] else { return }
    #expect(y.doubles() == [75])
  }
}

// MARK: - Graphs around

extension GradientTests {
  /// y = branch: d(a · b) / da of values of the graph around, with `h` = 2a there.
  private func inABranch(_ nodes: [Node], xs: [String], y: String) throws -> [Double] {
    let gradient = node("Gradient", xs, ["t"], domain: training, ["xs": .strings(xs), "y": .string(y)])
    let branch = Graph(name: "branch", nodes: nodes + [gradient], outputs: [untyped("t")])
    var model = model(
      [
        node("Add", ["a", "a"], ["h"]),
        node("If", ["yes"], ["y"], ["then_branch": .graph(branch), "else_branch": .graph(branch)]),
      ], inputs: ["a", "b"].map { ValueInfo(name: $0, type: .tensor(.double, nil)) },
      initializers: [constant("yes", Tensor(bools: [true], shape: []))])
    model.opsetImports.append(OpsetImport(domain: training, version: 1))
    let feeds: NamedValues = ["a": .tensor(doubles([3])), "b": .tensor(doubles([5]))]
    guard case .tensor(let result)? = try Session(model).run(feeds)["y"] else { return [] }
    return result.doubles()
  }

  @Test func valuesOfTheGraphAround() throws {
    let product = node("Mul", ["a", "b"], ["p"])
    #expect(try inABranch([product], xs: ["a"], y: "p") == [5])
    #expect(try inABranch([node("Mul", ["h", "h"], ["p"])], xs: ["h"], y: "p") == [12])
    #expect(try inABranch([node("Mul", ["h", "b"], ["p"])], xs: ["b"], y: "p") == [6])
    #expect(try inABranch([], xs: ["b"], y: "h") == [0])
  }

  @Test(arguments: [([node("Mul", ["h", "b"], ["p"])], "p"), ([], "h")])
  func nodesOfTheGraphAround(nodes: [Node], y: String) {
    let error = #expect(throws: (any Error).self) { try inABranch(nodes, xs: ["a"], y: y) }
    #expect("\(error.map { "\($0)" } ?? "")".contains("'h', which a graph around this one computes"))
  }
}

// MARK: - Errors

extension GradientTests {
  private static let square = [node("Mul", ["a", "a"])]

  @Test(
    arguments: [
      (Differentiated(square, xs: ["z"], y: "y", inputs: ["a"]), "'z' must name a value"),
      (Differentiated(square, xs: ["a"], y: "z"), "'z' must name a value"),
      (Differentiated(square, xs: ["a"], y: "d_a"), "'d_a' must name a value"),
      (Differentiated(square, xs: ["a"], zs: ["a"], y: "y"), "name a value twice"),
      (Differentiated(square, xs: ["y"], zs: ["a"], y: "y"), "must be independent"),
      (Differentiated(square, xs: ["a"], y: "y", inputs: ["a", "a"]), "2 inputs, but xs and zs name 1 + 0"),
      (
        Differentiated([node("Cast", ["a"], ["y"], ["to": .int(7)])], xs: ["a"], y: "y"),
        "'y' is tensor(int64)"
      ),
      (Differentiated(square, xs: ["a"], y: "y", type: .int64), "'a' is tensor(int64)"),
      (
        Differentiated([node("DFT", ["a"], ["f"]), node("ReduceSum", ["f"])], xs: ["a"], y: "y"),
        "by way of DFT 'n', an operator that has no derivative here"
      ),
      (
        Differentiated(
          square
            + [
              node(
                "Gradient", ["a"], ["first"], domain: training, ["xs": .strings(["a"]), "y": .string("y")])
            ], xs: ["a"], y: "first"), "derivatives of Gradient are not defined here"
      ),
    ] as [(Differentiated, String)])
  func errors(graph: Differentiated, fragment: String) throws {
    let x = Tensor(graph.type, shape: [1, 2, 1], rounding: [1, 2])
    let error = #expect(throws: (any Error).self) { try graph.run(["a": x]) }
    #expect("\(error.map { "\($0)" } ?? "")".contains(fragment), "\(error.map { "\($0)" } ?? "")")
  }

  @Test func moreOutputsThanXs() {
    var graph = Differentiated(Self.square, xs: ["a"], y: "y")
    graph.outputs = ["d_a", "d_b"]
    #expect(throws: (any Error).self) { try graph.run(["a": doubles([1])]) }
  }

  /// Whatever a loop computes is kept, so that the memory limit must end a long one.
  @Test func aLoopOfManyIterations() {
    let body = Graph(
      name: "body", nodes: [node("Mul", ["v", "w"], ["next"]), node("Identity", ["condition"], ["on"])],
      inputs: [
        ValueInfo(name: "i", type: .tensor(.int64, [])),
        ValueInfo(name: "condition", type: .tensor(.bool, [])),
        ValueInfo(name: "v", type: .tensor(.double, nil)),
      ], outputs: ["on", "next"].map(untyped))
    let graph = Differentiated(
      [node("Loop", ["M", "", "w"], ["y"], ["body": .graph(body)])], xs: ["w"], y: "y",
      initializers: [constant("M", Tensor(int64: [4_000], shape: []))])
    let error = #expect(throws: (any Error).self) { try graph.run(["w": doubles([1])], memoryLimit: 1 << 20) }
    #expect(
      "\(error.map { "\($0)" } ?? "")".contains("nodes that a Gradient keeps"),
      "\(error.map { "\($0)" } ?? "")")
  }

  /// Every Gradient stands for all nodes before it; a thousand in one graph would be half a million.
  @Test func manyGradientsAreRefused() {
    var nodes: [Node] = [node("Neg", ["a"], ["v0"])]
    for k in 0..<2000 {
      nodes.append(node("Neg", ["v\(k)"], ["v\(k + 1)"]))
      nodes.append(
        node(
          "Gradient", ["a"], ["g\(k)"], domain: training, ["xs": .strings(["a"]), "y": .string("v\(k + 1)")]))
    }
    let graph = Differentiated(nodes, xs: ["a"], y: "v2000")
    let error = #expect(throws: (any Error).self) { try graph.run(["a": doubles([1])]) }
    #expect("\(error.map { "\($0)" } ?? "")".contains("overlap"))
  }
}

// MARK: - Models

private let training = "ai.onnx.preview.training"

private func doubles(_ values: [Double], _ shape: [Int]? = nil) -> Tensor {
  Tensor(.double, shape: shape ?? [values.count], elements: values)
}

/// A graph with a Gradient node after its own, whose outputs are those of the model.
struct Differentiated: Sendable {
  let nodes: [Node]
  let xs: [String]
  let zs: [String]
  let y: String
  /// The inputs of the Gradient node.
  let inputs: [String]
  let initializers: [Initializer]
  let functions: [Function]
  let type: ElementType
  let opset: Int
  var outputs: [String]

  init(
    _ nodes: [Node], xs: [String], zs: [String] = [], y: String, inputs: [String]? = nil,
    initializers: [Initializer] = [], functions: [Function] = [], type: ElementType = .double, opset: Int = 21
  ) {
    self.nodes = nodes
    self.xs = xs
    self.zs = zs
    self.y = y
    self.inputs = inputs ?? xs + zs
    self.initializers = initializers
    self.functions = functions
    self.type = type
    self.opset = opset
    outputs = xs.map { "d_\($0)" }
  }

  /// The elements of the gradients, by name. The feeds are the model's inputs.
  func run(_ feeds: NameDictionary<Tensor>, memoryLimit: Int = 1 << 30) throws -> NameDictionary<[Double]> {
    let gradient = node(
      "Gradient", inputs, outputs, domain: training,
      ["xs": .strings(xs), "zs": .strings(zs), "y": .string(y)])
    let graph = Graph(
      name: "g", nodes: nodes + [gradient],
      inputs: feeds.names.map { ValueInfo(name: $0, type: .tensor(type, nil)) },
      outputs: outputs.filter { !$0.isEmpty }.map(untyped), initializers: initializers)
    var model = Model(
      irVersion: 10,
      opsetImports: [("", opset), ("local", 1), (training, 1)].map {
        OpsetImport(domain: $0.0, version: $0.1)
      },
      graph: graph)
    model.functions = functions
    var options = SessionOptions()
    options.memoryLimit = memoryLimit
    options.checksInference = true
    return try Session(model, options: options).run(feeds.mapValues(Value.tensor)).mapValues { value in
      guard case .tensor(let tensor) = value else { return [] }
      return tensor.doubles()
    }
  }
}
