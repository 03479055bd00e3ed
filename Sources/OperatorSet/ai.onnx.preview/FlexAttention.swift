import GraphIR
import TensorCore

/// # FlexAttention
///
/// Scaled dot-product attention whose scores and probabilities subgraphs may change.
///
///     S = score_mod(scale · Q·Kᵀ)      P = prob_mod(softmax(S))      Y = P·V
///
/// for each batch and head; query head h uses head h / (q_num_heads / kv_num_heads) of K and V.
///
/// - Inputs: `Q` (T1): [batch, query heads, queries, size]. `K` (T1): [batch, key heads, keys, size]. `V`
///   (T1): [batch, key heads, keys, value size].
/// - Outputs: `Y` (T1): [batch, query heads, queries, value size].
/// - Attributes: `scale`: by default 1/√size. `score_mod`, `prob_mod`: graphs of one input and one output of
///   the same shape, [batch, query heads, queries, keys], and of the type of `softmax_precision`. That is by
///   default float, double for double.
/// - Types: T1 is float16, float, double or bfloat16.
/// - Errors: shapes that do not fit together; a graph that changes shape or type.
/// - Versions: 1.
/// - Source: onnx/defs/preview/defs.cc.
/// - Notes: TSN-0029 (a row that is −∞ throughout yields 0); TSN-0036 (rounded to the softmax's type only on
///   the way into a graph).
struct FlexAttention: Operator {
  private static let version1 = OperatorVersion(
    since: 1, inputs: [.single("Q", "T1"), .single("K", "T1"), .single("V", "T1")],
    outputs: [.single("Y", "T1")],
    attributes: [
      .optional("prob_mod", .graph), .optional("scale", .float), .optional("score_mod", .graph),
      .optional("softmax_precision", .int),
    ],
    types: ["T1": .floats])
  static let schema = OperatorSchema("FlexAttention", domain: "ai.onnx.preview", versions: [version1])

  let scale: Double?
  let softmaxType: ElementType?
  let modifiesScores: Bool
  let modifiesProbabilities: Bool

  init(_ node: NodeAttributes) throws {
    scale = node.optionalFloat("scale").map(Double.init)
    softmaxType = node.has("softmax_precision") ? try node.floatingType("softmax_precision") : nil
    modifiesScores = node.has("score_mod")
    modifiesProbabilities = node.has("prob_mod")
    for name in ["score_mod", "prob_mod"] where node.has(name) {
      let graph = try node.graph(name)
      guard graph.inputs.count == 1, graph.outputs.count == 1 else {
        throw OperatorError(
          .invalidAttribute,
          "\(name) has \(graph.inputs.count) inputs and \(graph.outputs.count) outputs, but "
            + "must have one of each")
      }
    }
  }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let (Q, K, V) = (try inputs.required(0), try inputs.required(1), try inputs.required(2))
    for (name, fact) in [("Q", Q), ("K", K), ("V", V)] {
      if let rank = fact.rank, rank != 4 {
        throw OperatorError(.invalidShape, "\(name) has rank \(rank), but must have rank 4")
      }
    }
    try AttentionHeads.check(Q: Q.dims, K: K.dims, V: V.dims)
    guard let type = Q.elementType else { return [.unknown] }
    guard let q = Q.dims else { return [.tensor(type, V.dims.map { [$0[0], .unknown, .unknown, $0[3]] })] }
    return [.tensor(type, [q[0], q[1], q[2], V.dim(3)])]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let Q = try inputs.tensor(0)
    let heads = try AttentionHeads(Q: Q, K: inputs.tensor(1), V: inputs.tensor(2))
    let type = softmaxType ?? (Q.elementType == .double ? .double : .float)
    func modified(_ numbers: [Double], by graph: String) throws -> [Double] {
      let input = Tensor(type, shape: heads.scoresShape, rounding: numbers)
      guard case .tensor(let output)? = try context.runSubgraph(graph, [.tensor(input)]).first,
        output.shape == input.shape, output.elementType == type
      else {
        throw OperatorError(.invalidShape, "\(graph) must yield \(type)\(input.shape), as it is given")
      }
      return output.doubles()
    }
    var scores = try heads.scores(scale: scale ?? 1 / sqrt(Double(heads.size)))
    if modifiesScores { scores = try modified(scores, by: "score_mod") }
    var probabilities = try heads.softmax(scores)
    if modifiesProbabilities { probabilities = try modified(probabilities, by: "prob_mod") }
    return [
      .tensor(Tensor(Q.elementType, shape: heads.outputShape, rounding: try heads.weighed(probabilities)))
    ]
  }
}
