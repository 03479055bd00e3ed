import GraphIR
import TensorCore

/// What tells a function of a model from the others.
struct FunctionKey: Hashable {
  private let parts: [NameKey]

  init(_ function: Function) {
    parts = [function.domain, function.name, function.overload].map(NameKey.init)
  }

  /// That of the function which a node may call.
  init(calledBy node: Node) { parts = [node.domain, node.opType, node.overload].map(NameKey.init) }
}

extension Attribute {
  /// The graphs that the value holds.
  var graphs: [Graph] {
    switch self {
    case .graph(let graph): [graph]
    case .graphs(let graphs): graphs
    default: []
    }
  }

  /// The value with each of its graphs changed.
  func mapGraphs(_ transform: (Graph) throws -> Graph) rethrows -> Attribute {
    switch self {
    case .graph(let graph): .graph(try transform(graph))
    case .graphs(let graphs): .graphs(try graphs.map(transform))
    default: self
    }
  }
}

extension [Node] {
  /// These nodes and those of all their subgraphs.
  var includingInner: [Node] {
    flatMap { node in [node] + node.attributes.flatMap { $0.value.graphs.flatMap(\.nodes.includingInner) } }
  }
}

extension Model {
  /// The functions that nodes call, directly or through others, in the model's order.
  func functions(calledBy nodes: [Node]) -> [Function] {
    let known = Dictionary(functions.map { (FunctionKey($0), $0) }) { first, _ in first }
    var called: Set<FunctionKey> = []
    var waiting = nodes.includingInner
    while let node = waiting.popLast() {
      let key = FunctionKey(calledBy: node)
      if let function = known[key], called.insert(key).inserted { waiting += function.nodes.includingInner }
    }
    return functions.filter { called.contains(FunctionKey($0)) }
  }
}
