import GraphIR
import TensorCore

/// Decision trees: what the three tree ensemble operators of ai.onnx.ml share once their attributes are read.
struct DecisionTrees: Sendable {
  /// The comparison at a node; `member` asks whether the feature is one of some numbers.
  enum Mode: Sendable {
    case lessOrEqual, less, greaterOrEqual, greater, equal, notEqual
    case member(Set<Double>)
  }

  /// A branch, or a leaf where a row ends.
  enum Node: Sendable {
    case branch(Branch)
    case leaf([Vote])
  }

  struct Branch: Sendable {
    let feature: Int
    let mode: Mode
    let threshold: Double
    /// Where a missing feature, NaN, goes.
    let missingIsTrue: Bool
    /// Positions in `nodes`.
    let whenTrue: Int
    let whenFalse: Int

    func isTrue(_ x: Double) -> Bool {
      if x.isNaN && missingIsTrue { return true }
      switch mode {
      case .lessOrEqual: return x <= threshold
      case .less: return x < threshold
      case .greaterOrEqual: return x >= threshold
      case .greater: return x > threshold
      case .equal: return x == threshold
      case .notEqual: return x != threshold
      case .member(let members): return members.contains(x)
      }
    }
  }

  /// What a leaf adds to a target.
  struct Vote: Sendable {
    let target: Int
    let weight: Double
  }

  let nodes: [Node]
  /// The first node of each tree.
  let roots: [Int]

  /// - Throws: `OperatorError` where a child is no node.
  init(nodes: [Node], roots: [Int]) throws {
    for case .branch(let branch) in nodes {
      guard nodes.indices.contains(branch.whenTrue), nodes.indices.contains(branch.whenFalse) else {
        throw OperatorError(.invalidAttribute, "a tree node names a child that is no node")
      }
    }
    guard roots.allSatisfy(nodes.indices.contains) else {
      throw OperatorError(.invalidAttribute, "a tree's root is no node")
    }
    self.nodes = nodes
    self.roots = roots
  }

  /// The votes of the leaves, one of each tree, that a row of features comes to.
  func votes(_ row: ArraySlice<Double>) throws -> [[Vote]] {
    var work = Work()
    return try roots.map { root in
      var at = root
      // A path longer than the nodes are many goes round in a circle.
      for _ in 0...nodes.count {
        try work.spend(1)
        switch nodes[at] {
        case .leaf(let votes): return votes
        case .branch(let branch):
          guard branch.feature >= 0, branch.feature < row.count else {
            throw OperatorError(
              .invalidShape, "a tree node asks for feature \(branch.feature), but X has \(row.count)")
          }
          at = branch.isTrue(row[row.startIndex + branch.feature]) ? branch.whenTrue : branch.whenFalse
        }
      }
      throw OperatorError(.invalidAttribute, "a tree's nodes form a circle")
    }
  }

  /// How the votes for one target become its score.
  enum Aggregation: String, CaseIterable, Sendable {
    case average = "AVERAGE"
    case sum = "SUM"
    case min = "MIN"
    case max = "MAX"
  }

  /// The score of each target for one row; nil where no leaf votes for it.
  func scores(_ row: ArraySlice<Double>, targets: Int, _ aggregation: Aggregation = .sum) throws -> [Double?]
  {
    try Work.spend(targets + roots.count)
    var perTarget = [[Double]](repeating: [], count: targets)
    for vote in try votes(row).joined() { perTarget[vote.target].append(vote.weight) }
    return try perTarget.map { weights in
      switch aggregation {
      case .min: weights.min()
      case .max: weights.max()
      case .sum: weights.isEmpty ? nil : try weights[...].wideSum()
      case .average: weights.isEmpty ? nil : try weights[...].wideSum() / Double(roots.count)
      }
    }
  }
}

extension DecisionTrees {
  /// The trees of the operators before TreeEnsemble, whose nodes are named by tree and node number, and whose
  /// votes have attributes named by `prefix` (`class` or `target`).
  init(_ node: NodeAttributes, votes prefix: String, targets: Int) throws {
    let table = try NodeTable(node)
    var votes: [NodeTable.Key: [Vote]] = [:]
    let (trees, ids) = (
      node.optionalInts("\(prefix)_treeids") ?? [], node.optionalInts("\(prefix)_nodeids") ?? []
    )
    let chosen = node.optionalInts("\(prefix)_ids") ?? []
    let weights = floats(node, "\(prefix)_weights")
    guard ids.count == trees.count, chosen.count == trees.count, weights.count == trees.count else {
      throw OperatorError(.invalidAttribute, "the attributes '\(prefix)_…' differ in length")
    }
    for i in trees.indices {
      guard chosen[i] >= 0, chosen[i] < targets else {
        throw OperatorError(.invalidAttribute, "\(prefix)_ids holds \(chosen[i]), but there are \(targets)")
      }
      let key = NodeTable.Key(tree: trees[i], node: ids[i])
      votes[key, default: []].append(Vote(target: chosen[i], weight: weights[i]))
    }
    try self.init(nodes: try table.nodes(votes), roots: try table.roots())
  }
}

