import Analysis
import Execution
import GraphIR
import TensorCore
import Testing

/// Empty tensors whose other extents are huge: a few bytes of a file, over which no loop may go.
@Suite(.timeLimit(.minutes(1))) struct EmptyTensorTests {
  private static let shapes = [[1 << 40, 0], [0, 1 << 40], [1 << 40, 0, 1 << 40], [0, 1 << 62, 1 << 62]]

  private static func empty(_ shape: [Int]) -> Tensor { Tensor(.float, shape: shape) { _ in } }

  @Test(arguments: shapes, [true, false])
  func initializersAreRefused(shape: [Int], folds: Bool) throws {
    var options = SessionOptions()
    options.graphOptimizationLevel = folds ? .all : .none
    let model = model(
      [node("ArgMax", ["x"], ["y"], ["axis": .int(0)])], initializers: [constant("x", Self.empty(shape))])
    let error = #expect(throws: OperatorError.self) { _ = try Session(model, options: options) }
    #expect(error?.description.contains("initializer 'x'") == true, "\(error.map { "\($0)" } ?? "")")
  }

  @Test(arguments: shapes) func constantsAreRefused(shape: [Int]) throws {
    let model = model([
      node("Constant", [], ["x"], ["value": .tensor(Self.empty(shape))]), node("Softmax", ["x"]),
    ])
    #expect(throws: NodeError.self) { _ = try Session(model) }
  }

  @Test(arguments: shapes) func inputsAreRefused(shape: [Int]) throws {
    let session = try Session(model([node("Softmax", ["x"])], inputs: [untyped("x")]))
    let error = #expect(throws: FeedError.self) { _ = try session.run(["x": .tensor(Self.empty(shape))]) }
    #expect(error?.description.contains("input 'x'") == true)
  }

  /// A value that no session has held against the limit: what the model declares stands for its huge extent.
  @Test func inferenceBearsHugeConstants() throws {
    let graph = try Resolver.resolve(model([node("Round", ["x"])], inputs: [float("x", 1, 4, 5, 3)]))
    let x = Self.empty([2, 0, 1 << 62, 4])
    let facts = try GraphInference().infer(graph, inputs: [Fact(of: .tensor(x))])
    let y = graph.slots[NameKey("y")].flatMap { facts.values[$0].type }
    #expect(y.map { "\($0)" } == "float[2,0,5,4]")
  }

  /// Paddings that make 2^26 empty cells: allowed, and made without a look at any.
  @Test(arguments: ["Conv", "MaxPool", "AveragePool"], [true, false])
  func padsOfNoChannels(opType: String, isConstant: Bool) throws {
    let pads = NamedAttribute("pads", .ints([1 << 13, 1 << 13, 0, 0]))
    var layer = node(opType, opType == "Conv" ? ["x", "w"] : ["x"])
    layer.attributes = [pads]
    if opType != "Conv" { layer.attributes.append(NamedAttribute("kernel_shape", .ints([1, 1]))) }
    let (x, w) = (Self.empty([1, 0, 2, 2]), Self.empty([0, 0, 1, 1]))
    let graph = model(
      [layer], inputs: isConstant ? [] : [untyped("x")],
      initializers: [constant("w", w)] + (isConstant ? [constant("x", x)] : []))
    let outputs = try Session(graph).run(isConstant ? [:] : ["x": .tensor(x)])
    #expect(outputs["y"].map { "\($0.type)" } == "float[1,0,8194,8194]")
  }

  @Test(arguments: ["Conv", "MaxPool", "AveragePool"])
  func padsBeyondTheLimit(opType: String) throws {
    var layer = node(opType, opType == "Conv" ? ["x", "w"] : ["x"])
    layer.attributes = [NamedAttribute("pads", .ints([1 << 31, 1 << 31, 0, 0]))]
    if opType != "Conv" { layer.attributes.append(NamedAttribute("kernel_shape", .ints([1, 1]))) }
    let graph = model(
      [layer],
      initializers: [constant("w", Self.empty([0, 0, 1, 1])), constant("x", Self.empty([1, 0, 2, 2]))])
    let error = #expect(throws: NodeError.self) { _ = try Session(graph).run([:]) }
    #expect(error?.opType == opType)
  }

  /// 2^62 heads of no features each.
  @Test(arguments: ["Attention", "LinearAttention", "RotaryEmbedding"], [true, false])
  func headsBeyondTheLimit(opType: String, isConstant: Bool) throws {
    let heads = Attribute.int(1 << 62)
    let attributes: [String: Attribute] =
      opType == "RotaryEmbedding"
      ? ["num_heads": heads] : ["q_num_heads": heads, "kv_num_heads": heads]
    let names = ["x0", "x1", "x2"]
    var layer = node(opType, names, ["y"], attributes)
    if opType == "LinearAttention" {
      layer.attributes.append(NamedAttribute("update_rule", .string("linear")))
    }
    let values = names.map { constant($0, Self.empty([1, 2, 0])) }
    let graph = model(
      [layer], inputs: isConstant ? [] : names.map(untyped), initializers: isConstant ? values : [],
      opset: 27)
    let feeds = values.map { ($0.name, Value.tensor($0.tensor)) }
    let error = #expect(throws: NodeError.self) {
      _ = try Session(graph).run(isConstant ? [:] : NamedValues(feeds))
    }
    #expect(error?.opType == opType)
  }

  /// Rows of regions that are no corners, and fewer regions than images: nothing is computed, but nothing is right.
  @Test(arguments: [([0, 1 << 16], 0), ([0, 4], 1), ([0, 1 << 16], 1)])
  func regionsThatDoNotFit(rois: [Int], images: Int) throws {
    let graph = model(
      [node("RoiAlign", ["x", "r", "i"], ["y"])], inputs: [untyped("x"), untyped("r")],
      initializers: [constant("i", Tensor(int64: [Int](repeating: 0, count: images), shape: [images]))])
    let x = Tensor(floats: [Float](repeating: 1, count: 16), shape: [1, 1, 4, 4])
    let error = #expect(throws: NodeError.self) {
      _ = try Session(graph).run(["x": .tensor(x), "r": .tensor(Self.empty(rois))])
    }
    #expect(error?.kind == .invalidShape)
  }

  /// The scores' rank is known and too small, that of the classes is not.
  @Test(arguments: ["NegativeLogLikelihoodLoss", "SoftmaxCrossEntropyLoss"], ["none", "mean"])
  func lossesOfScalars(opType: String, reduction: String) throws {
    let graph = model(
      [node(opType, ["x", "t"], ["y"], ["reduction": .string(reduction)])],
      inputs: [float("x"), untyped("t")])
    let error = #expect(throws: NodeError.self) { _ = try Session(graph) }
    #expect(error?.kind == .invalidShape)
  }
}
