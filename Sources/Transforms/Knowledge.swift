import Analysis
import GraphIR
import TensorCore

/// What is known of a graph as it stands, its subgraphs included.
///
/// It comes from inference that trusts in nothing a caller may change: neither in shapes that a model states
/// for computed values, nor in defaults of inputs, nor in equal names of dims, which exporters give to
/// extents that differ.
struct Knowledge {
  let graph: ResolvedGraph
  private let facts: GraphFacts

  private init(_ graph: ResolvedGraph, _ facts: GraphFacts) { (self.graph, self.facts) = (graph, facts) }

  /// What is known of a model's main graph.
  ///
  /// - Throws: `ModelError` and `NodeError` for a model that is not well formed.
  init(of model: Model) throws {
    let resolved = try Resolver.resolve(model, toleratesUnknown: true)
    try self.init(
      resolved,
      Self.inference.infer(resolved, inputs: resolved.inputs.map { resolved.values[$0].factWithOwnDims }))
  }

  /// What is known of a function's body for all its calls at once, of which nothing is known.
  init(of function: Function, in model: Model) throws {
    var alone = Model(
      irVersion: model.irVersion, opsetImports: function.opsetImports, graph: Graph(bodyOf: function))
    alone.functions = model.functions
    let resolved = try Resolver.resolve(alone, toleratesUnknown: true)
    try self.init(resolved, Self.inference.infer(resolved))
  }

  private static var inference: GraphInference {
    var inference = GraphInference(trustsDeclaredShapes: false)
    inference.errorPolicy = .lenient
    return inference
  }

  /// The facts by name, those of names from outside included.
  var byName: NameDictionary<Fact> {
    NameDictionary(graph.slotsByName.map { ($0.name, facts.values[$0.slot]) })
  }

  /// What is known of the graph in an attribute of a node.
  func inner(_ node: Int, _ attribute: String) -> Knowledge? {
    guard let graph = graph.nodes[node].subgraphs[attribute], let facts = facts.inner[node]?[attribute] else {
      return nil
    }
    return Knowledge(graph, facts)
  }
}

extension Graph {
  /// The body of a function as a graph.
  init(bodyOf function: Function) {
    self.init(
      name: function.name, nodes: function.nodes,
      inputs: function.inputs.map { ValueInfo(name: $0, type: nil) },
      outputs: function.outputs.map { ValueInfo(name: $0, type: nil) })
  }
}

extension ValueInfo {
  /// What is known of an input, each named dim under a name of its own: a caller may give other extents to
  /// dims that a model calls the same.
  fileprivate var factWithOwnDims: Fact {
    guard case .tensor(let element, let dims?)? = type else { return Fact(type) }
    return .tensor(
      element, dims.enumerated().map { axis, dim in dim.number == nil ? .param("\(name)[\(axis)]") : dim })
  }
}
