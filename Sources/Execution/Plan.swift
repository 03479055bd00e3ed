import Analysis
import GraphIR
import OperatorSet
import TensorCore

/// A resolved graph made ready to run: steps in order, kernels prepared, constants in place, last uses known.
///
/// A plan is built once for a model and never changes; each run has a frame of its own, so that several
/// threads may run one plan at a time.
public final class Plan: Sendable {
  /// One node that is left to run.
  struct Step: Sendable {
    let node: ResolvedNode
    let kernels: [PreparedKernel]
    /// The plans of the node's subgraphs, or of its function's body under the function's name.
    let plans: [String: Plan]
    /// The slots that no later step reads.
    let lastUses: [Int]
    /// Whether the types of the inputs were not all known before running, so that they must be checked.
    let checksTypes: Bool
  }

  /// What runs at a time: one step, or a chain of steps that one kernel computes.
  struct Stage: Sendable {
    let steps: [Step]
    /// Nil for a single step.
    let chain: StepChain?
  }

  let graph: ResolvedGraph
  let stages: [Stage]
  /// Initializers and folded expressions, by slot.
  let constants: [(slot: Int, value: Value)]
  /// How many plans run one inside the other, this one included.
  let depth: Int

  /// - Parameter captured: what the graph's captures are in every run, in their order; nil where that is not known.
  init(
    _ graph: ResolvedGraph, facts: GraphFacts?, captured: [Value?] = [], kernels: KernelRegistry, folds: Bool
  ) {
    self.graph = graph
    let overridable = Set(graph.inputs)
    var constants = graph.initializers
    var remaining: [Int] = []
    var frame = [Value?](repeating: nil, count: graph.values.count)
    for (slot, value) in constants where !overridable.contains(slot) { frame[slot] = value }
    for (capture, value) in zip(graph.captures, captured) { frame[capture.slot] = value }
    for (index, node) in graph.nodes.enumerated() {
      guard folds, let folded = Self.folded(node, facts, frame, kernels) else {
        remaining.append(index)
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
    let maker = StepMaker(graph: graph, facts: facts, constants: frame, kernels: kernels)
    stages = maker.stages(remaining)
    depth = 1 + (stages.flatMap(\.steps).flatMap(\.plans.values).map(\.depth).max() ?? 0)
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
    let step = Step(
      node: node,
      kernels: node.definition.map {
        kernels.kernels(for: $0, .unknown(outputCount: node.outputs.count))
      } ?? [], plans: [:], lastUses: [], checksTypes: true)
    guard let outputs = try? interpreter.run(step, frame) else { return nil }
    return zip(node.outputs, outputs).compactMap { slot, value in
      slot.flatMap { slot in value.map { (slot, $0) } }
    }
  }
}

/// Makes the steps of one graph.
private struct StepMaker {
  let graph: ResolvedGraph
  let facts: GraphFacts?
  /// The values that are the same in every run, by slot.
  let constants: [Value?]
  let kernels: KernelRegistry

  /// The nodes at these positions as stages.
  func stages(_ remaining: [Int]) -> [Plan.Stage] {
    let nodes = remaining.map { graph.nodes[$0] }
    let prepared = nodes.map { node in
      node.definition.map { kernels.kernels(for: $0, site(node)) } ?? []
    }
    let chains = ChainFinder(graph: graph, nodes: nodes, kernels: prepared, site: site).chains()
    let order = chains.flatMap(\.nodes)
    let lastUses = lastUses(order.map { nodes[$0] })
    let steps = zip(order, lastUses).map { index, lastUses in
      step(nodes[index], position: remaining[index], prepared[index], lastUses: lastUses)
    }
    var first = 0
    return chains.map { chain in
      defer { first += chain.nodes.count }
      let steps = Array(steps[first..<(first + chain.nodes.count)])
      return Plan.Stage(steps: steps, chain: chain.kernel.map { StepChain(steps, $0, inputs: chain.inputs) })
    }
  }

  private func site(_ node: ResolvedNode) -> KernelSite {
    KernelSite(
      inputs: node.inputs.map { slot in slot.flatMap { facts?.values[$0] } ?? .unknown },
      constants: node.inputs.map { $0.flatMap { constants[$0] } }, isGiven: node.inputs.map { $0 != nil },
      outputCount: node.outputs.count)
  }

  private func step(
    _ node: ResolvedNode, position: Int, _ kernels: [PreparedKernel], lastUses: [Int]
  ) -> Plan.Step {
    let hasUnknownInput = node.inputs.contains { slot in
      slot.map { facts?.values[$0].type == nil } ?? false
    }
    return Plan.Step(
      node: node, kernels: kernels, plans: plans(of: node, facts?.inner[position] ?? [:]), lastUses: lastUses,
      checksTypes: facts == nil || hasUnknownInput)
  }

  private func plans(of node: ResolvedNode, _ facts: [String: GraphFacts]) -> [String: Plan] {
    if case .function(let body) = node.implementation {
      return [node.opType: Plan(body, facts: nil, kernels: kernels, folds: false)]
    }
    return node.subgraphs.mapValues { body in
      let captured = body.captures.map { constants[$0.outer] }
      return Plan(body, facts: nil, captured: captured, kernels: kernels, folds: false)
    }
  }

  /// For each node the slots that no later node reads and that are not outputs of the graph.
  private func lastUses(_ nodes: [ResolvedNode]) -> [[Int]] {
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
