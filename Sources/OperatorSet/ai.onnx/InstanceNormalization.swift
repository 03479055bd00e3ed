import GraphIR
import TensorCore

/// # InstanceNormalization
///
/// Normalises each channel of each instance by its own mean and variance, then scales and shifts it.
///
///     output[n, c, d…] = scale[c] · (input[n, c, d…] − mean) / √(var + ε) + B[c]      mean, var over d…
///
/// - Inputs: `input` (T): [N, C, D1, …, Dk]. `scale`, `B` (T): [C].
/// - Outputs: `output` (T): the shape of `input`.
/// - Attributes: `epsilon`: ε. `consumed_inputs` (1): a hint without effect.
/// - Types: T is float16, float or double; also bfloat16 from 22.
/// - Errors: a rank below 3; `scale` or `B` of another shape than [C].
/// - Versions: 1, 6 (no `consumed_inputs`), 22 (bfloat16).
/// - Source: onnx/defs/nn/defs.cc, old.cc.
/// - Notes: TSN-0031 (the variance is that of the population).
package struct InstanceNormalization: Operator {
  private static let version1 = OperatorVersion(
    since: 1, inputs: [.single("input", "T"), .single("scale", "T"), .single("B", "T")],
    outputs: [.single("output", "T")],
    attributes: [.optional("consumed_inputs", .ints), .float("epsilon", 1e-5)],
    types: ["T": .ieeeFloats])
  private static let version6 = version1.then(
    since: 6, "consumed_inputs dropped", removing: ["consumed_inputs"])
  private static let version22 = version6.then(since: 22, "bfloat16", types: ["T": .floats])
  package static let schema = OperatorSchema(
    "InstanceNormalization", versions: [version1, version6, version22])

  package let epsilon: Double

  package init(_ node: NodeAttributes) throws { epsilon = Double(try node.float("epsilon")) }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let input = try inputs.required(0)
    if let rank = input.rank { try checkPoolingRank(rank) }
    return [Fact(input.type)]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let input = try inputs.tensor(0)
    try checkPoolingRank(input.rank)
    let channels = input.shape[1]
    let scale = try inputs.channelVector(1, channels: channels)
    let B = try inputs.channelVector(2, channels: channels)
    let y = try normalizedGroups(input, groups: channels, epsilon) { $0 * scale[$1] + B[$1] }
    return [.tensor(Tensor(input.elementType, shape: input.shape, rounding: y))]
  }
}
