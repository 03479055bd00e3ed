import Analysis
import GraphIR
import OperatorSet
import TensorCore

/// A resolved graph made ready to run: steps in order, kernels chosen, constants in place, last uses known.
///
/// A plan is built once for a model and never changes; each run has a frame of its own, so that several
/// threads may run one plan at a time.
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
  /// How many plans run one inside the other, this one included.
  let depth: Int

  init(_ graph: ResolvedGraph, facts: GraphFacts?, kernels: KernelRegistry, folds: Bool) {
    self.graph = graph
    let overridable = Set(graph.inputs)
    var constants = graph.initializers
    var remaining: [ResolvedNode] = []
    var frame = [Value?](repeating: nil, count: graph.values.count)
    for (slot, value) in constants where !overridable.contains(slot) { frame[slot] = value }
    for node in graph.nodes {
      guard folds, let folded = Self.folded(node, facts, frame, kernels) else {
        remaining.append(node)
        continue
      }
      constants += folded
      for (slot, value) in folded { frame[slot] = value }
    }
    self.constants =
      constants.filter { !overridable.contains($0.slot) }
      + constants.filter {
        overridable.contains($0.slot)
      }
    let lastUses = Self.lastUses(remaining, graph)
    steps = zip(remaining, lastUses).map { node, lastUses in
      Self.step(node, facts, kernels, lastUses: lastUses)
    }
    depth = 1 + (steps.flatMap(\.plans.values).map(\.depth).max() ?? 0)
  }

  private static func step(
    _ node: ResolvedNode, _ facts: GraphFacts?, _ kernels: KernelRegistry, lastUses: [Int]
  ) -> Step {
    let hasUnknownInput = node.inputs.contains { slot in
      slot.map { facts?.values[$0].type == nil } ?? false
    }
    return Step(
      node: node, kernels: node.definition.map(kernels.kernels) ?? [],
      plans: plans(of: node, kernels: kernels), lastUses: lastUses,
      checksTypes: facts == nil || hasUnknownInput)
  }

  /// The outputs of a node that is a constant expression; nil where it must run.
  ///
  /// Inference knows them by the definitions. They are computed once more as a run would, so that folding
  /// changes no bit where a kernel rounds otherwise; `frame` holds what is constant so far.
  private static func folded(
    _ node: ResolvedNode, _ facts: GraphFacts?, _ frame: [Value?], _ kernels: KernelRegistry
  ) -> [(slot: Int, value: Value)]? {
    guard let facts, node.definition != nil, !node.outputs.isEmpty else { return nil }
    let slots = node.outputs.compactMap { $0 }
    let known = slots.compactMap { facts.values[$0].constant }
    guard known.count == slots.count else { return nil }
    // Where an input is not constant the outputs follow from its shape, and are exact.
    guard node.inputs.allSatisfy({ $0.map { frame[$0] != nil } ?? true }) else {
      return zip(slots, known).map { ($0, $1) }
    }
    let interpreter = Interpreter(options: RunOptions(), work: WorkBudget(), threadCount: 1, observer: nil)
    guard let outputs = try? interpreter.run(step(node, facts, kernels, lastUses: []), frame) else {
      return nil
    }
    return zip(node.outputs, outputs).compactMap { slot, value in
      slot.flatMap { slot in value.map { (slot, $0) } }
    }
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
