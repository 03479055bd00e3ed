import Analysis
import GraphIR
import TensorCore

/// The part of a model's main graph that computes some values from others, as a model of its own.
///
/// It has the nodes that `outputs` depend on, back to `inputs` and to initializers; names that subgraphs take
/// from around count as read, and the functions that are called come along. A given input may be any value of
/// the graph; an initializer that is not given stays a constant. Types come from the model's declarations, or
/// else from inference.
///
/// - Parameters:
///   - inputs: the inputs of the part, in this order, each a value of the main graph.
///   - outputs: its outputs, in this order.
/// - Returns: `model` with everything else left out; imports and texts stay.
/// - Throws: `ModelError` where a name is no value of the main graph or stands twice, or where an output needs
///   an input of the model that is not given.
/// - Source: `onnx.utils.extract_model`, with subgraphs, functions and sparse initializers.
public func extractModel(_ model: Model, inputs: [String], outputs: [String]) throws -> Model {
  let extraction = Extraction(model.graph, inputs: inputs)
  try extraction.check(inputs, what: "input")
  try extraction.check(outputs, what: "output")
  let needed = try extraction.needed(by: outputs)
  var part = model
  part.graph.nodes = needed.nodes.sorted().map { model.graph.nodes[$0] }
  part.graph.initializers.removeAll { !needed.names.contains(NameKey($0.name)) }
  part.graph.sparseInitializers.removeAll { !needed.names.contains(NameKey($0.name)) }
  let declarations = Declarations(model)
  part.graph.inputs = inputs.map(declarations.info)
  part.graph.outputs = outputs.map(declarations.info)
  let stated = Set((inputs + outputs).map(NameKey.init))
  let computed = Set(part.graph.nodes.flatMap(\.outputs).map(NameKey.init)).subtracting(stated)
  part.graph.valueInfos.removeAll { !computed.contains(NameKey($0.name)) }
  part.functions = model.functions(calledBy: part.graph.nodes)
  return part
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
        if nodes.insert(producer).inserted { waiting += graph.nodes[producer].valuesRead }
      } else if !constants.contains(key) {
        throw ModelError(
          .invalid,
          "the outputs need '\(shown(name))', an input of the model that is not among the inputs of the part")
      }
    }
    return (nodes, names)
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
