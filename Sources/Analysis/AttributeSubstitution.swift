import GraphIR
import TensorCore

/// The attribute values that one call of a function passes to the references in its body.
package struct AttributeSubstitution {
  private let values: [NameKey: Attribute]

  /// - Throws: `ModelError` for an attribute that the function does not have.
  package init(_ function: Function, caller: Node) throws {
    var values: [NameKey: Attribute] = [:]
    for attribute in function.defaults { values[NameKey(attribute.name)] = attribute.value }
    for attribute in caller.attributes {
      let key = NameKey(attribute.name)
      guard function.attributes.contains(where: { areSame($0, attribute.name) }) || values[key] != nil else {
        throw ModelError(
          .invalid, "function '\(shown(function.name))' has no attribute '\(shown(attribute.name))'")
      }
      values[key] = attribute.value
    }
    self.values = values
  }

  /// The node with its references replaced. A reference to an attribute that nobody gave is left out, so that
  /// the operator's own default holds.
  package func apply(to node: Node) -> Node {
    var node = node
    node.attributes = node.attributes.compactMap { attribute in
      var attribute = attribute
      if case .reference(let name, _) = attribute.value {
        guard let value = values[NameKey(name)] else { return nil }
        attribute.value = value
      } else {
        attribute.value = attribute.value.mapGraphs(apply)
      }
      return attribute
    }
    return node
  }

  private func apply(to graph: Graph) -> Graph {
    var graph = graph
    graph.nodes = graph.nodes.map(apply)
    return graph
  }
}
