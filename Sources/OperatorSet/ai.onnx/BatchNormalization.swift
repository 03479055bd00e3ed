import GraphIR
import TensorCore

/// # BatchNormalization
///
/// Normalises each channel by its mean and variance, then scales and shifts it.
///
///     Y[n, c, d…] = (X[n, c, d…] − mean[c]) / √(var[c] + ε) · scale[c] + B[c]
///
/// The statistics are the given ones, or in training those of X over n and d…; then also
///
///     running_mean = input_mean · momentum + mean · (1 − momentum)      likewise running_var
///
/// - Inputs: `X` (T): [N, C, D1, …, Dk]; a vector has one channel. `scale`, `B` (T, T1 from 15), `mean` and
///   `var` (T; from 14 `input_mean` and `input_var`, U, T2 from 15): [C].
/// - Outputs: `Y` (T). In training also `mean`, `var` (from 14 `running_mean`, `running_var`), and before 14
///   `saved_mean` and `saved_var`, the statistics of X.
/// - Attributes: `epsilon`: ε. `momentum`. `training_mode` (from 14): 1 means training. `is_test` (to 6): 0
///   means training. `spatial` (to 8): 0 keeps statistics for each element of [C, D1, …, Dk], over n only.
///   `consumed_inputs` (1): a hint without effect.
/// - Types: T is float16, float or double; also bfloat16 from 14, where the statistics may have another type
///   U, and from 15 the scale a third one.
/// - Errors: statistics whose shape does not fit X; from 14 more than one output without training.
/// - Versions: 1, 6 (no `consumed_inputs`), 7 (no `is_test`: more than one output means training), 9 (no
///   `spatial`), 14 (`training_mode`, two statistics outputs, bfloat16), 15 (a type for scale and B).
/// - Source: onnx/defs/nn/defs.cc, old.cc.
/// - Notes: TSN-0031 (how training is signalled; the population variance; batch statistics normalise Y).
package struct BatchNormalization: Operator {
  private static let version1 = OperatorVersion(
    since: 1,
    inputs: [
      .single("X", "T"), .single("scale", "T"), .single("B", "T"), .single("mean", "T"), .single("var", "T"),
    ],
    outputs: [
      .single("Y", "T"), .optional("mean", "T"), .optional("var", "T"), .optional("saved_mean", "T"),
      .optional("saved_var", "T"),
    ],
    attributes: [
      .required("consumed_inputs", .ints), .float("epsilon", 1e-5), .int("is_test", 0),
      .float("momentum", 0.9), .int("spatial", 1),
    ],
    types: ["T": .ieeeFloats])
  private static let version6 = version1.then(
    since: 6, "consumed_inputs dropped", removing: ["consumed_inputs"])
  private static let version7 = version6.then(
    since: 7, "more than one output means training", removing: ["is_test"])
  private static let version9 = version7.then(since: 9, "statistics by channel only", removing: ["spatial"])
  private static let version14 = version9.then(
    since: 14, "training_mode; statistics of a type of their own; bfloat16",
    inputs: [
      .single("X", "T"), .single("scale", "T"), .single("B", "T"), .single("input_mean", "U"),
      .single("input_var", "U"),
    ],
    outputs: [.single("Y", "T"), .optional("running_mean", "U"), .optional("running_var", "U")],
    attributes: [.int("training_mode", 0)], types: ["T": .floats, "U": .floats])
  private static let version15 = version14.then(
    since: 15, "scale and B of a type of their own",
    inputs: [
      .single("X", "T"), .single("scale", "T1"), .single("B", "T1"), .single("input_mean", "T2"),
      .single("input_var", "T2"),
    ],
    outputs: [.single("Y", "T"), .optional("running_mean", "T2"), .optional("running_var", "T2")],
    types: ["T1": .floats, "T2": .floats])
  package static let schema = OperatorSchema(
    "BatchNormalization", versions: [version1, version6, version7, version9, version14, version15])

  package let epsilon: Double
  package let momentum: Double
  package let isTraining: Bool
  /// Whether all elements of a channel share statistics.
  package let isSpatial: Bool
  package let hasSavedStatistics: Bool

  package init(_ node: NodeAttributes) throws {
    epsilon = Double(try node.float("epsilon"))
    momentum = Double(try node.float("momentum"))
    isSpatial = node.optionalInt("spatial") != 0
    hasSavedStatistics = node.since < 14
    if node.since < 7 {
      isTraining = node.optionalInt("is_test") == 0
    } else if node.since < 14 {
      isTraining = (1..<max(node.outputCount, 1)).contains(where: node.hasOutput)
    } else {
      isTraining = try node.flag("training_mode")
      if !isTraining && (1..<max(node.outputCount, 1)).contains(where: node.hasOutput) {
        throw OperatorError(.invalidAttribute, "only Y may be asked for unless training_mode is 1")
      }
    }
  }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let (X, mean) = (try inputs.required(0), try inputs.required(3))
    guard let type = X.elementType else { return [.unknown] }
    var dims = mean.dims
    if let x = X.dims {
      let wanted = statisticsShape(x, one: .value(1))
      for i in 1...4 { try checkStatistics(try inputs.required(i).dims, wanted, name: inputs.name(i)) }
      dims = wanted
    }
    let statistics = Fact.tensor(mean.elementType ?? type, dims)
    return [Fact(X.type)] + [Fact](repeating: statistics, count: hasSavedStatistics ? 4 : 2)
  }

  /// [C], or [C, D1, …, Dk] without `spatial`; one channel for a vector.
  private func statisticsShape<E>(_ x: [E], one: E) -> [E] {
    if x.count < 2 { return [one] }
    return isSpatial ? [x[1]] : Array(x.dropFirst())
  }

  private func checkStatistics(_ given: [Dim]?, _ wanted: [Dim], name: String) throws {
    guard let given else { return }
    let fits =
      given.count == wanted.count
      && zip(given, wanted).allSatisfy { $0.number == nil || $1.number == nil || $0 == $1 }
    guard fits else {
      throw OperatorError(.invalidShape, "\(name) has shape \(given), but X asks for \(wanted)")
    }
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let X = try inputs.tensor(0)
    let wanted = statisticsShape(X.shape, one: 1)
    let given = try (1...4).map { i in
      let tensor = try inputs.tensor(i)
      try checkStatistics(tensor.shape.map(Dim.value), wanted.map(Dim.value), name: inputs.name(i))
      return tensor.doubles()
    }
    let channels = wanted.product
    // X is seen as [outer, channel, inner].
    let outer = X.rank < 2 ? 1 : X.count == 0 ? 0 : X.shape[0]
    let inner = X.rank < 2 ? X.count : isSpatial ? X.shape.dropFirst(2).product : 1
    let x = X.doubles()
    var y = x
    var moments: [Moments] = []
    for c in 0..<channels {
      let cells = try (0..<outer).flatMap(spending: inner) { n in
        (0..<inner).map { (n * channels + c) * inner + $0 }
      }
      let m = isTraining ? try Moments(x, at: cells) : Moments(mean: given[2][c], variance: given[3][c])
      try cells.forEach(spending: 1) { i in y[i] = m.normalize(x[i], epsilon) * given[0][c] + given[1][c] }
      moments.append(m)
    }
    let Y = Tensor(X.elementType, shape: X.shape, rounding: y)
    return try [.tensor(Y)] + statistics(moments, given, of: inputs.tensor(3).elementType, shape: wanted)
  }

  /// The outputs after Y: running mean and variance, and before 14 also those of X.
  private func statistics(_ moments: [Moments], _ given: [[Double]], of type: ElementType, shape: [Int])
    -> [Value]
  {
    func tensor(_ values: [Double]) -> Value { .tensor(Tensor(type, shape: shape, rounding: values)) }
    func running(_ old: [Double], _ new: [Double]) -> [Double] {
      isTraining ? zip(old, new).map { $0 * momentum + $1 * (1 - momentum) } : old
    }
    let (mean, variance) = (moments.map(\.mean), moments.map(\.variance))
    let updated = [tensor(running(given[2], mean)), tensor(running(given[3], variance))]
    return hasSavedStatistics ? updated + [tensor(mean), tensor(variance)] : updated
  }
}
