import Analysis
import GraphIR
import OperatorSet
import TensorCore

extension Model {
  /// About how many arithmetic operations a run takes: each node of the main graph, of functions where they are
  /// called, and of subgraphs once. Extents that are not known count as 1. Nil where the model cannot be inferred.
  public var operationCount: Double? {
    try? StackRoom.with(StackRoom.ofModel) {
      let graph = try Resolver.resolve(self, toleratesUnknown: true)
      var inference = GraphInference()
      inference.errorPolicy = .lenient
      return operations(of: graph, try inference.infer(graph))
    }
  }
}

private func operations(of graph: ResolvedGraph, _ facts: GraphFacts) -> Double {
  var sum = 0.0
  for (index, node) in graph.nodes.enumerated() {
    let inner = facts.inner[index] ?? [:]
    for (name, graph) in node.subgraphs { sum += inner[name].map { operations(of: graph, $0) } ?? 0 }
    switch node.implementation {
    case .function(let body): sum += inner[node.opType].map { operations(of: body, $0) } ?? 0
    case .definition(let definition):
      let inputs = Inputs(node.inputs.map { $0.map { facts.values[$0] } }, parameters: node.parameters)
      sum += definition.operationCount(inputs, node.outputs.map { $0.map { facts.values[$0] } ?? .unknown })
    }
  }
  return sum
}
