import Analysis
import Execution
import GraphIR
import TensorCore
import Testing

/// The memory of a run as a whole, what an operator needs besides its outputs, and that of inference.
@Suite(.timeLimit(.minutes(1))) struct MemoryBudgetTests {
  private static func session(_ model: Model, limit: Int) throws -> Session {
    // The model as it stands: an optimizer computes equal values once.
    var options = SessionOptions(graphOptimizationLevel: .none)
    options.memoryLimit = limit
    return try Session(model, options: options)
  }

  /// Ten values of a quarter of the limit each, held until the last node adds them all.
  @Test func valuesThatAreHeldCount() throws {
    let count = 1 << 10
    let names = (0..<10).map { "v\($0)" }
    func graph(_ held: [String]) -> Model {
      model(
        names.map { node("Expand", ["x", "shape"], [$0]) } + [node("Sum", held)], inputs: [float("x", 1)],
        initializers: [constant("shape", Tensor(int64: [count]))])
    }
    let x: NamedValues = ["x": .tensor(Tensor(floats: [1]))]
    let limit = 16 << 10
    let error = #expect(throws: NodeError.self) { _ = try Self.session(graph(names), limit: limit).run(x) }
    #expect(error?.message.contains("over the limit of \(limit)") == true, "\(error?.message ?? "")")
    #expect(error?.message.contains("beside") == true, "\(error?.message ?? "")")
    // With twice as much as the values take, or where each is dropped at once, there is room.
    _ = try Self.session(graph(names), limit: 80 << 10).run(x)
    _ = try Self.session(graph(["x"]), limit: limit).run(x)
  }

  /// y doubles from node to node; only the last two are held.
  @Test func aDoublingChainEndsAtTheTotal() throws {
    let chain = (0..<40).map { node("Concat", ["v\($0)", "v\($0)"], ["v\($0 + 1)"], ["axis": .int(0)]) }
    let graph = model(chain + [node("Identity", ["v40"])], inputs: [float("v0", 1)])
    let limit = 1 << 20
    let error = #expect(throws: NodeError.self) {
      _ = try Self.session(graph, limit: limit).run(["v0": .tensor(Tensor(floats: [1]))])
    }
    #expect(error?.opType == "Concat")
    #expect(error?.message.contains("over the limit of \(limit)") == true, "\(error?.message ?? "")")
  }

  /// A text doubles from node to node, in one element.
  @Test func textsCount() throws {
    let chain = (0..<40).map { node("StringConcat", ["v\($0)", "v\($0)"], ["v\($0 + 1)"]) }
    let graph = model(
      chain + [node("Identity", ["v40"])], inputs: [ValueInfo(name: "v0", type: .tensor(.string, [1]))])
    let limit = 1 << 20
    let error = #expect(throws: NodeError.self) {
      _ = try Self.session(graph, limit: limit).run(["v0": .tensor(Tensor(strings: ["ab"], shape: [1]))])
    }
    #expect(error?.opType == "StringConcat")
    #expect(error?.message.contains("over the limit of \(limit)") == true, "\(error?.message ?? "")")
  }

  /// A constant expression of texts that double ends within the memory of folding.
  @Test func foldedTextsCount() throws {
    let chain = (0..<40).map { node("StringConcat", ["v\($0)", "v\($0)"], ["v\($0 + 1)"]) }
    let graph = model(
      chain + [node("Identity", ["v40"])], initializers: [constant("v0", Tensor(strings: ["ab"], shape: [1]))]
    )
    let error = #expect(throws: NodeError.self) { _ = try Self.session(graph, limit: 1 << 20).run([:]) }
    #expect(error?.message.contains("over the limit") == true, "\(error?.message ?? "")")
  }

  /// Three sparse initializers of a gibibyte of zeros each: nobody reads them, so that they take nothing.
  @Test func zerosOfSparseTensorsTakeNothing() throws {
    let sparse = SparseTensor(
      values: Tensor(floats: [3]), indices: Tensor(int64: [7]), shape: [1 << 24, 1 << 4])
    var graph = model([node("Shape", ["w0"])], inputs: [])
    graph.graph.sparseInitializers = (0..<3).map { SparseInitializer(name: "w\($0)", tensor: sparse) }
    let outputs = try Self.session(graph, limit: 8 << 30).run([:])
    #expect(outputs["y"].map { "\($0.type)" } == "int64[2]")
    #expect(throws: (any Error).self) { _ = try Self.session(graph, limit: 2 << 30) }
  }

  /// What a run gave does not count in the next.
  @Test func aRunBeginsAnew() throws {
    let session = try Self.session(model([node("Neg", ["x"])], inputs: [untyped("x")]), limit: 12 << 10)
    let x = Value.tensor(Tensor(floats: [Float](repeating: 1, count: 1 << 10)))
    let outputs = try (0..<8).map { _ in try session.run(["x": x]) }
    #expect(outputs.count == 8)
  }

  /// A crop of `scale` · 10^11 cells, each of which averages the cells within 1 / `scale`.
  private static func averagingCrop(scale: Float) -> Model {
    model(
      [
        node(
          "Resize", ["x", "roi", "scales"], ["y"],
          [
            "antialias": .int(1), "mode": .string("linear"),
            "coordinate_transformation_mode": .string("tf_crop_and_resize"),
          ])
      ], inputs: [untyped("x")],
      initializers: [
        constant("roi", Tensor(floats: [0, 1e9])), constant("scales", Tensor(floats: [scale])),
      ])
  }

  /// What one cell of the output weighs counts, but not what all of them do.
  /// In float 1e-5 is a little less, so that the crop has a cell less than 10^6.
  @Test func tapsCount() throws {
    let x = Value.tensor(Tensor(floats: [Float](repeating: 1, count: 100)))
    let outputs = try Self.session(Self.averagingCrop(scale: 1e-5), limit: 1 << 30).run(["x": x])
    #expect(outputs["y"].map { "\($0.type)" } == "float[999999]")
    let error = #expect(throws: NodeError.self) {
      _ = try Self.session(Self.averagingCrop(scale: 1e-8), limit: 1 << 30).run(["x": x])
    }
    #expect(error?.message.contains("over the limit") == true, "\(error?.message ?? "")")
  }

  /// Between its axes this needs 2^40 numbers, though before and after it has 2^20.
  @Test func whatLiesBetweenTwoAxesCounts() throws {
    let extent = 1 << 20
    let graph = model(
      [node("Resize", ["x", "", "", "sizes"], ["y"], ["mode": .string("linear")])], inputs: [untyped("x")],
      initializers: [constant("sizes", Tensor(int64: [extent, 1]))])
    let x = Value.tensor(Tensor(floats: [Float](repeating: 1, count: extent), shape: [1, extent]))
    let error = #expect(throws: NodeError.self) { _ = try Self.session(graph, limit: 1 << 30).run(["x": x]) }
    #expect(error?.message.contains("over the limit") == true, "\(error?.message ?? "")")
  }

  /// Each node pads one number to 4,096: inference follows the elements of the first thousand or so.
  @Test func inferenceKeepsFewElements() throws {
    let nodes = (0..<3_000).map { node("Pad", ["t", "p"], ["y\($0)"]) } + [node("Identity", ["y0"])]
    let graph = model(
      nodes,
      initializers: [
        constant("t", Tensor(int64: [1])), constant("p", Tensor(int64: [0, 4_095])),
      ])
    let resolved = try Resolver.resolve(graph)
    let facts = try GraphInference().infer(resolved)
    let known = (0..<3_000).filter { index in
      resolved.slots[NameKey("y\(index)")].flatMap { facts.values[$0].constant } != nil
    }
    #expect((500...1_100).contains(known.count), "\(known.count)")
    #expect(
      resolved.slots[NameKey("y2999")].flatMap { facts.values[$0].type }.map { "\($0)" } == "int64[4096]")
  }
}
