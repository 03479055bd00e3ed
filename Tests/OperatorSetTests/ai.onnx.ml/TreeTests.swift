import GraphIR
import OperatorSet
import TensorCore
import Testing

/// The tree ensembles. Expected values: ONNX Runtime for models as converters write them; else by hand.
@Suite struct TreeTests {
  private let ml = "ai.onnx.ml"
  /// One tree: feature 0 ≤ 0 goes to node 1, all else to node 2.
  private let stump: [String: Attribute] = [
    "nodes_treeids": .ints([0, 0, 0]), "nodes_nodeids": .ints([0, 1, 2]),
    "nodes_featureids": .ints([0, 0, 0]),
    "nodes_values": .floats([0, 0, 0]), "nodes_modes": .strings(["BRANCH_LEQ", "LEAF", "LEAF"]),
    "nodes_truenodeids": .ints([1, 0, 0]), "nodes_falsenodeids": .ints([2, 0, 0]),
  ]
  private let x = floats([-1, 1], [2, 1])

  private func classifier(_ ids: [Int], _ weights: [Float], _ more: [String: Attribute] = [:]) -> [String:
    Attribute]
  {
    let leaves = [1, 2].flatMap { leaf in ids.map { _ in leaf } }
    let votes: [String: Attribute] = [
      "class_treeids": .ints(leaves.map { _ in 0 }), "class_nodeids": .ints(leaves),
      "class_ids": .ints(ids + ids),
      "class_weights": .floats(weights),
    ]
    return stump.merging(votes) { $1 }.merging(more) { $1 }
  }

  @Test func twoClasses() throws {
    let labels: [String: Attribute] = ["classlabels_int64s": .ints([10, 20])]
    let probability = classifier([0], [0.25, 0.75], labels)
    let y = int64s([10, 20])
    try tries(
      "TreeEnsembleClassifier", 1, probability, [x], gives: [y, floats([0.75, 0.25, 0.25, 0.75], [2, 2])],
      domain: ml)
    let margin = classifier([0], [-0.25, 0.5], labels)
    try tries(
      "TreeEnsembleClassifier", 1, margin, [x], gives: [y, floats([0.25, -0.25, -0.5, 0.5], [2, 2])],
      domain: ml)
    let logistic = classifier(
      [0], [-0.3, 0.4], labels.merging(["post_transform": .string("LOGISTIC")]) { $1 })
    try tries(
      "TreeEnsembleClassifier", 3, logistic, [x],
      gives: [y, floats([0.57444, 0.42556, 0.40131, 0.59869], [2, 2])],
      domain: ml, tolerance: 1e-5)
    let shifted = classifier([0], [-0.3, 0.4], labels.merging(["base_values": .floats([0.5])]) { $1 })
    try tries(
      "TreeEnsembleClassifier", 1, shifted, [x],
      gives: [int64s([20, 20]), floats([-0.2, 0.2, -0.9, 0.9], [2, 2])], domain: ml, tolerance: 1e-6)
    let both = classifier([0, 1], [0.75, 0.25, 0.25, 0.75], labels)
    try tries(
      "TreeEnsembleClassifier", 1, both, [x], gives: [y, floats([0.75, 0.25, 0.25, 0.75], [2, 2])], domain: ml
    )
  }

  @Test func manyClasses() throws {
    let names: [String: Attribute] = ["classlabels_strings": .strings(["a", "b", "c"])]
    try tries(
      "TreeEnsembleClassifier", 1, classifier([0, 2], [0.75, 0.25, 0.25, 0.75], names), [x],
      gives: [texts(["a", "c"]), floats([0.75, 0, 0.25, 0.25, 0, 0.75], [2, 3])], domain: ml)
    // The score of a class without votes is 0, which is more than a negative one (TSN-0063).
    try tries(
      "TreeEnsembleClassifier", 1, classifier([0, 2], [-1, -2, -2, -1], names), [x],
      gives: [texts(["b", "b"]), floats([-1, 0, -2, -2, 0, -1], [2, 3])], domain: ml)
    let zero = classifier(
      [0, 2], [-0.8, -0.2, 0.3, 0.7], names.merging(["post_transform": .string("SOFTMAX_ZERO")]) { $1 })
    try tries(
      "TreeEnsembleClassifier", 1, zero, [x],
      gives: [texts(["b", "c"]), floats([0.35434, 0, 0.64566, 0.40131, 0, 0.59869], [2, 3])], domain: ml,
      tolerance: 1e-4)
  }

