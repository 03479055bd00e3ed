import GraphIR
import TensorCore

/// # NegativeLogLikelihoodLoss
///
/// How unlikely the target classes are, given log-probabilities.
///
///     l[n, d…] = −input[n, c, d…] · weight[c]      c = target[n, d…]; 0 where c is `ignore_index`
///     loss = l, Σ l, or Σ l / Σ weight[c]
///
/// - Inputs: `input` (T): [N, C, D1, …], log-probabilities. `target` (Tind): [N, D1, …], classes in 0..<C or
///   `ignore_index`. `weight` (T), optional: [C], by default ones.
/// - Outputs: `loss` (T): [N, D1, …] with reduction none, otherwise a scalar.
/// - Attributes: `reduction`: none, sum or mean, by default mean. `ignore_index`: a class that does not
///   count, also not in the divisor of the mean.
/// - Types: T is float16, float or double; also bfloat16 from 22. Tind is int32 or int64.
/// - Errors: shapes that do not fit together; a class out of range.
/// - Versions: 12, 13 (no change of meaning), 22 (bfloat16).
/// - Source: onnx/defs/math/defs.cc, old.cc.
/// - Notes: TSN-0025 (the mean of no samples is NaN).
struct NegativeLogLikelihoodLoss: Operator {
  private static let version12 = OperatorVersion(
    since: 12, inputs: [.single("input", "T"), .single("target", "Tind"), .optional("weight", "T")],
    outputs: [.single("loss", "T")],
    attributes: [.optional("ignore_index", .int), .string("reduction", "mean")],
    types: ["T": .ieeeFloats, "Tind": .indices])
  private static let version13 = version12.then(since: 13, "no change of meaning")
  private static let version22 = version13.then(since: 22, "bfloat16", types: ["T": .floats])
  static let schema = OperatorSchema(
    "NegativeLogLikelihoodLoss", versions: [version12, version13, version22])

  let loss: ClassLoss

  init(_ node: NodeAttributes) throws { loss = try ClassLoss(node) }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let (input, target) = (try inputs.required(0), try inputs.required(1))
    guard let type = input.elementType else { return [.unknown] }
    return [.tensor(type, try loss.dims(scores: input.dims, target: target.dims))]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let input = try inputs.tensor(0)
    let loss = try loss.value(
      input.doubles(), shape: input.shape, target: inputs.tensor(1), weight: inputs.optionalTensor(2),
      of: input.elementType)
    return [.tensor(loss)]
  }
}
