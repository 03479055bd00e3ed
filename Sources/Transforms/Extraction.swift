import Analysis
import GraphIR
import OperatorSet
import TensorCore

/// The part of a model's main graph that computes some values from others, as a model of its own.
///
/// It has the nodes that `outputs` depend on, back to `inputs` and to initializers; names that subgraphs take
/// from around and that a Gradient has in attributes count as read, and the functions that are called come
/// along. A given input may be any value of the graph; an initializer that is not given stays a constant. Types
/// come from the model's declarations, or else from inference.
///
/// - Parameters:
///   - inputs: the inputs of the part, in this order, each a value of the main graph.
///   - outputs: its outputs, in this order.
/// - Returns: `model` with everything else left out; imports and texts stay.
/// - Throws: `ModelError` where a name is no value of the main graph or stands twice, where an output needs an
///   input of the model that is not given, or where an input of the part lies on the way along which a Gradient
///   differentiates.
/// - Source: `onnx.utils.extract_model`, with subgraphs, functions and sparse initializers.
public func extractModel(_ model: Model, inputs: [String], outputs: [String]) throws -> Model {
  try StackRoom.with(StackRoom.ofModel) { try extractPart(of: model, inputs: inputs, outputs: outputs) }
}

private func extractPart(of model: Model, inputs: [String], outputs: [String]) throws -> Model {
  let extraction = Extraction(model.graph, inputs: inputs)
  try extraction.check(inputs, what: "input")
  try extraction.check(outputs, what: "output")
  let needed = try extraction.needed(by: outputs)
  let positions = needed.nodes.sorted()
  var part = model
  var fresh = FreshNames(model)
  part.graph.nodes = positions.map { extraction.renamed(model.graph.nodes[$0], &fresh) }
  part.graph.initializers.removeAll { !needed.names.contains(NameKey($0.name)) }
  part.graph.sparseInitializers.removeAll { !needed.names.contains(NameKey($0.name)) }
  let declarations = Declarations(model)
  part.graph.inputs = inputs.map(declarations.info)
  part.graph.outputs = outputs.map(declarations.info)
  let stated = Set((inputs + outputs).map(NameKey.init))
  let computed = Set(part.graph.nodes.flatMap(\.outputs).map(NameKey.init)).subtracting(stated)
  part.graph.valueInfos.removeAll { !computed.contains(NameKey($0.name)) }
  part.functions = model.functions(calledBy: part.graph.nodes)
  try checkGradients(of: part, nodes: positions, in: model)
  return part
}

/// Refuses a part in which a Gradient differentiates fewer nodes than in the whole model.
///
/// - Parameter nodes: where the nodes of the part stand in the whole model.
private func checkGradients(of part: Model, nodes: [Int], in whole: Model) throws {
  guard part.graph.nodes.haveGradient else { return }
  let before = try Resolver.resolve(whole, toleratesUnknown: true)
  let after = try Resolver.resolve(part, toleratesUnknown: true)
  for (index, node) in zip(nodes, after.nodes) {
    try checkGradients(of: node, in: before.nodes[index])
  }
}

/// The same of a node of the part, and of those in its subgraphs.
private func checkGradients(of node: ResolvedNode, in whole: ResolvedNode) throws {
  if let gradient = node.definition as? Gradient {
    let (all, left) = (whole.subgraphs[Gradient.graphName], node.subgraphs[Gradient.graphName])
    guard all?.nodes.count == left?.nodes.count else {
      throw ModelError(
        .invalid,
        "an input of the part lies on the way to '\(shown(gradient.y))', along which a Gradient differentiates"
      )
    }
    return
  }
  for (name, graph) in node.subgraphs {
    for (inner, other) in zip(graph.nodes, whole.subgraphs[name]?.nodes ?? []) {
      try checkGradients(of: inner, in: other)
    }
  }
}

/// What depends on what in a main graph, as far back as the inputs of a part.
private struct Extraction {
  let graph: Graph
  let inputs: Set<NameKey>
  private let producers: NameDictionary<Int>
  private let constants: Set<NameKey>

  init(_ graph: Graph, inputs: [String]) {
    self.graph = graph
    self.inputs = Set(inputs.map(NameKey.init))
    producers = NameDictionary(
      graph.nodes.enumerated().flatMap { index, node in node.outputs.map { ($0, index) } })
    constants = Set(
      (graph.initializers.map(\.name) + graph.sparseInitializers.map(\.name)).map(NameKey.init))
  }

  /// - Throws: `ModelError` for a name that the graph does not have, or that stands twice.
  func check(_ names: [String], what: String) throws {
    var seen: Set<NameKey> = []
    for name in names {
      guard seen.insert(NameKey(name)).inserted else {
        throw ModelError(.invalid, "the \(what) '\(shown(name))' is listed twice")
      }
      guard
        !name.isEmpty && producers[name] != nil || constants.contains(NameKey(name))
          || graph.inputs.contains(where: { areSame($0.name, name) })
      else {
        throw ModelError(.invalid, "the \(what) '\(shown(name))' is no value of the main graph")
      }
    }
  }

  /// The nodes by position, and the names that they and the outputs read.
  func needed(by outputs: [String]) throws -> (nodes: Set<Int>, names: Set<NameKey>) {
    var (nodes, names): (Set<Int>, Set<NameKey>) = ([], [])
    var waiting = outputs
    while let name = waiting.popLast() {
      let key = NameKey(name)
      guard !name.isEmpty, names.insert(key).inserted, !inputs.contains(key) else { continue }
      if let producer = producers[name] {
        if nodes.insert(producer).inserted { waiting += graph.nodes[producer].namesNeeded }
      } else if !constants.contains(key) {
        throw ModelError(
          .invalid,
          "the outputs need '\(shown(name))', an input of the model that is not among the inputs of the part")
      }
    }
    return (nodes, names)
  }

  /// The node with other names for those of its outputs that are given: it may be needed for the rest of them.
  func renamed(_ node: Node, _ fresh: inout FreshNames) -> Node {
    var node = node
    node.outputs = node.outputs.map { inputs.contains(NameKey($0)) ? fresh.next($0) : $0 }
    return node
  }
}

/// What a model says of its values, and what inference adds where it says nothing.
private final class Declarations {
  private let model: Model
  private let stated: NameDictionary<ValueInfo>
  private lazy var inferred: (graph: ResolvedGraph, facts: GraphFacts)? = {
    guard let graph = try? Resolver.resolve(model, toleratesUnknown: true) else { return nil }
    var inference = GraphInference()
    inference.errorPolicy = .lenient
    return (try? inference.infer(graph)).map { (graph, $0) }
  }()

  init(_ model: Model) {
    self.model = model
    let graph = model.graph
    stated = NameDictionary(
      (graph.valueInfos + graph.outputs + graph.inputs).filter { $0.type != nil }.map { ($0.name, $0) })
  }

  func info(_ name: String) -> ValueInfo {
    if let info = stated[name] { return info }
    guard let (graph, facts) = inferred, let slot = graph.slot(of: name) else {
      return ValueInfo(name: name, type: nil)
    }
    return ValueInfo(name: name, type: facts.values[slot].type)
  }
}
