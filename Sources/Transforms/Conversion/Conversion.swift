import Analysis
import GraphIR
import OperatorSet
import TensorCore

/// The model written in another version of a domain's operator set, with the same values for every input.
///
/// The conversion goes one opset at a time, and in each step changes only nodes whose operators have a new
/// version there: the main graph, subgraphs and the bodies of functions, each from the version that it
/// imports. Operators of other domains and unknown ones stay.
///
/// Where the new opset asks for a newer IR version than the model's, the model gets that; an older opset
/// leaves it, since every IR version since 3 may import every opset.
///
/// Types decide where they are known. A node of whose inputs nothing is known is converted all the same, and
/// the whole model is looked at again at the end: what is wrong then and was not before, is refused. So is a node
/// that can only fail, where that is known of those that stand in its place.
///
/// - Parameters:
///   - version: the opset to convert to.
///   - domain: the domain whose operators are converted; the empty string for `ai.onnx`.
/// - Throws: `ModelError` for a model that is not well formed or does not import the domain, or for an opset
///   that does not exist; `ConversionError` for what cannot be said in one of the opsets on the way.
/// - Source: `onnx.version_converter.convert_version`.
public func convertVersion(_ model: Model, to version: Int, domain: String = "") throws -> Model {
  try StackRoom.with(StackRoom.ofModel) {
    let domain = canonicalDomain(domain)
    try checkTarget(version, of: domain)
    guard model.opsetImports.contains(where: { areSame($0.domain, domain) }) else {
      throw ModelError(
        .invalid, "the model does not import domain '\(shownDomain(domain))'")
    }
    _ = try Resolver.resolve(model, toleratesUnknown: true)
    var converter = Converter(model, domain: domain, target: version)
    let converted = try converter.converted()
    let start = converter.start(of: model.opsetImports) ?? version
    try check(converted, convertedFrom: model, VersionStep(domain: domain, from: start, to: version))
    return converted
  }
}

/// A function of a model written in another version of a domain's operator set, for the calls that the model has.
///
/// - Throws: `ModelError` for an opset that does not exist; `ConversionError` as for a model.
func convertVersion(of function: Function, in model: Model, to version: Int, domain: String) throws
  -> Function
{
  let domain = canonicalDomain(domain)
  try checkTarget(version, of: domain)
  guard let index = model.functions.firstIndex(where: { FunctionKey($0) == FunctionKey(function) }) else {
    throw ModelError(.invalid, "the model has no function '\(shown(function.name))'")
  }
  var model = model
  model.functions[index] = function
  var converter = Converter(model, domain: domain, target: version)
  return try converter.convertedFunction(index)
}

/// The name of a domain as errors have it.
func shownDomain(_ domain: String) -> String { domain.isEmpty ? "ai.onnx" : shown(domain) }

/// - Throws: `ModelError` where there is no such version of a domain's operator set.
private func checkTarget(_ version: Int, of domain: String) throws {
  let place = shownDomain(domain)
  guard let newest = newestOpsets[NameKey(domain)] else {
    throw ModelError(
      .unsupported, "the operators of domain '\(place)' are not known, so nothing converts them")
  }
  guard (1...newest).contains(version) else {
    throw ModelError(.unsupported, "opset \(version) of '\(place)' is asked for; known are 1 to \(newest)")
  }
}

/// What the version of an operator set cannot say.
public struct ConversionError: Error, CustomStringConvertible, Sendable {
  public let opType: String
  public let nodeName: String
  /// The opsets between which the conversion ends.
  public let from: Int
  public let to: Int
  public let reason: String

  init(_ node: Node, _ step: VersionStep, _ reason: String) {
    (opType, nodeName) = (node.opType, node.name.isEmpty ? node.outputs.first ?? "" : node.name)
    (from, to, self.reason) = (step.from, step.to, abridged(reason))
  }

  init(_ error: NodeError, _ step: VersionStep) {
    (opType, nodeName, reason) = (error.opType, error.nodeName, error.message)
    (from, to) = (step.from, step.to)
  }

  public var description: String {
    "\(shown(opType)) '\(shown(nodeName))' cannot be converted, opset \(from) → \(to): \(reason)"
  }
}

/// From one version of a domain's operator set to the next one or the one before.
struct VersionStep: Sendable {
  let domain: String
  let from: Int
  let to: Int

  var isUp: Bool { to > from }

  /// The opset whose new versions of operators come in or go out.
  var newer: Int { max(from, to) }

  /// The steps that lead from one version to another.
  static func steps(from start: Int, to end: Int, domain: String) -> [VersionStep] {
    let stride = end > start ? 1 : -1
    return (0..<abs(end - start)).map {
      VersionStep(domain: domain, from: start + stride * $0, to: start + stride * ($0 + 1))
    }
  }
}

/// Converts the graphs of one model.
private struct Converter {
  private let domain: String
  private let target: Int
  private let functions: Set<FunctionKey>
  private var model: Model
  private var fresh: FreshNames
  private var hasNewInitializers = false

