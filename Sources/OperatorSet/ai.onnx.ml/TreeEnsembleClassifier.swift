import GraphIR
import TensorCore

/// # TreeEnsembleClassifier
///
/// Decision trees whose leaves vote for classes; the class with the most votes wins.
///
///     score[c] = base_values[c] + Σ weights of the votes for c at the leaf of each tree
///     Y = label of the largest score,  Z = post_transform(score)
///
/// With two labels and votes for one class id only, that score s alone decides: where no weight is negative
/// it is a probability, Y is the second label if s > 0.5 and Z = [1 − s, s]; otherwise it is a margin, Y is
/// the second label if s > 0 and Z = [−s, s]. LOGISTIC makes Z = [σ(−s), σ(s)].
///
/// - Inputs: `X` (T1): [N, F], or [F] for one row.
/// - Outputs: `Y` (T2): [N], the labels. `Z` (tensor(float)): [N, classes], the scores.
/// - Attributes: `nodes_treeids`, `nodes_nodeids`, `nodes_featureids`, `nodes_values`, `nodes_modes`,
///   `nodes_truenodeids`, `nodes_falsenodeids`, `nodes_missing_value_tracks_true`: each node's tree, number,
///   feature, threshold, comparison, children, and where NaN goes. `nodes_hitrates`: without effect.
///   `class_treeids`, `class_nodeids`, `class_ids`, `class_weights`: each vote's leaf, class and weight.
///   `base_values`: what scores start from. `classlabels_int64s` or `classlabels_strings`: the labels.
///   `post_transform` (default NONE). `nodes_values_as_tensor`, `nodes_hitrates_as_tensor`,
///   `class_weights_as_tensor`, `base_values_as_tensor` (from 3): the same with digits of double.
/// - Types: T1 is float, double, int32 or int64; T2 is int64 or string.
/// - Errors: attributes that differ in length, nodes that are missing or form a circle, features that X
///   lacks.
/// - Versions: 1, 3 (attributes as tensors), 5 (deprecated: use TreeEnsemble).
/// - Source: onnx/defs/traditionalml/defs.cc, old.cc.
/// - Notes: TSN-0063: the text leaves the case of two labels open; it is decided as by ONNX Runtime for the
///   models that converters write, whose votes all have class id 0.
package struct TreeEnsembleClassifier: Operator {
  private static let version1 = OperatorVersion(
    since: 1, inputs: [.single("X", "T1")], outputs: [.single("Y", "T2"), .single("Z", "tensor(float)")],
    attributes: [
      .optional("base_values", .floats), .optional("class_ids", .ints), .optional("class_nodeids", .ints),
      .optional("class_treeids", .ints), .optional("class_weights", .floats),
      .optional("classlabels_int64s", .ints), .optional("classlabels_strings", .strings),
      .optional("nodes_falsenodeids", .ints), .optional("nodes_featureids", .ints),
      .optional("nodes_hitrates", .floats), .optional("nodes_missing_value_tracks_true", .ints),
      .optional("nodes_modes", .strings), .optional("nodes_nodeids", .ints),
      .optional("nodes_treeids", .ints), .optional("nodes_truenodeids", .ints),
      .optional("nodes_values", .floats), .string("post_transform", "NONE"),
    ], types: ["T1": .indices | .tensors(.double, .float), "T2": .tensors(.int64, .string)])
  private static let version3 = version1.then(
    since: 3, "attributes as tensors",
    attributes: [
      .optional("base_values_as_tensor", .tensor), .optional("class_weights_as_tensor", .tensor),
      .optional("nodes_hitrates_as_tensor", .tensor), .optional("nodes_values_as_tensor", .tensor),
    ])
  private static let version5 = version3.then(since: 5, "deprecated: use TreeEnsemble", deprecated: true)
  package static let schema = OperatorSchema(
    "TreeEnsembleClassifier", domain: "ai.onnx.ml", versions: [version1, version3, version5])

  let trees: DecisionTrees
  /// Whether the votes are for one of two classes alone, whose score decides between both.
  private let isPair: Bool
  private let isProbability: Bool
  let labels: ClassLabels
  package let baseValues: [Double]
  let postTransform: PostTransform

  package init(_ node: NodeAttributes) throws {
    labels = try ClassLabels(node, integers: "classlabels_int64s")
    trees = try DecisionTrees(node, votes: "class", targets: labels.count)
    baseValues = floats(node, "base_values")
    postTransform = try node.choice("post_transform")
    isPair = labels.count == 2 && Set(trees.votes.map(\.target)).count == 1 && baseValues.count < 2
    isProbability = trees.votes.allSatisfy { $0.weight >= 0 }
    guard baseValues.count <= labels.count else {
      throw OperatorError(
        .invalidAttribute,
        "base_values holds \(baseValues.count) numbers, but there are \(labels.count) classes")
    }
  }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let rows = FeatureRows.dim(try inputs.required(0))
    return [.tensor(labels.elementType, [rows]), .tensor(.float, [rows, .value(labels.count)])]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let X = try FeatureRows(inputs.tensor(0))
    var positions: [Int] = []
    var scores: [Double] = []
    for votes in try trees.scores(X, targets: labels.count) {
      var row = votes
      if isPair {
        let score = row.lazy.compactMap { $0 }.reduce(baseValues.first ?? 0, +)
        positions.append(score > (isProbability ? 0.5 : 0) ? 1 : 0)
        scores += postTransform.applyToPair(score, isProbability: isProbability)
        continue
      }
      for (k, base) in baseValues.enumerated() { row[k] = (row[k] ?? 0) + base }
      let totals = row.map { $0 ?? 0 }
      positions.append(try extremeIndex(totals, selectsLast: false) { $0 > $1 } ?? 0)
      scores += try postTransform.apply(totals)
    }
    return [
      .tensor(labels.tensor(at: positions)),
      .tensor(Tensor(.float, shape: [X.rows, labels.count], rounding: scores)),
    ]
  }
}
