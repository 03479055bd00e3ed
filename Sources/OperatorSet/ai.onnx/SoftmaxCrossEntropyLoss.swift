import GraphIR
import TensorCore

/// # SoftmaxCrossEntropyLoss
///
/// How unlikely the labels are under the softmax of scores.
///
///     log_prob[n, c, d…] = scores[n, c, d…] − log Σ k  exp(scores[n, k, d…])
///     l[n, d…] = −log_prob[n, c, d…] · weights[c]      c = labels[n, d…]; 0 where c is `ignore_index`
///     output = l, Σ l, or Σ l / Σ weights[c]
///
/// - Inputs: `scores` (T): [N, C, D1, …]. `labels` (Tind): [N, D1, …], classes in 0..<C or `ignore_index`.
///   `weights` (T), optional: [C], by default ones.
/// - Outputs: `output` (T): [N, D1, …] with reduction none, otherwise a scalar. `log_prob` (T), optional: the
///   shape of `scores`.
/// - Attributes: `reduction`: none, sum or mean, by default mean. `ignore_index`: a class that does not
///   count, also not in the divisor of the mean.
/// - Types: T is float16, float or double; also bfloat16 from 13. Tind is int32 or int64.
/// - Errors: shapes that do not fit together; a class out of range.
/// - Versions: 12, 13 (bfloat16).
/// - Source: onnx/defs/math/defs.cc, old.cc.
/// - Notes: TSN-0025 (the mean of no samples is NaN).
struct SoftmaxCrossEntropyLoss: Operator {
  private static let version12 = OperatorVersion(
    since: 12, inputs: [.single("scores", "T"), .single("labels", "Tind"), .optional("weights", "T")],
    outputs: [.single("output", "T"), .optional("log_prob", "T")],
    attributes: [.optional("ignore_index", .int), .string("reduction", "mean")],
    types: ["T": .ieeeFloats, "Tind": .indices])
  private static let version13 = version12.then(since: 13, "bfloat16", types: ["T": .floats])
  static let schema = OperatorSchema("SoftmaxCrossEntropyLoss", versions: [version12, version13])

  let loss: ClassLoss

  init(_ node: NodeAttributes) throws { loss = try ClassLoss(node) }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let (scores, labels) = (try inputs.required(0), try inputs.required(1))
    guard let type = scores.elementType else { return [.unknown, .unknown] }
    return [.tensor(type, try loss.dims(scores: scores.dims, target: labels.dims)), Fact(scores.type)]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let scores = try inputs.tensor(0)
    guard scores.rank >= 2 else {
      throw OperatorError(
        .invalidShape, "scores has shape \(scores.shape), but must have shape [N, C, D1, …]")
    }
    let x = scores.doubles()
    var logP = x
    try AxisView(scores.shape, axis: 1).forEachLine { line in
      let largest = try line.reduce(-Double.infinity, spending: 1) { max($0, x[$1]) }
      let sum = try line.reduce(0, spending: 1) { $0 + exp(x[$1] - largest) }
      for i in line { logP[i] = x[i] - largest - log(sum) }
    }
    let loss = try loss.value(
      logP, shape: scores.shape, target: inputs.tensor(1), weight: inputs.optionalTensor(2),
      of: scores.elementType)
    return [.tensor(loss), .tensor(Tensor(scores.elementType, shape: scores.shape, rounding: logP))]
  }
}
