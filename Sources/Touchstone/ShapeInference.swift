import Analysis
import GraphIR
import ModelFile
import TensorCore

/// How shape inference treats what it meets; the words are those of `onnx.shape_inference`.
public struct ShapeInferenceOptions: Sendable {
  /// Whether inputs of the wrong type are an error, even without `strictMode`.
  public var checkType = false
  /// Whether every error of a node ends inference. Without, its outputs stay as the model declares them.
  public var strictMode = false
  /// Whether elements of small integer tensors are followed through the graph, so that computed shapes are
  /// known.
  public var dataProp = false

  /// The defaults of `onnx.shape_inference.infer_shapes`.
  public init(checkType: Bool = false, strictMode: Bool = false, dataProp: Bool = false) {
    self.checkType = checkType
    self.strictMode = strictMode
    self.dataProp = dataProp
  }
}

/// The bytes of a model with the types and shapes of its values written in, as
/// `onnx.shape_inference.infer_shapes` gives them: outputs and `value_info`, in the main graph and in its
/// subgraphs.
///
/// - Throws: `LoadError` and `ModelError` for bytes that are no valid model; `NodeError` as the options say.
public func inferShapes(
  modelBytes: [UInt8], checkType: Bool = false, strictMode: Bool = false, dataProp: Bool = false
) throws -> [UInt8] {
  let model = try OnnxFile.parse(bytes: modelBytes)
  let options = ShapeInferenceOptions(checkType: checkType, strictMode: strictMode, dataProp: dataProp)
  return try OnnxFile.serialize(inferShapes(model, options))
}

/// A model with the types and shapes of its values written in.
///
/// They hold for the initializers, also where a run may replace one that is the default of an input.
///
/// - Throws: `ModelError` for a model that is not well formed; `NodeError` as the options say.
public func inferShapes(_ model: Model, _ options: ShapeInferenceOptions = ShapeInferenceOptions()) throws
  -> Model
{
  try StackRoom.with(StackRoom.ofModel) { try inferShapesHere(model, options) }
}

private func inferShapesHere(_ model: Model, _ options: ShapeInferenceOptions) throws -> Model {
  let resolved = try Resolver.resolve(model, toleratesUnknown: !options.strictMode)
  var inference = GraphInference(folds: options.dataProp, trustsDeclaredShapes: true)
  inference.errorPolicy = options.strictMode ? .failing : options.checkType ? .failingOnTypes : .lenient
  inference.propagatesData = options.dataProp
  let facts = try inference.infer(resolved)
  var model = model
  model.graph = try ShapeAnnotator(isStrict: options.strictMode).annotate(model.graph, resolved, facts)
  return model
}

/// Writes facts into the graphs that they were inferred of.
private struct ShapeAnnotator {
  let isStrict: Bool

  func annotate(_ graph: Graph, _ resolved: ResolvedGraph, _ facts: GraphFacts) throws -> Graph {
    var graph = graph
    func type(of name: String) -> ValueType? { resolved.slot(of: name).flatMap { facts.values[$0].type } }
    graph.outputs = try graph.outputs.map { try annotate($0, type(of: $0.name), resolved.path) }
    graph.valueInfos = try graph.valueInfos.map { try annotate($0, type(of: $0.name), resolved.path) }
    var named = Set((graph.inputs + graph.outputs + graph.valueInfos).map(\.name))
    for name in graph.nodes.flatMap(\.outputs) where !name.isEmpty {
      guard let type = type(of: name), named.insert(name).inserted else { continue }
      graph.valueInfos.append(ValueInfo(name: name, type: type))
    }
    for (index, node) in resolved.nodes.enumerated()
    where index < graph.nodes.count && !node.subgraphs.isEmpty {
      graph.nodes[index].attributes = try graph.nodes[index].attributes.map { attribute in
        try annotate(attribute, node, facts.inner[index] ?? [:])
      }
    }
    return graph
  }

  private func annotate(_ attribute: NamedAttribute, _ node: ResolvedNode, _ facts: [String: GraphFacts])
    throws
    -> NamedAttribute
  {
    guard case .graph(let graph) = attribute.value, let resolved = node.subgraphs[attribute.name],
      let facts = facts[attribute.name]
    else { return attribute }
    var attribute = attribute
    attribute.value = .graph(try annotate(graph, resolved, facts))
    return attribute
  }

  /// A declaration with what was inferred. Where both contradict each other, the declaration stays, as in
  /// ONNX; in strict mode that is an error.
  private func annotate(_ info: ValueInfo, _ inferred: ValueType?, _ path: [String]) throws -> ValueInfo {
    guard let inferred, inferred != info.type else { return info }
    var info = info
    if let declared = info.type, !declared.admits(inferred) {
      guard isStrict else { return info }
      throw ModelError(
        .invalid,
        "value '\(info.name)' of \(path.joined(separator: " › ")) is declared \(declared), "
          + "but inferred \(inferred)"
      )
    }
    info.type = inferred
    info.encodedType = []
    return info
  }
}

extension ValueType {
  /// Whether a value of type `other` can be of this type too, as far as both are known.
  fileprivate func admits(_ other: ValueType) -> Bool {
    switch (self, other) {
    case (.tensor(let a, let x), .tensor(let b, let y)),
      (.sparseTensor(let a, let x), .sparseTensor(let b, let y)):
      guard a == b else { return false }
      guard let x, let y else { return true }
      return x.count == y.count && zip(x, y).allSatisfy { $0.number == nil || $1.number == nil || $0 == $1 }
    case (.sequence(let a), .sequence(let b)), (.optional(let a), .optional(let b)): return a.admits(b)
    case (.map(let k, let a), .map(let l, let b)): return k == l && a.admits(b)
    default: return false
    }
  }
}
