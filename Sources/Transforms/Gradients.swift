import GraphIR
import OperatorSet
import TensorCore

// A Gradient names values of its graph in attributes, and differentiates the nodes that lead from some of them to
// another. So it needs more than it reads, and where those nodes become others, it gives another derivative.

extension Node {
  /// Whether the node is a Gradient.
  var isGradient: Bool { opType == Gradient.schema.name && domain == Gradient.schema.domain }

  /// The names that the node cannot do without: those that it reads, and those that Gradients have in attributes.
  ///
  /// The latter are no `valuesRead`: given as values, they would make the node another one, whose y depends on
  /// nothing.
  var namesNeeded: [String] {
    valuesRead + namesInAttributes
      + attributes.flatMap(\.value.graphs).flatMap { graph in
        let own = Set(graph.definedNames.map(NameKey.init))
        return graph.nodes.flatMap(\.namesNeeded).filter { !own.contains(NameKey($0)) }
      }
  }

  /// The names in a Gradient's xs, zs and y.
  private var namesInAttributes: [String] {
    guard isGradient else { return [] }
    return attributes.filter { ["xs", "zs", "y"].contains($0.name) }.flatMap { attribute in
      switch attribute.value {
      case .strings(let names): names
      case .string(let name): [name]
      default: [String]()
      }
    }
  }
}

extension [Node] {
  /// Whether one of these nodes, or of their subgraphs, is a Gradient.
  var haveGradient: Bool { includingInner.contains(where: \.isGradient) }
}
