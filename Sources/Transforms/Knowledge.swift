import Analysis
import GraphIR
import TensorCore

/// What is known of a graph as it stands, its subgraphs included.
///
/// It comes from inference that trusts in nothing a caller may change: neither in shapes that a model states
/// for computed values, nor in defaults of inputs, nor in equal names of dims, which exporters give to
/// extents that differ. An open extent has the name of the value that has it first.
struct Knowledge {
  /// A graph with the facts of one use of it; the body of a function has one for each call.
  private struct Use {
    let graph: ResolvedGraph
    let facts: GraphFacts
  }

  private let uses: [Use]

  /// What is known of a model's main graph.
  ///
  /// - Throws: `ModelError` and `NodeError` for a model that is not well formed.
  init(of model: Model) throws {
    let resolved = try Resolver.resolve(model, toleratesUnknown: true)
    let inputs = resolved.inputs.map { resolved.values[$0].factWithOwnDims }
    uses = [Use(graph: resolved, facts: try Self.inference.infer(resolved, inputs: inputs))]
  }

  /// What is known of a function's body whoever calls it.
  init(of function: Function, in model: Model) throws {
    var alone = Model(
      irVersion: model.irVersion, opsetImports: function.opsetImports, graph: Graph(bodyOf: function))
    alone.functions = model.functions
    let resolved = try Resolver.resolve(alone, toleratesUnknown: true)
    uses = [Use(graph: resolved, facts: try Self.inference.infer(resolved))]
  }

  private init(_ uses: [Use]) { self.uses = uses }

  private static var inference: GraphInference {
    var inference = GraphInference(trustsDeclaredShapes: false)
    inference.errorPolicy = .lenient
    inference.namesOpenExtents = true
    return inference
  }

  /// The graphs from the model inwards.
  var path: [String] { uses.first?.graph.path ?? [] }

  /// The facts by name, those of names from outside included.
  var byName: NameDictionary<Fact> {
    let tables = uses.map { use in
      NameDictionary(use.graph.slotsByName.map { ($0.name, use.facts.values[$0.slot]) })
    }
    guard var result = tables.first else { return [:] }
    for other in tables.dropFirst() {
      for (name, fact) in result { result[name] = fact.common(with: other[name] ?? .unknown) }
    }
    return result
  }

  /// What is known of the graph in an attribute of a node.
  func inner(_ node: Int, _ attribute: String) -> Knowledge? {
    let inner = uses.compactMap { use -> Use? in
      guard let graph = use.graph.nodes[node].subgraphs[attribute],
        let facts = use.facts.inner[node]?[attribute]
      else { return nil }
      return Use(graph: graph, facts: facts)
    }
    return inner.count == uses.count ? Knowledge(inner) : nil
  }

  /// What is known of a function's body in all its calls from here; nil where nothing calls it, or calls it
  /// in a graph of which nothing is known.
  func calls(of function: Function) -> Knowledge? {
    var found: [Use] = []
    guard uses.allSatisfy({ Self.collectCalls(of: function, in: $0.graph, $0.facts, &found) }) else {
      return nil
    }
    return found.isEmpty ? nil : Knowledge(found)
  }

  /// - Returns: whether something is known of every graph that calls the function.
  private static func collectCalls(
    of function: Function, in graph: ResolvedGraph, _ facts: GraphFacts?, _ found: inout [Use]
  ) -> Bool {
    for (index, node) in graph.nodes.enumerated() {
      let inner = facts?.inner[index]
      for (name, graph) in node.subgraphs {
        guard collectCalls(of: function, in: graph, inner?[name], &found) else { return false }
      }
      guard case .function(let body) = node.implementation else { continue }
      let known = inner?[node.opType]
      if areSame(node.opType, function.name), areSame(node.domain, function.domain) {
        guard let known else { return false }
        found.append(Use(graph: body, facts: known))
      }
      guard collectCalls(of: function, in: body, known, &found) else { return false }
    }
    return true
  }
}

extension Fact {
  /// What is known of a value that is one of two, and the value itself where both are the same.
  fileprivate func common(with other: Fact) -> Fact {
    if let tensor, let other = other.tensor, tensor.isSame(as: other) { return self }
    return union(other)
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
