import Analysis
import Execution
import FastKernels
import GraphIR
import TensorCore

/// The model as Touchstone runs it: what the others are held against.
struct ReferenceModel {
  let model: Model
  let inputs: NamedValues
  private let session: Session
  /// The bytes of each value of the main graph, as far as they follow from the inputs' shapes.
  private let byteCounts: [String: Int]
  /// The values of the main graph that follow from no input. Providers may fold them and not show them.
  let constants: Set<String>

  /// - Throws: as `Session`.
  init(_ model: Model, inputs: NamedValues) throws {
    // Inference takes the inputs for constants, and computes with them before a session has seen them.
    for name in inputs.names { try inputs[name]?.checkExtents() }
    self.model = model
    self.inputs = inputs
    session = try Session(model, options: SessionOptions(kernels: .all, graphOptimizationLevel: .basic))
    byteCounts = try Self.byteCounts(model, inputs)
    constants = Self.constants(of: model.graph)
  }

  var outputNames: [String] { model.graph.outputs.map(\.name) }

  /// The values `names` of the main graph.
  ///
  /// - Throws: as `Session.run`.
  func fetch(_ names: [String]) throws -> NamedValues {
    let computed = names.filter { inputs[$0] == nil }
    return try session.run(inputs, fetching: computed).merging(inputs.selecting(names))
  }

  /// The values that a provider gave, and in place of constants that it did not show the reference's.
  ///
  /// - Throws: as `fetch`.
  func completing(_ got: NamedValues, to names: [String]) throws -> NamedValues {
    let missing = names.filter { got[$0] == nil && constants.contains($0) }
    return missing.isEmpty ? got : try fetch(missing).merging(got)
  }

  private static func constants(of graph: Graph) -> Set<String> {
    var varying = Set(graph.inputs.map(\.name))
    var constants: Set<String> = []
    for node in graph.nodes {
      if node.valuesRead.contains(where: varying.contains) {
        varying.formUnion(node.outputs)
      } else {
        constants.formUnion(node.outputs)
      }
    }
    return constants
  }

  /// What a value of unknown size is taken for.
  private static let unknownBytes = 1 << 20

  /// The memory that values take, roughly.
  func byteCount(of names: [String]) -> Int {
    names.reduce(0) { $0 + (byteCounts[$1] ?? Self.unknownBytes) }
  }

  private static func byteCounts(_ model: Model, _ inputs: NamedValues) throws -> [String: Int] {
    let graph = try Resolver.resolve(model)
    let facts = try GraphInference(trustsDeclaredShapes: false).infer(
      graph, inputs: graph.inputs.map { inputs[graph.values[$0].name].map(Fact.init(of:)) ?? .unknown })
    var counts: [String: Int] = [:]
    for (name, slot) in graph.slots {
      guard case .tensor(let type, let dims?)? = facts.values[slot].type else { continue }
      let extents = dims.compactMap(\.number)
      guard extents.count == dims.count, let count = try? elementCount(extents) else { continue }
      counts[name.name] = count * max(1, type.bitWidth / 8)
    }
    return counts
  }
}
