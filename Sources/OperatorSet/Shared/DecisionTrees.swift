import GraphIR
import TensorCore

/// Decision trees: what the three tree ensemble operators of ai.onnx.ml share once their attributes are read.
struct DecisionTrees: Sendable {
  /// The comparison at a node; `member` asks whether the feature is one of the numbers at that position of `members`.
  enum Mode: Sendable {
    case lessOrEqual, less, greaterOrEqual, greater, equal, notEqual
    case member(Int)
  }

  /// A branch, or a leaf where a row ends, with the positions of its votes.
  enum Node: Sendable {
    case branch(Branch)
    case leaf(Range<Int>)
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
  }

  /// What a leaf adds to a target.
  struct Vote: Sendable {
    let target: Int
    let weight: Double
  }

  let nodes: [Node]
  let votes: [Vote]
  let members: [Set<Double>]
  /// The first node of each tree.
  let roots: [Int]

  /// - Throws: `OperatorError` where a child is no node.
  init(nodes: [Node], votes: [Vote], members: [Set<Double>] = [], roots: [Int]) throws {
    for case .branch(let branch) in nodes {
      guard nodes.indices.contains(branch.whenTrue), nodes.indices.contains(branch.whenFalse) else {
        throw OperatorError(.invalidAttribute, "a tree node names a child that is no node")
      }
    }
    guard roots.allSatisfy(nodes.indices.contains) else {
      throw OperatorError(.invalidAttribute, "a tree's root is no node")
    }
    self.nodes = nodes
    self.votes = votes
    self.members = members
    self.roots = roots
  }

  private func isTrue(_ branch: Branch, _ x: Double) -> Bool {
    if x.isNaN && branch.missingIsTrue { return true }
    switch branch.mode {
    case .lessOrEqual: return x <= branch.threshold
    case .less: return x < branch.threshold
    case .greaterOrEqual: return x >= branch.threshold
    case .greater: return x > branch.threshold
    case .equal: return x == branch.threshold
    case .notEqual: return x != branch.threshold
    case .member(let list): return members[list].contains(x)
    }
  }

  /// The votes of the leaf that a row of features comes to in the tree of this root.
  private func leaf(
    _ root: Int, _ nodes: UnsafeBufferPointer<Node>, _ row: UnsafeBufferPointer<Double>, _ work: inout Work
  ) throws -> Range<Int> {
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
        at = isTrue(branch, row[branch.feature]) ? branch.whenTrue : branch.whenFalse
      }
    }
    throw OperatorError(.invalidAttribute, "a tree's nodes form a circle")
  }

  /// How the votes for one target become its score.
  enum Aggregation: String, CaseIterable, Sendable {
    case average = "AVERAGE"
    case sum = "SUM"
    case min = "MIN"
    case max = "MAX"
  }

  /// The votes for one target, counted together.
  private struct Tally {
    private var sum = CompensatedSum()
    private var least = 0.0
    private var largest = 0.0
    private var isEmpty = true

    mutating func add(_ weight: Double) {
      sum.add(weight)
      least = isEmpty || weight < least ? weight : least
      largest = isEmpty || weight > largest ? weight : largest
      isEmpty = false
    }

    /// Nil where there is no vote.
    func score(_ aggregation: Aggregation, trees: Int) -> Double? {
      if isEmpty { return nil }
      switch aggregation {
      case .min: return least
      case .max: return largest
      case .sum: return sum.value
      case .average: return sum.value / Double(trees)
      }
    }
  }

  /// Rows that come to one tree after the other, which stays in the first cache meanwhile.
  private static let rowsTogether = 64

  /// For each row the score of each target; nil where no leaf votes for it.
  func scores(_ X: FeatureRows, targets: Int, _ aggregation: Aggregation = .sum) throws -> [[Double?]] {
    try stride(from: 0, to: X.rows, by: Self.rowsTogether).flatMap { first in
      let rows = first..<min(first + Self.rowsTogether, X.rows)
      try Work.spend(rows.count * (targets + roots.count))
      let tallies = try tallies(X, rows, targets: targets)
      return rows.indices.map { index in
        let own = (index - first) * targets
        return tallies[own..<(own + targets)].map { $0.score(aggregation, trees: roots.count) }
      }
    }
  }

  /// The votes for each target, row by row.
  private func tallies(_ X: FeatureRows, _ rows: Range<Int>, targets: Int) throws -> [Tally] {
    try MemoryLimit.check(rows.count * targets, times: MemoryLayout<Tally>.stride, of: "votes")
    var tallies = [Tally](repeating: Tally(), count: rows.count * targets)
    var work = Work()
    try nodes.withUnsafeBufferPointer { nodes in
      try X.values.withUnsafeBufferPointer { values in
        for root in roots {
          for row in rows {
            let features = UnsafeBufferPointer(
              rebasing: values[(row * X.features)..<((row + 1) * X.features)])
            let first = (row - rows.lowerBound) * targets
            for position in try leaf(root, nodes, features, &work) {
              tallies[first + votes[position].target].add(votes[position].weight)
            }
          }
        }
      }
    }
    return tallies
  }
}

extension DecisionTrees {
  /// The trees of the operators before TreeEnsemble, whose nodes are named by tree and node number, and whose
  /// votes have attributes named by `prefix` (`class` or `target`).
  init(_ node: NodeAttributes, votes prefix: String, targets: Int) throws {
    let table = try NodeTable(node)
    var votes: [(position: Int, vote: Vote)] = []
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
      // A vote of what is no leaf is never counted.
      guard let position = table.positions[NodeTable.Key(tree: trees[i], node: ids[i])],
        table.modes[position] == nil
      else { continue }
      votes.append((position, Vote(target: chosen[i], weight: weights[i])))
    }
    votes = votes.enumerated().sorted { ($0.element.position, $0.offset) < ($1.element.position, $1.offset) }
      .map(\.element)
    let nodes = try table.nodes(voters: votes.map(\.position))
    try self.init(nodes: nodes, votes: votes.map(\.vote), roots: table.roots(of: nodes))
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

  /// - Parameter voters: for each vote the position of its node, in ascending order.
  func nodes(voters: [Int]) throws -> [DecisionTrees.Node] {
    var next = 0
    return try keys.indices.map { i in
      while next < voters.count, voters[next] < i { next += 1 }
      guard let mode = modes[i] else {
        let first = next
        while next < voters.count, voters[next] == i { next += 1 }
        return .leaf(first..<next)
      }
      return .branch(
        DecisionTrees.Branch(
          feature: features[i], mode: mode, threshold: thresholds[i],
          missingIsTrue: missing.isEmpty ? false : missing[i] != 0, whenTrue: try child(trueIds[i], of: i),
          whenFalse: try child(falseIds[i], of: i)))
    }
  }

  /// The nodes that are no node's child.
  func roots(of nodes: [DecisionTrees.Node]) -> [Int] {
    var isChild = [Bool](repeating: false, count: nodes.count)
    for case .branch(let branch) in nodes {
      isChild[branch.whenTrue] = true
      isChild[branch.whenFalse] = true
    }
    return nodes.indices.filter { !isChild[$0] }
  }
}
