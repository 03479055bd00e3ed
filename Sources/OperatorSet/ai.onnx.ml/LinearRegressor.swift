import GraphIR
import TensorCore

/// # LinearRegressor
///
/// Values that are linear in the features.
///
///     Y[n, t] = post_transform(Σ_c coefficients[t, c] · X[n, c] + intercepts[t])
///
/// - Inputs: `X` (T): [N, C], or [C] for one row.
/// - Outputs: `Y` (tensor(float)): [N, targets].
/// - Attributes: `coefficients`: [targets, C]. `intercepts`: [targets], by default 0. `targets` (default 1).
///   `post_transform` (default NONE).
/// - Types: T is float, double, int32 or int64.
/// - Errors: numbers of coefficients, intercepts, targets and features that do not fit together.
/// - Versions: 1.
/// - Source: onnx/defs/traditionalml/defs.cc.
/// - Notes: TSN-0045 (a single target is transformed too), TSN-0046 (LOGISTIC), TSN-0047 (PROBIT).
package struct LinearRegressor: TransformsTargets {
  private static let version1 = OperatorVersion(
    since: 1, inputs: [.single("X", "T")], outputs: [.single("Y", "tensor(float)")],
    attributes: [
      .optional("coefficients", .floats), .optional("intercepts", .floats), .string("post_transform", "NONE"),
      .int("targets", 1),
    ], types: ["T": .indices | .tensors(.double, .float)])
  package static let schema = OperatorSchema("LinearRegressor", domain: "ai.onnx.ml", versions: [version1])

  let scores: LinearScores
  let postTransform: PostTransform
  var leavesSingleScores = false

  package init(_ node: NodeAttributes) throws {
    scores = try LinearScores(node, rows: try node.int("targets"))
    postTransform = try node.choice("post_transform")
  }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    [.tensor(.float, [FeatureRows.dim(try inputs.required(0)), .value(scores.rows)])]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let X = try FeatureRows(inputs.tensor(0))
    let Y = try (0..<X.rows).flatMap { try transformed(scores.row(X, $0)) }
    return [.tensor(Tensor(.float, shape: [X.rows, scores.rows], rounding: Y))]
  }
}