  private func regressor(_ more: [String: Attribute]) -> [String: Attribute] {
    let votes: [String: Attribute] = [
      "target_treeids": .ints([0, 0]), "target_nodeids": .ints([1, 2]), "target_ids": .ints([0, 0]),
      "target_weights": .floats([0.25, 0.75]), "n_targets": .int(1),
    ]
    return stump.merging(votes) { $1 }.merging(more) { $1 }
  }

  @Test func regression() throws {
    func tries(_ more: [String: Attribute], _ y: [Double], opset: Int = 3) throws {
      try OperatorSetTests.tries(
        "TreeEnsembleRegressor", opset, regressor(more), [x], gives: [floats(y, [2, 1])], domain: ml,
        tolerance: 1e-6)
    }
    try tries([:], [0.25, 0.75], opset: 1)
    try tries(["base_values": .floats([1]), "aggregate_function": .string("MAX")], [1.25, 1.75])
    try tries(
      ["target_weights_as_tensor": .tensor(numbers(.double, [1, 2])), "target_weights": .floats([])], [1, 2])
    try tries(["post_transform": .string("LOGISTIC")], [0.56217653, 0.67917871])
    try tries(["post_transform": .string("SOFTMAX")], [1, 1])
    for (mode, y) in [("BRANCH_LT", 0.25), ("BRANCH_GTE", 0.75), ("BRANCH_GT", 0.75), ("BRANCH_NEQ", 0.25)] {
      let other = mode == "BRANCH_NEQ" ? 0.25 : 1 - y
      try tries(["nodes_modes": .strings([mode, "LEAF", "LEAF"])], [y, other])
    }
    try tries(["nodes_modes": .strings(["BRANCH_EQ", "LEAF", "LEAF"])], [0.75, 0.75])
    let nan = floats([.nan], [1, 1])
    for (tracks, y) in [(0, 0.75), (1, 0.25)] {
      try OperatorSetTests.tries(
        "TreeEnsembleRegressor", 1, regressor(["nodes_missing_value_tracks_true": .ints([tracks, 0, 0])]),
        [nan],
        gives: [floats([y], [1, 1])], domain: ml)
    }
  }

  @Test func brokenTrees() {
    func fails(_ more: [String: Attribute], mentioning text: String) {
      OperatorSetTests.fails(
        "TreeEnsembleRegressor", 1, regressor(more), [x], .invalidAttribute, mentioning: text, domain: ml)
    }
    fails(["nodes_truenodeids": .ints([7, 0, 0])], mentioning: "node 7")
    fails(["nodes_values": .floats([0])], mentioning: "differ in length")
    fails(["nodes_modes": .strings(["BRANCH", "LEAF", "LEAF"])], mentioning: "BRANCH")
    fails(["target_ids": .ints([0, 1])], mentioning: "target_ids holds 1")
    fails(["nodes_nodeids": .ints([0, 1, 1])], mentioning: "twice")
    OperatorSetTests.fails(
      "TreeEnsembleRegressor", 1, regressor(["nodes_featureids": .ints([3, 0, 0])]), [x], .invalidShape,
      mentioning: "feature 3", domain: ml)
  }

  @Test func newForm() throws {
    let tree: [String: Attribute] = [
      "tree_roots": .ints([0]), "nodes_featureids": .ints([0]), "nodes_splits": .tensor(floats([0])),
      "nodes_modes": .tensor(numbers(.uint8, [6])), "nodes_truenodeids": .ints([0]),
      "nodes_falsenodeids": .ints([1]),
      "nodes_trueleafs": .ints([1]), "nodes_falseleafs": .ints([1]), "leaf_targetids": .ints([1, 0]),
      "leaf_weights": .tensor(floats([5, 7])), "n_targets": .int(2),
      "membership_values": .tensor(floats([-1, 4, .nan])),
    ]
    try tries("TreeEnsemble", 5, tree, [x], gives: [floats([0, 5, 7, 0], [2, 2])], domain: ml)
    let circle = tree.merging(["nodes_trueleafs": .ints([0])]) { $1 }
    fails("TreeEnsemble", 5, circle, [x], .invalidAttribute, mentioning: "circle", domain: ml)
  }
}
