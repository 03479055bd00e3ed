import GraphIR
import TensorCore

/// # TreeEnsemble
///
/// Decision trees whose leaves add to the values of targets.
///
///     Y[n, t] = post_transform(aggregate of the weights for t at the leaf of each tree)
///
/// - Inputs: `X` (T): [N, F].
/// - Outputs: `Y` (T): [N, n_targets].
/// - Attributes: `tree_roots`: the first node of each tree. `nodes_featureids`, `nodes_splits`,
///   `nodes_modes`, `nodes_truenodeids`, `nodes_falsenodeids`, `nodes_trueleafs`, `nodes_falseleafs`,
///   `nodes_missing_value_tracks_true`: each node's feature, threshold, comparison (0 ≤, 1 <, 2 ≥, 3 >, 4 =,
///   5 ≠, 6 member), children, whether those are leaves, and where NaN goes. `membership_values`: for each
///   node of mode 6 its members, each list ended by a NaN. `nodes_hitrates`: without effect.
///   `leaf_targetids`, `leaf_weights`: each leaf's target and weight. `n_targets`: how many there are, by
///   default those named. `aggregate_function` (default 1): 0 AVERAGE over the trees, 1 SUM, 2 MIN, 3 MAX.
///   `post_transform` (default 0): 0 NONE, 1 SOFTMAX, 2 LOGISTIC, 3 SOFTMAX_ZERO, 4 PROBIT.
/// - Types: T is float16, float or double.
/// - Errors: attributes that differ in length, nodes that are missing or form a circle, features that X
///   lacks.
/// - Versions: 5.
/// - Source: onnx/defs/traditionalml/defs.cc.
/// - Notes: TSN-0045 (a single target is transformed too), TSN-0046 (LOGISTIC), TSN-0047 (PROBIT).
package struct TreeEnsemble: TransformsTargets {
  private static let version5 = OperatorVersion(
    since: 5, inputs: [.single("X", "T")], outputs: [.single("Y", "T")],
    attributes: [
      .int("aggregate_function", 1), .required("leaf_targetids", .ints), .required("leaf_weights", .tensor),
      .optional("membership_values", .tensor), .optional("n_targets", .int),
      .required("nodes_falseleafs", .ints), .required("nodes_falsenodeids", .ints),
      .required("nodes_featureids", .ints), .optional("nodes_hitrates", .tensor),
      .optional("nodes_missing_value_tracks_true", .ints), .required("nodes_modes", .tensor),
      .required("nodes_splits", .tensor), .required("nodes_trueleafs", .ints),
      .required("nodes_truenodeids", .ints), .int("post_transform", 0), .required("tree_roots", .ints),
    ], types: ["T": .ieeeFloats])
  package static let schema = OperatorSchema("TreeEnsemble", domain: "ai.onnx.ml", versions: [version5])

  let trees: DecisionTrees
  package let targets: Int
  let aggregation: DecisionTrees.Aggregation
  let postTransform: PostTransform
  var leavesSingleScores = false

  package init(_ node: NodeAttributes) throws {
    let targetIds = try node.ints("leaf_targetids")
    let weights = node.optionalTensor("leaf_weights")?.doubles() ?? []
    let targets = node.optionalInt("n_targets") ?? max(targetIds.max() ?? 0, 0) &+ 1
    guard targets > 0, targets < 1 << 31, targetIds.count == weights.count,
      targetIds.allSatisfy({ $0 >= 0 && $0 < targets })
    else {
      throw OperatorError(
        .invalidAttribute,
        "leaf_targetids must name one of \(targets) targets for each of \(weights.count) weights")
    }
    self.targets = targets
    let votes = zip(targetIds, weights).map { DecisionTrees.Vote(target: $0, weight: $1) }
    let leaves = votes.indices.map { DecisionTrees.Node.leaf($0..<($0 + 1)) }
    var members: [Set<Double>] = []
    let branches = try Self.branches(node, leaves: leaves.count, &members)
    trees = try DecisionTrees(
      nodes: branches + leaves, votes: votes, members: members, roots: try node.ints("tree_roots"))
    let aggregations: [DecisionTrees.Aggregation] = [.average, .sum, .min, .max]
    let transforms: [PostTransform] = [.none, .softmax, .logistic, .softmaxZero, .probit]
    aggregation = try Self.choice(node, "aggregate_function", aggregations)
    postTransform = try Self.choice(node, "post_transform", transforms)
  }

  private static func choice<T>(_ node: NodeAttributes, _ name: String, _ choices: [T]) throws -> T {
    let number = try node.int(name)
    guard choices.indices.contains(number) else {
      throw OperatorError(.invalidAttribute, "\(name) is \(number), but must lie in 0…\(choices.count - 1)")
    }
    return choices[number]
  }

  /// The nodes with a comparison; a leaf k is node `branches + k`.
  ///
  /// - Parameter members: where the lists of members go.
  private static func branches(
    _ node: NodeAttributes, leaves: Int, _ members: inout [Set<Double>]
  ) throws -> [DecisionTrees.Node] {
    let features = try node.ints("nodes_featureids")
    let (trueIds, falseIds) = (try node.ints("nodes_truenodeids"), try node.ints("nodes_falsenodeids"))
    let (trueLeafs, falseLeafs) = (try node.ints("nodes_trueleafs"), try node.ints("nodes_falseleafs"))
    let splits = node.optionalTensor("nodes_splits")?.doubles() ?? []
    let modes = node.optionalTensor("nodes_modes")?.ints() ?? []
    let missing = node.optionalInts("nodes_missing_value_tracks_true") ?? []
    let lengths = [trueIds, falseIds, trueLeafs, falseLeafs, modes].map(\.count) + [splits.count]
    guard lengths.allSatisfy({ $0 == features.count }), missing.isEmpty || missing.count == features.count
    else {
      throw OperatorError(.invalidAttribute, "the attributes 'nodes_…' differ in length")
    }
    var numbers = (node.optionalTensor("membership_values")?.doubles() ?? [])[...]
    return try features.indices.map { i in
      func child(_ id: Int, isLeaf: Bool) throws -> Int {
        guard id >= 0, id < (isLeaf ? leaves : features.count) else {
          throw OperatorError(.invalidAttribute, "node \(i) names child \(id), which is missing")
        }
        return isLeaf ? features.count + id : id
      }
      return .branch(
        DecisionTrees.Branch(
          feature: features[i], mode: try mode(modes[i], &numbers, &members), threshold: splits[i],
          missingIsTrue: missing.isEmpty ? false : missing[i] != 0,
          whenTrue: try child(trueIds[i], isLeaf: trueLeafs[i] != 0),
          whenFalse: try child(falseIds[i], isLeaf: falseLeafs[i] != 0)))
    }
  }

  /// The comparison of that number; a list of members is taken off `numbers`.
  private static func mode(
    _ number: Int, _ numbers: inout ArraySlice<Double>, _ members: inout [Set<Double>]
  ) throws -> DecisionTrees.Mode {
    switch number {
    case 0: return .lessOrEqual
    case 1: return .less
    case 2: return .greaterOrEqual
    case 3: return .greater
    case 4: return .equal
    case 5: return .notEqual
    case 6:
      let list = numbers.prefix { !$0.isNaN }
      numbers = numbers.dropFirst(list.count + 1)
      members.append(Set(list))
      return .member(members.count - 1)
    default: throw OperatorError(.invalidAttribute, "nodes_modes holds \(number), which is no mode")
    }
  }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let X = try inputs.required(0)
    guard let type = X.elementType else { return [.unknown] }
    return [.tensor(type, [FeatureRows.dim(X), .value(targets)])]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let input = try inputs.tensor(0)
    let X = try FeatureRows(input)
    _ = try elementCount([X.rows, targets])
    let scores = try trees.scores(X, targets: targets, aggregation).flatMap { votes in
      try transformed(votes.map { $0 ?? 0 })
    }
    return [.tensor(Tensor(input.elementType, shape: [X.rows, targets], rounding: scores))]
  }
}
