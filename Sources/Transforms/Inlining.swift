import Analysis
import GraphIR
import OperatorSet
import TensorCore

/// A model in which calls of its functions are replaced by their bodies.
///
/// References to attributes become the caller's values, or the function's defaults; names that the body defines,
/// also in its subgraphs, become names that nothing else has. Calls in subgraphs and in other functions are
/// replaced too. A function that is replaced everywhere is left out.
///
/// - Parameter isInlined: whether calls of a function are replaced; by default of every one.
/// A body that means another version of an operator than the graph that calls it is converted to that first.
///
/// - Throws: `ModelError` for a model that is not well formed; `InliningError` where a body cannot be converted,
///   hands on an input that the caller omits, or has a Gradient.
/// - Source: `onnx.inliner.inline_local_functions` and `inline_selected_functions`.
public func inlineFunctions(_ model: Model, where isInlined: (Function) -> Bool = { _ in true }) throws
  -> Model
{
  try StackRoom.with(StackRoom.ofModel) {
    // Refuses functions that call themselves, or expand without bound.
    _ = try Resolver.resolve(model, toleratesUnknown: true)
    var inliner = Inliner(model, inlining: model.functions.filter(isInlined))
    return try inliner.inlined(model)
  }
}

/// A call that cannot be replaced by the function's body.
public struct InliningError: Error, CustomStringConvertible, Sendable {
  public let description: String
}

private struct Inliner {
  private let model: Model
  private let functions: [FunctionKey: Function]
  /// All functions, also those that stay.
  private let callable: Set<FunctionKey>
  private var fresh: FreshNames
  /// The functions whose bodies are being put in place.
  private var stack: [FunctionKey] = []

  init(_ model: Model, inlining functions: [Function]) {
    self.model = model
    self.functions = Dictionary(functions.map { (FunctionKey($0), $0) }) { first, _ in first }
    callable = Set(model.functions.map(FunctionKey.init))
    fresh = FreshNames(model)
  }

  mutating func inlined(_ model: Model) throws -> Model {
    var model = model
    var imports = Imports(model.opsetImports, owner: "the model")
    model.graph = try inlined(model.graph, &imports)
    model.opsetImports = imports.entries
    model.functions = try model.functions.filter { functions[FunctionKey($0)] == nil }.map { function in
      var function = function
      var imports = Imports(function.opsetImports, owner: "function '\(shown(function.name))'")
      let (nodes, infos) = try inlined(function.nodes, &imports)
      function.nodes = nodes
      function.valueInfos += infos
      function.opsetImports = imports.entries
      return function
    }
    return model
  }

  private mutating func inlined(_ graph: Graph, _ imports: inout Imports) throws -> Graph {
    var graph = graph
    let (nodes, infos) = try inlined(graph.nodes, &imports)
    graph.nodes = nodes
    graph.valueInfos += infos
    return graph
  }

  /// The nodes with all calls replaced, and what the bodies declare of their values.
  private mutating func inlined(_ nodes: [Node], _ imports: inout Imports) throws -> ([Node], [ValueInfo]) {
    var (result, infos): ([Node], [ValueInfo]) = ([], [])
    for node in nodes {
      if let function = functions[FunctionKey(calledBy: node)] {
        let (body, declared) = try expansion(of: function, at: node, &imports)
        result += body
        infos += declared
      } else {
        var node = node
        for index in node.attributes.indices {
          node.attributes[index].value = try node.attributes[index].value.mapGraphs {
            try inlined($0, &imports)
          }
        }
        result.append(node)
      }
    }
    return (result, infos)
  }

  // MARK: - One call

