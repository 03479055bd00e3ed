import GraphIR
import TensorCore

extension GraphEditor {
  /// Puts the nodes of a subgraph in place of the node that has it.
  ///
  /// - Parameters:
  ///   - inputs: what the subgraph's inputs are, by its names.
  ///   - outputs: what the subgraph's outputs become, in order; an empty name where nobody wants it.
  /// - Returns: false, and nothing is changed, where the subgraph has sparse initializers.
  mutating func replace(
    _ node: EditedNode, by subgraph: Graph, inputs: [(name: String, value: String)], giving outputs: [String]
  ) throws -> Bool {
    guard subgraph.sparseInitializers.isEmpty, subgraph.outputs.count == outputs.count else { return false }
    var renaming = Renaming(NameDictionary(inputs.map { ($0.name, $0.value) }))
    for initializer in subgraph.initializers {
      renaming[initializer.name] = try addConstant(initializer.tensor, named: initializer.name, before: node)
    }
    let computed = subgraph.nodes.flatMap(\.outputs).filter { !$0.isEmpty }
    for name in computed { renaming[name] = freshName(name) }
    let handedOn = rename(subgraph.outputs.map(\.name), to: outputs, computed: computed, &renaming)
    for inner in subgraph.nodes { adopt(renaming.apply(to: inner, &fresh), before: node) }
    for (source, wanted) in handedOn {
      adopt(Node("Identity", inputs: [renaming[source]], outputs: [wanted]), before: node)
    }
    remove(node)
    return true
  }

  /// Gives outputs that a subgraph computes the names that are wanted.
  ///
  /// - Returns: the others: those that come from around, and those that have got another name already.
  private func rename(
    _ outputs: [String], to wanted: [String], computed: [String], _ renaming: inout Renaming
  ) -> [(source: String, wanted: String)] {
    let own = Set(computed.map(NameKey.init))
    var named: Set<NameKey> = []
    return zip(outputs, wanted).compactMap { output, wanted in
      if wanted.isEmpty { return nil }
      guard own.contains(NameKey(output)), named.insert(NameKey(output)).inserted else {
        return (output, wanted)
      }
      renaming[output] = wanted
      return nil
    }
  }
}
