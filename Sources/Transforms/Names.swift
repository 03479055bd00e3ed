import GraphIR
import TensorCore

/// Hands out names that nothing in a model has.
struct FreshNames {
  private var taken: Set<NameKey> = []

  /// Names of which none is taken.
  init() {}

  /// - Parameter model: whose values and nodes the names must not clash with, those of subgraphs and functions
  ///   included.
  init(_ model: Model) {
    add(model.graph)
    for function in model.functions {
      function.inputs.forEach { taken.insert(NameKey($0)) }
      add(function.nodes)
    }
  }

  private mutating func add(_ graph: Graph) {
    let infos = graph.inputs + graph.outputs + graph.valueInfos
    let constants = graph.initializers.map(\.name) + graph.sparseInitializers.map(\.name)
    for name in infos.map(\.name) + constants { taken.insert(NameKey(name)) }
    add(graph.nodes)
  }

  private mutating func add(_ nodes: [Node]) {
    for node in nodes {
      for name in node.inputs + node.outputs + [node.name] { taken.insert(NameKey(name)) }
      for attribute in node.attributes { attribute.value.graphs.forEach { add($0) } }
    }
  }

  /// `base`, or `base_1`, `base_2`, … where that is taken.
  mutating func next(_ base: String) -> String {
    var (name, count) = (base, 0)
    while name.isEmpty || !taken.insert(NameKey(name)).inserted {
      count += 1
      name = "\(base)_\(count)"
    }
    return name
  }
}

/// New names for the values of a graph's nodes, inputs and constants, its subgraphs included.
///
/// A name that is not listed stays: it belongs to the graph around.
struct Renaming {
  private var names: NameDictionary<String>

  init(_ names: NameDictionary<String> = [:]) { self.names = names }

  subscript(name: String) -> String {
    get { names[name] ?? name }
    set { names[name] = newValue }
  }

  func apply(to node: Node, _ fresh: inout FreshNames) -> Node {
    var node = node
    node.inputs = node.inputs.map { self[$0] }
    node.outputs = node.outputs.map { self[$0] }
    for index in node.attributes.indices {
      node.attributes[index].value = node.attributes[index].value.mapGraphs { apply(to: $0, &fresh) }
    }
    return node
  }

  /// The node with the values that it reads renamed, in its subgraphs too, which define no such name.
  func applyToReads(of node: Node) -> Node {
    var node = node
    node.inputs = node.inputs.map { self[$0] }
    for index in node.attributes.indices {
      node.attributes[index].value = node.attributes[index].value.mapGraphs { graph in
        var graph = graph
        graph.nodes = graph.nodes.map(applyToReads)
        for index in graph.outputs.indices { graph.outputs[index].name = self[graph.outputs[index].name] }
        return graph
      }
    }
    return node
  }

  /// The subgraph with names of its own for all that it defines, so that none hides another where it comes to
  /// stand.
  private func apply(to graph: Graph, _ fresh: inout FreshNames) -> Graph {
    var (graph, inner) = (graph, self)
    for name in graph.definedNames { inner[name] = fresh.next(name) }
    graph.nodes = graph.nodes.map { node in
      var node = inner.apply(to: node, &fresh)
      if !node.name.isEmpty { node.name = fresh.next(node.name) }
      return node
    }
    for index in graph.inputs.indices { graph.inputs[index].name = inner[graph.inputs[index].name] }
    for index in graph.outputs.indices { graph.outputs[index].name = inner[graph.outputs[index].name] }
    for index in graph.valueInfos.indices {
      graph.valueInfos[index].name = inner[graph.valueInfos[index].name]
    }
    for index in graph.initializers.indices {
      graph.initializers[index].name = inner[graph.initializers[index].name]
    }
    for index in graph.sparseInitializers.indices {
      graph.sparseInitializers[index].name = inner[graph.sparseInitializers[index].name]
    }
    return graph
  }
}
