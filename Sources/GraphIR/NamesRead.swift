import TensorCore

extension Node {
  /// The names that the node reads, those that its subgraphs take from outside included.
  public var valuesRead: [String] {
    inputs
      + attributes.flatMap { attribute in
        switch attribute.value {
        case .graph(let graph): graph.captures
        case .graphs(let graphs): graphs.flatMap(\.captures)
        default: [String]()
        }
      }
  }
}

extension Graph {
  /// The names that the graph reads and does not define.
  public var captures: [String] {
    let own = Set(
      (inputs.map(\.name) + initializers.map(\.name) + sparseInitializers.map(\.name)
        + nodes.flatMap(\.outputs)).map(NameKey.init))
    let read = nodes.flatMap(\.valuesRead) + outputs.map(\.name)
    return read.filter { !$0.isEmpty && !own.contains(NameKey($0)) }
  }
}
