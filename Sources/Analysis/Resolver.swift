import GraphIR
import OperatorSet
import TensorCore

/// Turns a model into resolved graphs, and on the way checks its structure: names, order, operators, attributes.
public struct Resolver {
  private let registry: OperatorRegistry
  private let functions: [FunctionKey: Function]
  private let toleratesUnknown: Bool
  private let expansion = Expansion()
  private let imports = ImportsOfFunctions()

  /// The resolved main graph of `model`.
  ///
  /// - Parameter toleratesUnknown: whether a node whose operator or attributes are not understood stays in the
  ///   graph as an `UnknownOperator`, instead of ending the resolution.
  /// - Throws: `ModelError` for a model that is not well formed, `NodeError` for a node that is not.
  public static func resolve(
    _ model: Model, registry: OperatorRegistry = .standard, toleratesUnknown: Bool = false
  ) throws -> ResolvedGraph {
    let resolver = try Resolver(model, registry: registry, toleratesUnknown: toleratesUnknown)
    let scope = Scope(opsets: try opsets(model.opsetImports, of: "the model"), functionStack: [])
    return try resolver.resolve(model.graph, path: ["main"], scope: scope, parent: nil)
  }

  private init(_ model: Model, registry: OperatorRegistry, toleratesUnknown: Bool) throws {
    self.registry = registry
    self.toleratesUnknown = toleratesUnknown
    var functions: [FunctionKey: Function] = [:]
    for function in model.functions {
      guard functions.updateValue(function, forKey: FunctionKey(function)) == nil else {
        throw ModelError(
          .invalid,
          "function '\(shown(function.name))' of domain '\(shown(function.domain))' is defined twice")
      }
    }
    self.functions = functions
  }

  /// The most graphs and functions that may stand one inside the other: the stack must hold all of them when the
  /// model is resolved, inferred and run.
  private static let deepestNesting = 128

  /// How much the functions of a model have become by being expanded for each call, and the parts of graphs
  /// that Gradient nodes differentiate. Functions that call others twice each would make 2^n nodes of n
  /// functions.
  private final class Expansion {
    private static let limit = 1_000_000
    private var size = 0

    /// Counts one node of a function, once for each level at which it stands: so much its place takes to write.
    func add(levels: Int) throws {
      size += levels
      guard size <= Self.limit else {
        throw ModelError(
          .invalid,
          "the functions of the model call each other, or its Gradient nodes overlap, so often that they "
            + "expand to more than \(Self.limit) nodes, each counted once a level, and declared names")
      }
    }
  }

  /// Names of a node, and numbers in its attributes, that take as much as another node.
  private static let partsOfNode = 4

  /// What each function imports, read once however often it is called.
  private final class ImportsOfFunctions {
    private var known: [FunctionKey: [NameKey: Int]] = [:]

    func opsets(of function: Function, _ key: FunctionKey) throws -> [NameKey: Int] {
      if let opsets = known[key] { return opsets }
      let opsets = try Resolver.opsets(
        function.opsetImports, of: "function '\(shown(function.name))'")
      known[key] = opsets
      return opsets
    }
  }

  private func checkNesting(_ path: [String]) throws {
    guard path.count / 2 < Self.deepestNesting else {
      throw ModelError(
        .invalid,
        "\(path.prefix(5).joined(separator: " › ")) › … holds graphs and functions nested more than "
          + "\(Self.deepestNesting) levels deep")
    }
  }

  /// What the nodes of a graph may refer to besides values.
  private struct Scope {
    let opsets: [NameKey: Int]
    /// The functions that are being expanded, outermost first: a function must not call itself.
    let functionStack: [FunctionKey]
  }

  private static func opsets(_ imports: [OpsetImport], of owner: String) throws -> [NameKey: Int] {
    var opsets: [NameKey: Int] = [:]
    for entry in imports {
      let name = entry.domain.isEmpty ? "ai.onnx" : entry.domain
      guard entry.version > 0 else {
        throw ModelError(
          .invalid, "\(owner) imports version \(entry.version) of '\(shown(name))'; versions begin at 1")
      }
      if let newest = newestOpsets[NameKey(entry.domain)], entry.version > newest {
        throw ModelError(
          .unsupported,
          "\(owner) imports opset \(entry.version) of '\(shown(name))'; the newest known is \(newest)")
      }
      // Exporters repeat an import; only two versions at once have no meaning.
      let other = opsets.updateValue(entry.version, forKey: NameKey(entry.domain)) ?? entry.version
      guard other == entry.version else {
        throw ModelError(
          .invalid, "\(owner) imports domain '\(shown(name))' twice, as version \(other) and \(entry.version)"
        )
      }
    }
    return opsets
  }

