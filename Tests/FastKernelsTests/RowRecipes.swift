import GraphIR
import TensorCore
import TestSupport

/// Trees over many rows: each row has the scores that the definition gives it.
let rowRecipes: [String: @Sendable (inout SplitMix) -> Trial] = [
  "treeensembleclassifier.rows": { random in
    let ids: [Int] = (0..<4).map { _ in random.below(3) }
    return random.trees(
      "TreeEnsembleClassifier", 3,
      random.olderForm("class", ids).merging(["classlabels_int64s": .ints([4, 5, 6])]) { $1 })
  },
  "treeensembleregressor.rows": { random in
    let ids: [Int] = (0..<4).map { _ in random.below(2) }
    return random.trees(
      "TreeEnsembleRegressor", 3, random.olderForm("target", ids).merging(["n_targets": .int(2)]) { $1 })
  },
  "treeensemble.rows": { random in
    let weights = (0..<3).map { _ in Float(random.below(100)) / 8 }
    return random.trees(
      "TreeEnsemble", 5,
      [
        // Feature 0 ≤ s goes to leaf 0, others to node 1, which asks for feature 1.
        "tree_roots": .ints([0]), "nodes_featureids": .ints([0, 1]),
        "nodes_splits": .tensor(Tensor(floats: [Float(random.below(3)), 1], shape: [2])),
        "nodes_modes": .tensor(Tensor(.uint8, shape: [2], wrapping: [0, Int64(random.below(6))])),
        "nodes_truenodeids": .ints([0, 1]), "nodes_trueleafs": .ints([1, 1]),
        "nodes_falsenodeids": .ints([1, 2]), "nodes_falseleafs": .ints([0, 1]),
        "leaf_targetids": .ints([0, 1, 0]), "leaf_weights": .tensor(Tensor(floats: weights, shape: [3])),
        "n_targets": .int(2), "aggregate_function": .int(random.below(4)),
      ])
  },
]

extension SplitMix {
  /// - Parameter version: of ai.onnx.ml.
  fileprivate mutating func trees(_ opType: String, _ version: Int, _ attributes: [String: Attribute])
    -> Trial
  {
    // Of few rows the definition is as quick.
    let x = tensor([happens(80) ? 64 + below(140) : below(64), happens(95) ? 2 : 1])
    return Trial(
      opType: opType, domain: "ai.onnx.ml", opset: version, attributes: attributes, inputs: [x],
      outputCount: opType == "TreeEnsembleClassifier" ? 2 : 1, allowance: .exact)
  }

  /// Two stumps, each of which asks for one feature; the two leaves of each vote.
  fileprivate mutating func olderForm(_ votes: String, _ ids: [Int]) -> [String: Attribute] {
    let modes = ["BRANCH_LEQ", "BRANCH_LT", "BRANCH_GTE", "BRANCH_GT"]
    let weights = ids.map { _ in Float(below(100)) / 8 - 4 }
    return [
      "nodes_treeids": .ints([0, 0, 0, 1, 1, 1]), "nodes_nodeids": .ints([0, 1, 2, 0, 1, 2]),
      "nodes_featureids": .ints([0, 0, 0, 1, 0, 0]), "nodes_values": .floats([0, 0, 0, 0.5, 0, 0]),
      "nodes_modes": .strings([one(of: modes), "LEAF", "LEAF", one(of: modes), "LEAF", "LEAF"]),
      "nodes_truenodeids": .ints([1, 0, 0, 1, 0, 0]), "nodes_falsenodeids": .ints([2, 0, 0, 2, 0, 0]),
      "\(votes)_treeids": .ints([0, 0, 1, 1]), "\(votes)_nodeids": .ints([1, 2, 1, 2]),
      "\(votes)_ids": .ints(ids), "\(votes)_weights": .floats(weights),
    ]
  }
}
