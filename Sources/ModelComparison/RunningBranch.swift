import Conformance
import GraphIR
import Oracle
import TensorCore

/// The subgraph of an If that runs, or the first iteration of a Loop, with what it is given: so that providers, which
/// show no values of subgraphs, can be asked for them.
struct RunningBranch {
  /// `then_branch`, `else_branch` or `body`.
  let attribute: String
  /// The subgraph's inputs, and what it takes from outside, by name.
  let inputs: NamedValues

  /// - Parameter values: the values of names of the graph around.
  /// - Returns: nil for a node without a subgraph of these kinds.
  init?(_ node: Node, of model: Model, values: ([String]) throws -> NamedValues) throws {
    let given = try values(node.valuesRead.filter { name in !name.isEmpty && !model.graph.isConstant(name) })
    func value(_ position: Int) -> Value? {
      guard position < node.inputs.count else { return nil }
      return given[node.inputs[position]]
    }
    var bound: NamedValues = [:]
    switch node.opType {
    case "If":
      guard case .tensor(let condition)? = value(0), let isTrue = condition.bools().first else { return nil }
      attribute = isTrue ? "then_branch" : "else_branch"
    case "Loop":
      attribute = "body"
      guard let body = node.graph(attribute), body.inputs.count >= 2 else { return nil }
      bound[body.inputs[0].name] = .tensor(Tensor(int64: [0], shape: []))
      bound[body.inputs[1].name] = .tensor(Tensor(bools: [true], shape: []))
      for (position, input) in body.inputs.enumerated().dropFirst(2) {
        guard let state = value(position) else { return nil }
        bound[input.name] = state
      }
    default: return nil
    }
    guard let graph = node.graph(attribute), !graph.nodes.isEmpty else { return nil }
    inputs = given.selecting(graph.captures).merging(bound)
  }

  /// The subgraph as a model of its own, with the constants that it takes from outside.
  func model(within node: Node, of model: Model) -> Model? {
    guard var graph = node.graph(attribute) else { return nil }
    let captured = Set(graph.captures)
    graph.initializers += model.graph.initializers.filter { captured.contains($0.name) }
    graph.sparseInitializers += model.graph.sparseInitializers.filter { captured.contains($0.name) }
    graph.inputs = graph.nodes.inputInfos(inputs.names) { inputs[$0] }
    return Model(
      irVersion: max(model.irVersion, 4), opsetImports: model.opsetImports, graph: graph,
      functions: model.functions)
  }
}

extension Graph {
  /// Whether a name is an initializer that no input replaces.
  func isConstant(_ name: String) -> Bool {
    (initializers.contains { $0.name == name } || sparseInitializers.contains { $0.name == name })
      && !inputs.contains { $0.name == name }
  }
}

extension Node {
  fileprivate func graph(_ name: String) -> Graph? {
    guard case .graph(let graph)? = attributes.first(where: { $0.name == name })?.value else { return nil }
    return graph
  }
}
