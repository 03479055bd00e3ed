import GraphIR
import OperatorSet
import TensorCore

extension GraphBuilder {
  /// The part of this graph that `gradient` differentiates, as a graph of its own: the nodes that lead from
  /// xs and zs to y. Its inputs are xs, then zs; its output is y; whatever else its nodes read it captures.
  ///
  /// - Throws: `OperatorError` for names that are not known yet or given twice, for one that is computed from
  ///   another, for nodes of a graph around that would belong to the part, and for a Gradient among the
  ///   nodes.
  func differentiatedGraph(_ gradient: Gradient, path: [String]) throws -> ResolvedGraph {
    let names = gradient.xs + gradient.zs
    let cut = try names.map { try slot(of: $0) }
    guard Set(cut).count == cut.count else {
      throw OperatorError(.invalidAttribute, "xs \(gradient.xs) and zs \(gradient.zs) name a value twice")
    }
    let target = try slot(of: gradient.y)
    let computed = try slotsComputed(from: cut)
    var needed: Set<Int> = [target]
    var nodes: [ResolvedNode] = []
    for node in result.nodes.reversed() {
      let outputs = node.outputs.compactMap { $0 }
      guard outputs.contains(where: { needed.contains($0) && computed.contains($0) }) else { continue }
      needed.formUnion(node.reads)
      nodes.append(node)
    }
    if let around = result.captures.first(where: { needed.contains($0.slot) && computed.contains($0.slot) }) {
      throw OperatorError(
        .unsupported,
        "y '\(gradient.y)' depends on '\(result.values[around.slot].name)', which a graph around this one "
          + "computes from xs or zs, but all nodes between them must be in the graph of the Gradient")
    }
    if let other = nodes.first(where: \.containsGradient) {
      throw OperatorError(
        .unsupported,
        "y '\(gradient.y)' depends on xs or zs by way of \(other.opType) '\(other.name)', which is or holds "
          + "a Gradient, and derivatives of Gradient are not defined here")
    }
    var part = GraphPart(of: result, inputs: cut, path: path)
    for node in nodes.reversed() { part.add(node) }
    return part.finish(output: target)
  }

  private func slot(of name: String) throws -> Int {
    guard !name.isEmpty, let slot = find(name) else {
      throw OperatorError(
        .invalidAttribute,
        "'\(name)' must name a value that \(result.path.joined(separator: " › ")) defines before this node")
    }
    return slot
  }

  /// The slots that nodes of this graph, or of graphs around it, compute from those in `cut`.
  private func slotsComputed(from cut: [Int]) throws -> Set<Int> {
    let captured = result.captures.filter { cut.contains($0.slot) }
    let around = captured.isEmpty ? [] : try parent?.slotsComputed(from: captured.map(\.outer)) ?? []
    var computed = Set(result.captures.filter { around.contains($0.outer) }.map(\.slot))
    for node in result.nodes
    where node.reads.contains(where: { computed.contains($0) || cut.contains($0) }) {
      let outputs = node.outputs.compactMap { $0 }
      if let slot = outputs.first(where: cut.contains) {
        throw OperatorError(
          .invalidAttribute,
          "xs and zs name '\(result.values[slot].name)', which is computed from another of them, but they "
            + "must be independent")
      }
      computed.formUnion(outputs)
    }
    return computed
  }
}

extension ResolvedNode {
  /// The slots that the node reads, itself or in its graphs.
  fileprivate var reads: [Int] {
    inputs.compactMap { $0 } + subgraphs.values.flatMap { $0.captures.map(\.outer) }
  }

  /// Whether the node is a Gradient, or runs a graph or a function with one.
  fileprivate var containsGradient: Bool {
    if definition is Gradient { return true }
    if case .function(let body) = implementation { return body.nodes.contains(where: \.containsGradient) }
    return subgraphs.values.contains { $0.nodes.contains(where: \.containsGradient) }
  }

  /// The number of nodes that this one stands for, those of its graphs and its function included.
  var size: Int {
    var graphs = Array(subgraphs.values)
    if case .function(let body) = implementation { graphs.append(body) }
    return 1 + graphs.reduce(0) { $0 + $1.nodes.reduce(0) { $0 + $1.size } }
  }

  /// The same node in a graph at `graphPath`, where the slots have other numbers.
  fileprivate func moved(to graphPath: [String], _ number: (Int) -> Int) -> ResolvedNode {
    ResolvedNode(
      name: name, opType: opType, domain: domain, version: version, implementation: implementation,
      inputs: inputs.map { $0.map(number) }, outputs: outputs.map { $0.map(number) },
      subgraphs: subgraphs.mapValues { graph in
        var graph = graph
        graph.captures = graph.captures.map { (number($0.outer), $0.slot) }
        return graph
      }, path: graphPath + path.suffix(1))
  }
}

/// Nodes taken out of a graph, with slots of their own.
private struct GraphPart {
  private let whole: ResolvedGraph
  private var part: ResolvedGraph
  private var slots: [Int: Int] = [:]

  init(of whole: ResolvedGraph, inputs: [Int], path: [String]) {
    self.whole = whole
    part = ResolvedGraph(path: path)
    for slot in inputs { part.inputs.append(define(slot)) }
  }

  mutating func add(_ node: ResolvedNode) {
    for slot in node.reads.sorted() { capture(slot) }
    for slot in node.outputs.compactMap({ $0 }) { define(slot) }
    part.nodes.append(node.moved(to: part.path) { slots[$0] ?? $0 })
  }

  mutating func finish(output: Int) -> ResolvedGraph {
    capture(output)
    part.outputs = [slots[output] ?? output]
    part.outputInfos = [ValueInfo(name: whole.values[output].name, type: nil)]
    return part
  }

  /// A new slot. What the model declares of the value is left out: the node may give other values of other
  /// shapes.
  @discardableResult
  private mutating func define(_ slot: Int) -> Int {
    let info = ValueInfo(name: whole.values[slot].name, type: nil)
    part.values.append(info)
    slots[slot] = part.values.count - 1
    return part.values.count - 1
  }

  /// Takes over a value that none of the nodes computes.
  private mutating func capture(_ slot: Int) {
    guard slots[slot] == nil else { return }
    part.captures.append((slot, define(slot)))
  }
}