  init(_ model: Model, domain: String, target: Int) {
    (self.model, self.domain, self.target) = (model, domain, target)
    functions = Set(model.functions.map(FunctionKey.init))
    fresh = FreshNames(model)
  }

  mutating func converted() throws -> Model {
    for step in steps(from: model.opsetImports) {
      if changes(model.graph.nodes, in: step) {
        model.graph = try converted(model.graph, Knowledge(of: model), step)
      }
      model.opsetImports = imports(model.opsetImports, at: step.to)
    }
    for index in model.functions.indices { _ = try convertedFunction(index) }
    model.irVersion = max(model.irVersion, leastIRVersion(ofOpset: target, domain: domain))
    // Before IR version 4 initializers were inputs, which a caller may replace.
    if hasNewInitializers { model.irVersion = max(model.irVersion, 4) }
    return model
  }

  mutating func convertedFunction(_ index: Int) throws -> Function {
    for step in steps(from: model.functions[index].opsetImports) {
      let function = model.functions[index]
      if changes(function.nodes, in: step) {
        let knowledge = try Knowledge(of: model).calls(of: function) ?? Knowledge(of: function, in: model)
        let body = try converted(Graph(bodyOf: function), knowledge, step, isFunction: true)
        model.functions[index].nodes = body.nodes
      }
      model.functions[index].opsetImports = imports(function.opsetImports, at: step.to)
    }
    return model.functions[index]
  }

  private func steps(from imports: [OpsetImport]) -> [VersionStep] {
    start(of: imports).map { VersionStep.steps(from: $0, to: target, domain: domain) } ?? []
  }

  /// The version of the domain that is imported.
  func start(of imports: [OpsetImport]) -> Int? { imports.first { areSame($0.domain, domain) }?.version }

  private func imports(_ imports: [OpsetImport], at version: Int) -> [OpsetImport] {
    imports.map { entry in
      var entry = entry
      if areSame(entry.domain, domain) { entry.version = version }
      return entry
    }
  }

  // MARK: - Graphs

  private func changes(_ nodes: [Node], in step: VersionStep) -> Bool {
    nodes.includingInner.contains { change(of: $0, in: step) != nil }
  }

  private func change(of node: Node, in step: VersionStep) -> VersionChange? {
    guard areSame(node.domain, step.domain), !functions.contains(FunctionKey(calledBy: node)) else {
      return nil
    }
    return VersionChange(of: node.opType, step)
  }

  private mutating func converted(
    _ graph: Graph, _ knowledge: Knowledge?, _ step: VersionStep, outer: NameDictionary<Fact> = [:],
    isFunction: Bool = false
  ) throws -> Graph {
    var result = graph
    result.nodes = []
    let facts = knowledge?.byName ?? outer
    let read = Set((graph.nodes.flatMap(\.namesNeeded) + graph.outputs.map(\.name)).map(NameKey.init))
    for (index, node) in graph.nodes.enumerated() {
      var node = node
      for position in node.attributes.indices {
        let name = node.attributes[position].name
        node.attributes[position].value = try node.attributes[position].value.mapGraphs {
          try converted($0, knowledge?.inner(index, name), step, outer: facts, isFunction: isFunction)
        }
      }
      guard let change = change(of: node, in: step) else {
        result.nodes.append(node)
        continue
      }
      var conversion = NodeConversion(node, change, facts: facts, read: read, fresh: fresh)
      do {
        try change.apply(to: &conversion)
        try take(conversion, into: &result, isFunction: isFunction)
      } catch let error as Refusal {
        throw ConversionError(node, step, error.reason)
      } catch let error as OperatorError {
        throw ConversionError(node, step, error.message)
      }
      fresh = conversion.fresh
    }
    return result
  }

  /// Puts a converted node with its company into a graph.
  private mutating func take(_ conversion: NodeConversion, into graph: inout Graph, isFunction: Bool) throws {
    if isFunction {
      graph.nodes += try conversion.constants.map { constant in
        try conversion.checkConstantNode(constant.tensor)
        return .constant(constant.tensor, named: constant.name)
      }
    } else {
      graph.initializers += conversion.constants
      hasNewInitializers = hasNewInitializers || !conversion.constants.isEmpty
    }
    graph.nodes += conversion.before + [conversion.node] + conversion.after
  }
}

/// Refuses a converted model in which types or shapes are wrong and were not before: types of functions, whose
/// calls alone know them, and shapes that nodes take by more than one step.
private func check(_ model: Model, convertedFrom old: Model, _ step: VersionStep) throws {
  func check(_ model: Model) throws {
    _ = try GraphInference().infer(try Resolver.resolve(model, toleratesUnknown: true))
  }
  do {
    try check(model)
  } catch {
    guard (try? check(old)) != nil else { return }
    throw (error as? NodeError).map { ConversionError($0, step) } ?? error
  }
}
