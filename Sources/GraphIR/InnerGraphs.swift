extension Attribute {
  /// The graphs that the value holds.
  package var graphs: [Graph] {
    switch self {
    case .graph(let graph): [graph]
    case .graphs(let graphs): graphs
    default: []
    }
  }

  /// The value with each of its graphs changed.
  package func mapGraphs(_ transform: (Graph) throws -> Graph) rethrows -> Attribute {
    switch self {
    case .graph(let graph): .graph(try transform(graph))
    case .graphs(let graphs): .graphs(try graphs.map(transform))
    default: self
    }
  }
}

extension [Node] {
  /// These nodes and those of all their subgraphs.
  package var includingInner: [Node] {
    flatMap { node in [node] + node.attributes.flatMap { $0.value.graphs.flatMap(\.nodes.includingInner) } }
  }
}
