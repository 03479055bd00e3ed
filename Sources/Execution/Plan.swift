import Analysis
import GraphIR
import OperatorSet
import TensorCore

/// A resolved graph made ready to run: steps in order, kernels chosen, constants in place, last uses known.
///
/// A plan is built once for a model and never changes; each run has a frame of its own, so that several threads
/// may run one plan at a time.
public final class Plan: Sendable {
  /// One node that is left to run.
  struct Step: Sendable {
    let node: ResolvedNode
    let kernels: [Kernel]
    /// The plans of the node's subgraphs, or of its function's body under the function's name.
    let plans: [String: Plan]
    /// The slots that no later step reads.
    let lastUses: [Int]
    /// Whether the types of the inputs were not all known before running, so that they must be checked.
    let checksTypes: Bool
  }

  let graph: ResolvedGraph
  let steps: [Step]
  /// Initializers and folded expressions, by slot.
  let constants: [(slot: Int, value: Value)]

  init(_ graph: ResolvedGraph, facts: GraphFacts?, kernels: KernelRegistry, folds: Bool) {
    self.graph = graph
    let overridable = Set(graph.inputs)
    var constants = graph.initializers
    var remaining: [ResolvedNode] = []
    for node in graph.nodes {
      let folded = folds ? Self.folded(node, facts) : nil
      if let folded { constants += folded } else { remaining.append(node) }
    }
    self.constants =
      constants.filter { !overridable.contains($0.slot) }
      + constants.filter {
        overridable.contains($0.slot)
      }
    let lastUses = Self.lastUses(remaining, graph)
    steps = zip(remaining, lastUses).map { node, lastUses in
      Step(
        node: node, kernels: node.definition.map(kernels.kernels) ?? [],
        plans: Self.plans(of: node, kernels: kernels), lastUses: lastUses,
        checksTypes: facts.map { facts in
          node.inputs.contains { $0.map { facts.values[$0].type == nil } ?? false }
        }
          ?? true)
    }
  }

  /// The outputs of a node that is a constant expression; nil where it must run.
  private static func folded(_ node: ResolvedNode, _ facts: GraphFacts?) -> [(slot: Int, value: Value)]? {
    guard let facts, node.definition != nil, !node.outputs.isEmpty else { return nil }
    var values: [(slot: Int, value: Value)] = []
    for slot in node.outputs.compactMap({ $0 }) {
      guard let value = facts.values[slot].constant else { return nil }
      values.append((slot, value))
    }
    return values
  }

  private static func plans(of node: ResolvedNode, kernels: KernelRegistry) -> [String: Plan] {
    if case .function(let body) = node.implementation {
      return [node.opType: Plan(body, facts: nil, kernels: kernels, folds: false)]
    }
    return node.subgraphs.mapValues { Plan($0, facts: nil, kernels: kernels, folds: false) }
  }

  /// For each node the slots that no later node reads and that are not outputs of the graph.
  private static func lastUses(_ nodes: [ResolvedNode], _ graph: ResolvedGraph) -> [[Int]] {
    var seen = Set(graph.outputs)
    var result: [[Int]] = []
    for node in nodes.reversed() {
      let captured = node.subgraphs.values.flatMap { $0.captures.map(\.outer) }
      let touched = Set(node.inputs.compactMap { $0 } + node.outputs.compactMap { $0 } + captured)
      result.append(touched.filter { seen.insert($0).inserted })
    }
    return result.reversed()
  }
}