/// A FLOATS attribute, or its double of the name with `_as_tensor`; empty where neither is given.
func floats(_ node: NodeAttributes, _ name: String) -> [Double] {
  if let tensor = node.optionalTensor("\(name)_as_tensor") { return tensor.doubles() }
  return node.optionalFloats(name)?.map(Double.init) ?? []
}

/// The attributes `nodes_…` of the operators before TreeEnsemble.
private struct NodeTable {
  struct Key: Hashable {
    let tree: Int
    let node: Int
  }

  let keys: [Key]
  let positions: [Key: Int]
  let features: [Int]
  let thresholds: [Double]
  let modes: [DecisionTrees.Mode?]
  let trueIds: [Int]
  let falseIds: [Int]
  let missing: [Int]

  init(_ node: NodeAttributes) throws {
    let trees = node.optionalInts("nodes_treeids") ?? []
    let ids = node.optionalInts("nodes_nodeids") ?? []
    features = node.optionalInts("nodes_featureids") ?? []
    thresholds = floats(node, "nodes_values")
    trueIds = node.optionalInts("nodes_truenodeids") ?? []
    falseIds = node.optionalInts("nodes_falsenodeids") ?? []
    missing = node.optionalInts("nodes_missing_value_tracks_true") ?? []
    modes = try (node.optionalStrings("nodes_modes") ?? []).map(Self.mode)
    let lengths = [ids.count, features.count, thresholds.count, trueIds.count, falseIds.count, modes.count]
    guard lengths.allSatisfy({ $0 == trees.count }), missing.isEmpty || missing.count == trees.count else {
      throw OperatorError(.invalidAttribute, "the attributes 'nodes_…' differ in length")
    }
    keys = zip(trees, ids).map { Key(tree: $0, node: $1) }
    positions = Dictionary(zip(keys, keys.indices)) { first, _ in first }
    guard positions.count == keys.count else {
      throw OperatorError(.invalidAttribute, "nodes_nodeids names a node of one tree twice")
    }
  }

  /// The comparison of that name; nil for a leaf.
  private static func mode(_ name: String) throws -> DecisionTrees.Mode? {
    switch name {
    case "BRANCH_LEQ": return .lessOrEqual
    case "BRANCH_LT": return .less
    case "BRANCH_GTE": return .greaterOrEqual
    case "BRANCH_GT": return .greater
    case "BRANCH_EQ": return .equal
    case "BRANCH_NEQ": return .notEqual
    case "LEAF": return nil
    default: throw OperatorError(.invalidAttribute, "nodes_modes holds '\(name)', which is no mode")
    }
  }

  private func child(_ id: Int, of i: Int) throws -> Int {
    guard let position = positions[Key(tree: keys[i].tree, node: id)] else {
      throw OperatorError(
        .invalidAttribute, "node \(id) of tree \(keys[i].tree) is named as a child, but is missing")
    }
    return position
  }

  func nodes(_ votes: [Key: [DecisionTrees.Vote]]) throws -> [DecisionTrees.Node] {
    try keys.indices.map { i in
      guard let mode = modes[i] else { return .leaf(votes[keys[i]] ?? []) }
      return .branch(
        DecisionTrees.Branch(
          feature: features[i], mode: mode, threshold: thresholds[i],
          missingIsTrue: missing.isEmpty ? false : missing[i] != 0, whenTrue: try child(trueIds[i], of: i),
          whenFalse: try child(falseIds[i], of: i)))
    }
  }

  /// The nodes that are no node's child.
  func roots() throws -> [Int] {
    var children: Set<Int> = []
    for i in keys.indices where modes[i] != nil {
      children.insert(try child(trueIds[i], of: i))
      children.insert(try child(falseIds[i], of: i))
    }
    return keys.indices.filter { !children.contains($0) }
  }
}