  private mutating func expansion(
    of function: Function, at call: Node, _ imports: inout Imports
  ) throws -> ([Node], [ValueInfo]) {
    let key = FunctionKey(function)
    guard !stack.contains(key) else {
      throw ModelError(.invalid, "function '\(shown(function.name))' calls itself")
    }
    guard !function.nodes.haveGradient else {
      throw InliningError(
        description:
          "function '\(shown(function.name))' has a Gradient, which would also differentiate nodes "
          + "that stand around the call")
    }
    stack.append(key)
    defer { stack.removeLast() }
    let function = try imports.admit(function, of: model, calling: callable)
    let (renaming, passed) = try names(of: function, at: call)
    let substitution = try AttributeSubstitution(function, caller: call)
    let label = call.name.isEmpty ? function.name : call.name
    var body = function.nodes.map { node in
      var node = renaming.apply(to: substitution.apply(to: node), &fresh)
      node.name = fresh.next("\(label)/\(node.name.isEmpty ? node.opType : node.name)")
      return node
    }
    body += passed
    let infos = function.valueInfos.compactMap { info -> ValueInfo? in
      // What goes in and out is declared by the caller's graph.
      guard !(function.inputs + function.outputs).contains(where: { areSame($0, info.name) }) else {
        return nil
      }
      var info = info
      info.name = renaming[info.name]
      return info
    }
    let (nodes, inner) = try inlined(body, &imports)
    return (nodes, infos + inner)
  }

  /// What the names of a function become at a call, and nodes that hand on inputs which are outputs as well.
  private mutating func names(of function: Function, at call: Node) throws -> (Renaming, [Node]) {
    var renaming = Renaming()
    for (index, input) in function.inputs.enumerated() {
      renaming[input] = index < call.inputs.count ? call.inputs[index] : ""
    }
    let computed = Set(function.nodes.flatMap(\.outputs).map(NameKey.init))
    var (passed, named): ([Node], Set<NameKey>) = ([], [])
    for (output, wanted) in zip(function.outputs, call.outputs) where !wanted.isEmpty {
      if computed.contains(NameKey(output)), named.insert(NameKey(output)).inserted {
        renaming[output] = wanted
        continue
      }
      let source = renaming[output]
      guard !source.isEmpty else {
        throw InliningError(
          description: "function '\(shown(function.name))' hands on its input '\(shown(output))', which node "
            + "'\(shown(call.name))' omits: no operator yields nothing")
      }
      passed.append(
        Node("Identity", name: fresh.next("\(function.name)/Identity"), inputs: [source], outputs: [wanted]))
    }
    let label = call.name.isEmpty ? function.name : call.name
    for name in function.nodes.flatMap(\.outputs) where !name.isEmpty && !named.contains(NameKey(name)) {
      renaming[name] = fresh.next("\(label)/\(name)")
    }
    return (renaming, passed)
  }
}

/// The operator sets that a graph is written in, while bodies written in others come in.
private struct Imports {
  private(set) var entries: [OpsetImport]
  private let owner: String

  init(_ entries: [OpsetImport], owner: String) {
    self.entries = entries
    self.owner = owner
  }

  private func version(of domain: String) -> Int? {
    entries.first { areSame($0.domain, domain) }?.version
  }

  /// Imports what a function needs.
  ///
  /// - Parameter callable: the functions that a body may call: they are the same wherever they are called.
  /// - Returns: the function, written in the versions that are imported here where its operators changed.
  /// - Throws: `InliningError` where that cannot be.
  mutating func admit(_ function: Function, of model: Model, calling callable: Set<FunctionKey>) throws
    -> Function
  {
    var admitted = function
    let nodes = function.nodes.includingInner.filter { !callable.contains(FunctionKey(calledBy: $0)) }
    for entry in function.opsetImports {
      guard let here = version(of: entry.domain) else {
        entries.append(entry)
        continue
      }
      let changed = nodes.first {
        areSame($0.domain, entry.domain) && Self.changes($0, between: here, and: entry.version)
      }
      guard let changed else { continue }
      do {
        admitted = try convertVersion(of: admitted, in: model, to: here, domain: entry.domain)
      } catch {
        throw InliningError(
          description: "function '\(shown(function.name))' is written in opset \(entry.version) of "
            + "'\(shownDomain(entry.domain))' and \(owner) in \(here), between which "
            + "\(shown(changed.opType)) changed: \(error)")
      }
    }
    return admitted
  }

  /// Whether a node means another version of its operator, or none, in one of two opsets.
  private static func changes(_ node: Node, between a: Int, and b: Int) -> Bool {
    guard a != b else { return false }
    let since = [a, b].map {
      (try? OperatorRegistry.standard.resolve(node.opType, domain: node.domain, opset: $0))?.1.since
    }
    return since[0] == nil || since[0] != since[1]
  }
}
