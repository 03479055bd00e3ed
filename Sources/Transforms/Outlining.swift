import GraphIR
import OperatorSet
import TensorCore

/// A model in which some nodes of the main graph have become one call of a function.
///
/// The function's inputs are the values that the nodes read and do not compute, constants among them, and its
/// outputs those that others read or that the graph gives. Nodes that read what the function computes come after
/// the call. Functions came with IR version 8, to which an older model is raised.
///
/// - Parameters:
///   - nodes: positions in the main graph.
///   - name: of the function, in `domain`, which the model comes to import as version 1 if it does not yet.
/// - Throws: `ModelError` where there are no such nodes, where the function exists already, where a node
///   between those chosen both reads what they compute and computes what they read, and where the main graph has
///   a Gradient.
public func outlineFunction(
  _ model: Model, nodes: some Sequence<Int>, name: String, domain: String = "local"
) throws -> Model {
  guard !model.graph.nodes.haveGradient else {
    throw ModelError(
      .unsupported, "the main graph has a Gradient, which differentiates the nodes that there are")
  }
  let outline = try Outline(model, Set(nodes))
  let function = Function(
    name: name, domain: domain, inputs: outline.inputs, outputs: outline.outputs, nodes: outline.inside,
    opsetImports: model.opsetImports)
  guard !name.isEmpty, !OperatorRegistry.standard.knows(domain: function.domain),
    !model.functions.contains(where: { FunctionKey($0) == FunctionKey(function) })
  else {
    throw ModelError(
      .invalid,
      "the function must have a name of its own in a domain that is not ONNX's: '\(shown(name))' in "
        + "'\(shown(domain))' is taken")
  }
  var (model, fresh) = (model, FreshNames(model))
  let call = Node(
    name, domain: domain, name: fresh.next(name), inputs: outline.inputs, outputs: outline.outputs)
  model.graph.nodes = outline.before + [call] + outline.after
  model.functions.append(function)
  if !model.opsetImports.contains(where: { areSame($0.domain, function.domain) }) {
    model.opsetImports.append(OpsetImport(domain: domain, version: 1))
  }
  let inner = Set(outline.inside.flatMap(\.outputs).map(NameKey.init))
    .subtracting(outline.outputs.map(NameKey.init))
  model.graph.valueInfos.removeAll { inner.contains(NameKey($0.name)) }
  model.irVersion = max(model.irVersion, 8)
  return model
}

/// The nodes of a main graph around those that are to be one.
private struct Outline {
  let before: [Node]
  let inside: [Node]
  let after: [Node]
  /// What the nodes inside read and do not compute, in the order in which they read it.
  let inputs: [String]
  /// What they compute and others want, in the order in which they compute it.
  let outputs: [String]

  init(_ model: Model, _ chosen: Set<Int>) throws {
    let nodes = model.graph.nodes
    guard !chosen.isEmpty, chosen.allSatisfy(nodes.indices.contains) else {
      throw ModelError(
        .invalid,
        "of the main graph's \(nodes.count) nodes, numbered from 0, at least one must be chosen, and no others"
      )
    }
    inside = chosen.sorted().map { nodes[$0] }
    let computed = Set(inside.flatMap(\.outputs).map(NameKey.init))
    // What depends on the nodes inside stands behind them.
    var (before, after, late): ([Node], [Node], Set<NameKey>) = ([], [], computed)
    for (index, node) in nodes.enumerated() {
      let lateNames = node.valuesRead.filter { !$0.isEmpty && late.contains(NameKey($0)) }
      if !chosen.contains(index) {
        if lateNames.isEmpty { before.append(node) } else { after.append(node) }
        if !lateNames.isEmpty { late.formUnion(node.outputs.map(NameKey.init)) }
      } else if let name = lateNames.first(where: { !computed.contains(NameKey($0)) }) {
        throw ModelError(
          .invalid,
          "'\(shown(name))' is computed from what the chosen nodes compute, and read by one of them: the node "
            + "that computes it must be chosen too")
      }
    }
    (self.before, self.after) = (before, after)
    var seen = computed
    inputs = inside.flatMap(\.valuesRead).filter { !$0.isEmpty && seen.insert(NameKey($0)).inserted }
    let wanted = Set(
      ((before + after).flatMap(\.valuesRead) + model.graph.outputs.map(\.name)).map(NameKey.init))
    outputs = inside.flatMap(\.outputs).filter { !$0.isEmpty && wanted.contains(NameKey($0)) }
  }
}
