import GraphIR
import TensorCore

/// A part of a model as a model of its own: some nodes of its main graph, with the constants that they read.
package struct Submodel {
  package var model: Model
  /// The values that must be given, in the order of the model's inputs.
  package var inputs: [String] { model.graph.inputs.map(\.name) }

  /// - Parameters:
  ///   - nodes: positions in the main graph, in ascending order.
  ///   - outputs: the names of the values that the part gives.
  ///   - constants: names that become initializers with their values: those that the provider may want to know when
  ///     it makes the model ready.
  ///   - value: the value of a name, from which an input has its type.
  package init(
    of whole: Model, nodes: [Int], outputs: [String], constants: Set<String> = [],
    value: (String) -> Value?
  ) {
    let graph = whole.graph
    let chosen = nodes.map { graph.nodes[$0] }
    var seen = Set(chosen.flatMap(\.outputs).map(NameKey.init))
    let external = chosen.flatMap(\.valuesRead).filter { !$0.isEmpty && seen.insert(NameKey($0)).inserted }
    let wanted = Set(external.map(NameKey.init))
    var part = Graph(
      name: graph.name, nodes: chosen, outputs: outputs.map { ValueInfo(name: $0, type: nil) },
      initializers: graph.initializers.filter { wanted.contains(NameKey($0.name)) },
      sparseInitializers: graph.sparseInitializers.filter { wanted.contains(NameKey($0.name)) })
    var known = Set((part.initializers.map(\.name) + part.sparseInitializers.map(\.name)).map(NameKey.init))
    for name in external where constants.contains(name) && !known.contains(NameKey(name)) {
      guard case .tensor(let tensor)? = value(name) else { continue }
      part.initializers.append(Initializer(name: name, tensor: tensor))
      known.insert(NameKey(name))
    }
    part.inputs = chosen.inputInfos(external.filter { !known.contains(NameKey($0)) }, value)
    var model = Model(
      irVersion: max(whole.irVersion, 4), opsetImports: whole.opsetImports, graph: part,
      functions: whole.functions)
    model.producerName = "touchstone"
    self.model = model
  }
}

extension [Node] {
  /// How the values that the nodes are given are declared. Where some have subgraphs, no shapes are stated: a branch
  /// that is not taken need not fit them.
  package func inputInfos(_ names: [String], _ value: (String) -> Value?) -> [ValueInfo] {
    let haveSubgraphs = contains { node in
      node.attributes.contains { [.graph, .graphs].contains($0.value.kind) }
    }
    return names.map { name in
      let type = value(name)?.type
      return ValueInfo(name: name, type: haveSubgraphs ? type?.withoutShape : type)
    }
  }
}
