import Analysis
import Execution
import GraphIR
import TensorCore
import Testing

/// Empty tensors whose other extents are huge: a few bytes of a file, over which no loop may go.
@Suite(.timeLimit(.minutes(1))) struct EmptyTensorTests {
  private static func empty(_ shape: [Int]) -> Tensor { Tensor(.float, shape: shape) { _ in } }

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
      _ = try Session(graph).run(isConstant ? [:] : Dictionary(feeds) { $1 })
    }
    #expect(error?.opType == opType)
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