  // MARK: - Graphs

  private func resolve(_ graph: Graph, path: [String], scope: Scope, parent: GraphBuilder?) throws
    -> ResolvedGraph
  {
    try checkNesting(path)
    let builder = GraphBuilder(path: path, parent: parent)
    try builder.declare(graph)
    for (index, node) in graph.nodes.enumerated() {
      try add(node, index: index, to: builder, scope: scope)
    }
    try builder.finish(outputs: graph.outputs)
    return builder.result
  }

  private func add(_ node: Node, index: Int, to builder: GraphBuilder, scope: Scope) throws {
    if !scope.functionStack.isEmpty {
      try expansion.add(levels: builder.result.path.count / 2 + node.partCount / Self.partsOfNode)
    }
    let path = builder.result.path + ["node \(index)"]
    let inputs = try node.inputs.map { try builder.read($0, by: node, at: path) }
    let resolved =
      if let function = function(for: node) {
        try call(function, node, inputs, path: path, builder: builder, scope: scope)
      } else {
        try use(node, inputs, path: path, builder: builder, scope: scope)
      }
    builder.result.nodes.append(resolved)
  }

  // MARK: - Operators

  private func use(_ node: Node, _ inputs: [Int?], path: [String], builder: GraphBuilder, scope: Scope) throws
    -> ResolvedNode
  {
    func located(_ version: OperatorVersion?, _ error: any Error) -> any Error {
      // A model error is about a graph or a name, and says where by itself.
      error is NodeError || error is ModelError
        ? error
        : NodeError(
          error,
          node: ResolvedNode(
            name: node.name, opType: node.opType, domain: node.domain, version: version,
            implementation: .function(ResolvedGraph(path: path)), inputs: [], outputs: [], subgraphs: [:],
            path: path))
    }
    var found: OperatorVersion?
    do {
      let (type, version) = try find(node, path: path, scope: scope)
      found = version
      try version.check(namedInputs: inputs.map { $0 != nil })
      try version.check(outputCount: node.outputs.count)
      let attributes = try NodeAttributes(
        node.attributes, version: version, namedInputs: inputs.map { $0 != nil },
        namedOutputs: node.outputs.map { !$0.isEmpty })
      let definition = try type.init(attributes)
      let subgraphs = try subgraphs(of: node, definition, path: path, builder: builder, scope: scope)
      return ResolvedNode(
        name: node.name, opType: node.opType, domain: node.domain, version: version,
        implementation: .definition(definition), inputs: inputs,
        outputs: try node.outputs.map { try builder.define($0, at: path) }, subgraphs: subgraphs, path: path)
    } catch {
      guard toleratesUnknown, !defined(node, builder) else { throw located(found, error) }
      return ResolvedNode(
        name: node.name, opType: node.opType, domain: node.domain, version: nil,
        implementation: .definition(UnknownOperator(reason: "\(located(found, error))")), inputs: inputs,
        outputs: try node.outputs.map { try builder.define($0, at: path) }, subgraphs: [:], path: path)
    }
  }

  /// The operator that a node means, and the version in force.
  private func find(_ node: Node, path: [String], scope: Scope) throws -> (any Operator.Type, OperatorVersion)
  {
    let place = path.joined(separator: " › ")
    guard let opset = scope.opsets[NameKey(node.domain)] else {
      throw ModelError(
        registry.knows(domain: node.domain) ? .invalid : .unsupported,
        "operator '\(shown(node.opType))' at \(place) is of domain "
          + "'\(node.domain.isEmpty ? "ai.onnx" : shown(node.domain))', "
          + "which the model does not import")
    }
    do {
      return try registry.resolve(node.opType, domain: node.domain, opset: opset)
    } catch let error as ModelError {
      throw ModelError(error.kind, "\(error.message), at \(place)")
    }
  }

