import TensorCore

extension Node {
  /// The names that the node reads, those that its subgraphs take from outside included.
  public var valuesRead: [String] {
    inputs + attributes.flatMap { $0.value.graphs.flatMap(\.captures) }
  }
}

extension Graph {
  /// The names of the values that the graph itself defines, each once.
  public var definedNames: [String] {
    var seen: Set<NameKey> = []
    let names =
      inputs.map(\.name) + initializers.map(\.name) + sparseInitializers.map(\.name)
      + nodes.flatMap(\.outputs)
    return names.filter { !$0.isEmpty && seen.insert(NameKey($0)).inserted }
  }

  /// The names that the graph reads and does not define.
  public var captures: [String] {
    let own = Set(definedNames.map(NameKey.init))
    let read = nodes.flatMap(\.valuesRead) + outputs.map(\.name)
    return read.filter { !$0.isEmpty && !own.contains(NameKey($0)) }
  }
}
