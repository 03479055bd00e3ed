import GraphIR
import TensorCore

/// # GroupNormalization
///
/// Normalises each group of channels of each instance by its own mean and variance, then scales and shifts
/// it.
///
///     Y[n, c, d…] = scale[j] · (X[n, c, d…] − mean) / √(var + ε) + bias[j]
///
/// where mean and var go over the channels of the group g = c / (C / num_groups) and d…; j is g before 21 and
/// c from 21 on.
///
/// - Inputs: `X` (T): [N, C, D1, …, Dk]. `scale`, `bias` (T): [num_groups] before 21, [C] from 21.
/// - Outputs: `Y` (T): the shape of X.
/// - Attributes: `num_groups`: a divisor of C. `epsilon`: ε. `stash_type` (from 21): the least precision of
///   the normalisation; we compute in a wider one.
/// - Types: T is float16, float, double or bfloat16.
/// - Errors: a rank below 2; `num_groups` that does not divide C; `scale` or `bias` of another shape.
/// - Versions: 18 (deprecated since), 21 (scale and bias for each channel, `stash_type`).
/// - Source: onnx/defs/nn/defs.cc, old.cc.
/// - Notes: TSN-0031 (the variance is that of the population); TSN-0036 (precision).
package struct GroupNormalization: Operator {
  private static let version18 = OperatorVersion(
    since: 18, inputs: [.single("X", "T"), .single("scale", "T"), .single("bias", "T")],
    outputs: [.single("Y", "T")],
    attributes: [.float("epsilon", 1e-5), .required("num_groups", .int)], types: ["T": .floats],
    deprecated: true)
  private static let version21 = version18.then(
    since: 21, "scale and bias for each channel; stash_type", attributes: [.int("stash_type", 1)])
  package static let schema = OperatorSchema("GroupNormalization", versions: [version18, version21])

  package let epsilon: Double
  package let groups: Int
  /// Whether scale and bias have a number for each channel, not for each group.
  package let scalesChannels: Bool

  package init(_ node: NodeAttributes) throws {
    epsilon = Double(try node.float("epsilon"))
    groups = try node.int("num_groups")
    scalesChannels = node.since >= 21
    if node.has("stash_type") { _ = try node.floatingType("stash_type") }
    guard groups > 0 else {
      throw OperatorError(.invalidAttribute, "num_groups is \(groups), but must be positive")
    }
  }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let X = try inputs.required(0)
    if let x = X.dims { try checkChannels(x.map(\.number)) }
    return [Fact(X.type)]
  }

  private func checkChannels(_ x: [Int?]) throws {
    guard x.count >= 2 else {
      throw OperatorError(.invalidShape, "X has rank \(x.count), but needs [N, C, …], a rank of 2 or more")
    }
    if let channels = x[1], channels % groups != 0 {
      throw OperatorError(
        .invalidShape, "X has \(channels) channels, which num_groups = \(groups) does not divide")
    }
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let X = try inputs.tensor(0)
    try checkChannels(X.shape)
    let count = scalesChannels ? X.shape[1] : groups
    let scale = try inputs.channelVector(1, channels: count)
    let bias = try inputs.channelVector(2, channels: count)
    let size = max(X.shape[1] / groups, 1)
    let y = try normalizedGroups(X, groups: groups, epsilon) { x, channel in
      let j = scalesChannels ? channel : channel / size
      return x * scale[j] + bias[j]
    }
    return [.tensor(Tensor(X.elementType, shape: X.shape, rounding: y))]
  }
}
