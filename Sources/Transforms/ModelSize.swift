import GraphIR
import TensorCore

/// How large a model is: its main graph, subgraphs and functions, each counted once.
public struct ModelSize: Sendable, Codable, Equatable {
  public private(set) var nodes = 0
  /// Of all graphs, sparse ones included.
  public private(set) var initializers = 0
  /// Elements of initializers and of constants.
  public private(set) var parameters = 0
  /// Their bytes.
  public private(set) var parameterBytes = 0

  public init(of model: Model) {
    add(model.graph)
    for function in model.functions { add(function.nodes) }
  }

  private mutating func add(_ graph: Graph) {
    initializers += graph.initializers.count + graph.sparseInitializers.count
    for initializer in graph.initializers { add(initializer.tensor) }
    for initializer in graph.sparseInitializers { add(initializer.tensor.values) }
    add(graph.nodes)
  }

  private mutating func add(_ nodes: [Node]) {
    self.nodes += nodes.count
    for attribute in nodes.lazy.flatMap(\.attributes) {
      if case .tensor(let tensor) = attribute.value { add(tensor) }
      for graph in attribute.value.graphs { add(graph) }
    }
  }

  private mutating func add(_ tensor: Tensor) {
    parameters += tensor.count
    parameterBytes += tensor.byteCount
  }
}
