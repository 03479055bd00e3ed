import GraphIR
import TensorCore

/// # TreeEnsembleRegressor
///
/// Decision trees whose leaves add to the values of targets.
///
///     Y[n, t] = post_transform(base_values[t] + aggregate of the weights for t at the leaf of each tree)
///
/// - Inputs: `X` (T): [N, F], or [F] for one row.
/// - Outputs: `Y` (tensor(float)): [N, n_targets].
/// - Attributes: `nodes_treeids`, `nodes_nodeids`, `nodes_featureids`, `nodes_values`, `nodes_modes`,
///   `nodes_truenodeids`, `nodes_falsenodeids`, `nodes_missing_value_tracks_true`: each node's tree, number,
///   feature, threshold, comparison, children, and where NaN goes. `nodes_hitrates`: without effect.
///   `target_treeids`, `target_nodeids`, `target_ids`, `target_weights`: each vote's leaf, target and weight.
///   `base_values`: added at the end. `n_targets`: how many there are, by default those named.
///   `aggregate_function` (default SUM): SUM, AVERAGE over the trees, MIN or MAX. `post_transform` (default
///   NONE). `nodes_values_as_tensor`, `nodes_hitrates_as_tensor`, `target_weights_as_tensor`,
///   `base_values_as_tensor` (from 3): the same with digits of double.
/// - Types: T is float, double, int32 or int64.
/// - Errors: attributes that differ in length, nodes that are missing or form a circle, features that X
///   lacks.
/// - Versions: 1, 3 (attributes as tensors), 5 (deprecated: use TreeEnsemble).
/// - Source: onnx/defs/traditionalml/defs.cc, old.cc.
/// - Notes: TSN-0045 (a single target is transformed too), TSN-0046 (LOGISTIC), TSN-0047 (PROBIT).
package struct TreeEnsembleRegressor: TransformsTargets {
  private static let version1 = OperatorVersion(
    since: 1, inputs: [.single("X", "T")], outputs: [.single("Y", "tensor(float)")],
    attributes: [
      .string("aggregate_function", "SUM"), .optional("base_values", .floats), .optional("n_targets", .int),
      .optional("nodes_falsenodeids", .ints), .optional("nodes_featureids", .ints),
      .optional("nodes_hitrates", .floats), .optional("nodes_missing_value_tracks_true", .ints),
      .optional("nodes_modes", .strings), .optional("nodes_nodeids", .ints),
      .optional("nodes_treeids", .ints), .optional("nodes_truenodeids", .ints),
      .optional("nodes_values", .floats), .string("post_transform", "NONE"), .optional("target_ids", .ints),
      .optional("target_nodeids", .ints), .optional("target_treeids", .ints),
      .optional("target_weights", .floats),
    ], types: ["T": .indices | .tensors(.double, .float)])
  private static let version3 = version1.then(
    since: 3, "attributes as tensors",
    attributes: [
      .optional("base_values_as_tensor", .tensor), .optional("nodes_hitrates_as_tensor", .tensor),
      .optional("nodes_values_as_tensor", .tensor), .optional("target_weights_as_tensor", .tensor),
    ])
  private static let version5 = version3.then(since: 5, "deprecated: use TreeEnsemble", deprecated: true)
  package static let schema = OperatorSchema(
    "TreeEnsembleRegressor", domain: "ai.onnx.ml", versions: [version1, version3, version5])

  let trees: DecisionTrees
  package let targets: Int
  let aggregation: DecisionTrees.Aggregation
  package let baseValues: [Double]
  let postTransform: PostTransform
  var leavesSingleScores = false

  package init(_ node: NodeAttributes) throws {
    let named = node.optionalInts("target_ids")?.max() ?? 0
    targets = node.optionalInt("n_targets") ?? max(named, 0) &+ 1
    guard targets > 0, targets < 1 << 31 else {
      throw OperatorError(.invalidAttribute, "n_targets is \(targets), but must be a positive 32-bit number")
    }
    trees = try DecisionTrees(node, votes: "target", targets: targets)
    aggregation = try node.choice("aggregate_function")
    baseValues = floats(node, "base_values")
    postTransform = try node.choice("post_transform")
    guard baseValues.isEmpty || baseValues.count == targets else {
      throw OperatorError(
        .invalidAttribute, "base_values holds \(baseValues.count) numbers, but there are \(targets) targets")
    }
  }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    [.tensor(.float, [FeatureRows.dim(try inputs.required(0)), .value(targets)])]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let X = try FeatureRows(inputs.tensor(0))
    _ = try elementCount([X.rows, targets])
    let scores = try trees.scores(X, targets: targets, aggregation).flatMap { votes in
      let row = votes.map { $0 ?? 0 }
      return try transformed(row.indices.map { row[$0] + (baseValues.isEmpty ? 0 : baseValues[$0]) })
    }
    return [.tensor(Tensor(.float, shape: [X.rows, targets], rounding: scores))]
  }
}