  /// Whether an output of `node` has a slot already: then its error is a name given twice, not its operator.
  private func defined(_ node: Node, _ builder: GraphBuilder) -> Bool {
    node.outputs.contains { builder.result.slot(of: $0) != nil }
  }

  private func subgraphs(
    of node: Node, _ definition: any Operator, path: [String], builder: GraphBuilder, scope: Scope
  ) throws -> [String: ResolvedGraph] {
    if let gradient = definition as? Gradient {
      let graphPath = path + [Gradient.graphName]
      try checkNesting(graphPath)
      try expansion.add(levels: builder.result.nodes.count)
      let part = try builder.differentiatedGraph(gradient, path: graphPath)
      try expansion.add(levels: part.nodes.reduce(0) { $0 + $1.size })
      return [Gradient.graphName: part]
    }
    var subgraphs: [String: ResolvedGraph] = [:]
    for attribute in node.attributes {
      guard case .graph(let graph) = attribute.value else { continue }
      subgraphs[attribute.name] = try resolve(
        graph, path: path + [shown(attribute.name)], scope: scope, parent: builder)
    }
    return subgraphs
  }

  // MARK: - Functions

  /// A function of the model takes precedence over an operator of the same name (TSN-0037).
  private func function(for node: Node) -> Function? {
    functions[FunctionKey(calledBy: node)]
  }

  private func call(
    _ function: Function, _ node: Node, _ inputs: [Int?], path: [String], builder: GraphBuilder, scope: Scope
  ) throws -> ResolvedNode {
    let key = FunctionKey(function)
    guard !scope.functionStack.contains(key) else {
      throw ModelError(
        .invalid, "function '\(shown(function.name))' calls itself at \(path.joined(separator: " › "))")
    }
    guard inputs.count <= function.inputs.count, node.outputs.count <= function.outputs.count else {
      throw ModelError(
        .invalid,
        "function '\(shown(function.name))' takes \(function.inputs.count) inputs and gives "
          + "\(function.outputs.count) outputs, but node '\(shown(node.name))' has "
          + "\(inputs.count) and \(node.outputs.count)"
      )
    }
    let inner = Scope(
      opsets: try imports.opsets(of: function, key),
      functionStack: scope.functionStack + [key])
    let bodyPath = path + [shown(function.name)]
    try checkNesting(bodyPath)
    try expansion.add(levels: function.declaredCount)
    let body = GraphBuilder(path: bodyPath, parent: nil)
    body.declareTypes(function.valueInfos)
    body.result.inputs = try function.inputs.map { try body.define($0, at: bodyPath) ?? body.anonymousSlot() }
    let substitution = try AttributeSubstitution(function, caller: node)
    for (index, node) in function.nodes.enumerated() {
      try add(substitution.apply(to: node), index: index, to: body, scope: inner)
    }
    try body.finish(outputs: function.outputs.map { ValueInfo(name: $0, type: nil) })
    return ResolvedNode(
      name: node.name, opType: node.opType, domain: node.domain, version: nil,
      implementation: .function(body.result), inputs: inputs,
      outputs: try node.outputs.map { try builder.define($0, at: path) }, subgraphs: [:], path: path)
  }
}

extension Node {
  /// The names that the node bears, and the numbers and texts in its attributes: what is held for it again
  /// each time that a function is called. Tensors are shared, and nodes of graphs are counted by themselves.
  fileprivate var partCount: Int {
    attributes.reduce(inputs.count + outputs.count) { sum, attribute in
      switch attribute.value {
      case .ints(let list): sum + list.count
      case .floats(let list): sum + list.count
      case .strings(let list): sum + list.count
      default: sum + 1
      }
    }
  }
}

extension Function {
  /// The names that are declared again each time that the function is called.
  fileprivate var declaredCount: Int {
    inputs.count + outputs.count + attributes.count + defaults.count + valueInfos.count
  }
}

/// The newest opset of each of ONNX's domains that the definitions know: those of ONNX 1.23.
package let newestOpsets = [
  NameKey(""): 28, NameKey("ai.onnx.ml"): 5, NameKey("ai.onnx.preview"): 1,
  NameKey("ai.onnx.preview.training"): 1,
]
