import GraphIR
import OperatorSet
import TensorCore

/// A graph while it is being resolved: hands out slots, looks names up outwards, refuses what is not well formed.
final class GraphBuilder {
  var result: ResolvedGraph
  /// The graph around this one.
  let parent: GraphBuilder?
  private var declaredTypes: [NameKey: ValueInfo] = [:]
  /// The names that some node of this graph will define, to tell a wrong order from a missing value.
  private var futureNames: Set<NameKey> = []

  init(path: [String], parent: GraphBuilder?) {
    result = ResolvedGraph(path: path)
    self.parent = parent
  }

  /// Takes over inputs, initializers and declared types.
  func declare(_ graph: Graph) throws {
    declareTypes(graph.outputs + graph.valueInfos + graph.inputs)
    futureNames = Set(graph.nodes.flatMap(\.outputs).map(NameKey.init))
    for input in graph.inputs {
      guard let slot = try define(input.name, at: result.path) else {
        throw ModelError(.invalid, "graph '\(shown(graph.name))' has an input without a name")
      }
      result.inputs.append(slot)
    }
    var initialized: Set<NameKey> = []
    let sparse = try graph.sparseInitializers.map { ($0.name, Value.tensor(try densified($0))) }
    let constants = graph.initializers.map { ($0.name, Value.tensor($0.tensor)) } + sparse
    for (name, value) in constants {
      guard initialized.insert(NameKey(name)).inserted else {
        throw ModelError(.invalid, "graph '\(shown(graph.name))' has two initializers named '\(shown(name))'")
      }
      guard let slot = try result.slot(of: name) ?? define(name, at: result.path) else {
        throw ModelError(.invalid, "graph '\(shown(graph.name))' has an initializer without a name")
      }
      result.initializers.append((slot, value))
    }
  }

  private func densified(_ initializer: SparseInitializer) throws -> Tensor {
    do {
      return try initializer.tensor.densified()
    } catch let error as ShapeError {
      throw ModelError(
        .invalid,
        "sparse initializer '\(shown(initializer.name))' at \(result.path.joined(separator: " › ")): \(error)"
      )
    }
  }

  /// Remembers types that the model states for names, whoever defines them.
  func declareTypes(_ infos: [ValueInfo]) {
    for info in infos where info.type != nil { declaredTypes[NameKey(info.name)] = info }
  }

  /// A new slot for a value of this graph; nil for the empty name.
  func define(_ name: String, at path: [String]) throws -> Int? {
    guard !name.isEmpty else { return nil }
    let slot = anonymousSlot(declaredTypes[NameKey(name)] ?? ValueInfo(name: name, type: nil))
    guard result.slots.updateValue(slot, forKey: NameKey(name)) == nil else {
      throw ModelError(
        .invalid, "the name '\(shown(name))' is defined twice, again at \(path.joined(separator: " › "))")
    }
    futureNames.remove(NameKey(name))
    return slot
  }

  /// A slot that no node can name.
  func anonymousSlot(_ info: ValueInfo = ValueInfo(name: "", type: nil)) -> Int {
    result.values.append(info)
    return result.values.count - 1
  }

  /// The slot of a name that a node reads; nil for the empty name.
  func read(_ name: String, by node: Node, at path: [String]) throws -> Int? {
    if name.isEmpty { return nil }
    if let slot = find(name) { return slot }
    let place =
      "input '\(shown(name))' of \(shown(node.opType)) '\(shown(node.name))' at "
      + path.joined(separator: " › ")
    throw ModelError(
      .invalid,
      futureNames.contains(NameKey(name))
        ? "\(place) is computed by this or a later node: the graph has a cycle or is not in topological order"
        : "\(place) is not defined")
  }

  /// The slot of a name that is known here or in a graph around; nil where it is not.
  func find(_ name: String) -> Int? {
    if let slot = result.slot(of: name) { return slot }
    guard let outer = parent?.find(name), let parent else { return nil }
    let slot = anonymousSlot(parent.result.values[outer])
    result.slots[NameKey(name)] = slot
    result.captures.append((outer, slot))
    return slot
  }

  /// Connects the outputs, which may also be values of the graph around.
  func finish(outputs: [ValueInfo]) throws {
    var seen: Set<NameKey> = []
    for output in outputs {
      guard let slot = find(output.name) else {
        throw ModelError(
          .invalid,
          "output '\(shown(output.name))' of \(result.path.joined(separator: " › ")) is computed by no node")
      }
      guard seen.insert(NameKey(output.name)).inserted || result.path.count > 1 else {
        throw ModelError(.invalid, "the output '\(shown(output.name))' is listed twice")
      }
      result.outputs.append(slot)
    }
    result.outputInfos = outputs
  }
}
