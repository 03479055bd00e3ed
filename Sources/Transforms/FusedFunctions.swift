import GraphIR
import OperatorSet
import TensorCore

/// The functions that fused nodes call.
///
/// A fused step is no operator of ONNX. As a function its definition travels with the model, so that every runtime
/// runs it; one that has a kernel for the function saves the values in between.
public struct FusedFunctions: Sendable {
  /// The domain that all of them have.
  public static let domain = "touchstone.fused"

  private(set) var functions: [Function]

  init(_ functions: [Function] = []) { self.functions = functions.filter { areSame($0.domain, Self.domain) } }

  /// The name under which a function can be called: its own, or with a number behind it where another one has that.
  mutating func name(for function: Function) -> String {
    var (named, count) = (function, 0)
    while let other = functions.first(where: { areSame($0.name, named.name) }) {
      if Self.isSame(other, named) { return named.name }
      count += 1
      named.name = "\(function.name)_\(count)"
    }
    functions.append(named)
    return named.name
  }

  /// Whether two functions have the same inputs, outputs and bodies.
  private static func isSame(_ a: Function, _ b: Function) -> Bool {
    a.inputs == b.inputs && a.outputs == b.outputs && a.attributes == b.attributes
      && Set(a.opsetImports) == Set(b.opsetImports) && a.nodes.count == b.nodes.count
      && zip(a.nodes, b.nodes).allSatisfy(isSame)
  }

  private static func isSame(_ a: Node, _ b: Node) -> Bool {
    a.opType == b.opType && a.domain == b.domain && a.inputs == b.inputs && a.outputs == b.outputs
      && a.attributes.count == b.attributes.count
      && zip(a.attributes, b.attributes).allSatisfy { $0.name == $1.name && $0.value.isSame(as: $1.value) }
  }
}

extension Model {
  /// Takes in the functions that nodes have come to call.
  mutating func add(_ fused: FusedFunctions) {
    let known = Set(functions.map(FunctionKey.init))
    let new = fused.functions.filter { !known.contains(FunctionKey($0)) }
    guard !new.isEmpty else { return }
    functions += new
    opsetImports.importFusedFunctions()
    for index in functions.indices where functions[index].nodes.includingInner.contains(where: \.callsFused) {
      functions[index].opsetImports.importFusedFunctions()
    }
    // Functions came with IR version 8.
    irVersion = max(irVersion, 8)
  }
}

extension Node {
  fileprivate var callsFused: Bool { areSame(domain, FusedFunctions.domain) }
}

extension [OpsetImport] {
  fileprivate mutating func importFusedFunctions() {
    guard !contains(where: { areSame($0.domain, FusedFunctions.domain) }) else { return }
    append(OpsetImport(domain: FusedFunctions.domain, version: 1))
  }
}

extension GraphEditor {
  /// Puts one call of a function in place of nodes, whose body they become: constants stay where they are and are
  /// inputs of the call, and attributes are handed on, so that all steps of the same operators call one function.
  ///
  /// - Parameters:
  ///   - name: of the function; by default those of the operators.
  ///   - nodes: in order. What a node but the last gives may be read by others, if they stand behind the last.
  ///   - copied: those of the nodes that stay where they are for the sake of others, besides being in the body.
  /// - Returns: false, and nothing is changed, where the nodes cannot be one.
  mutating func fuse(_ nodes: [EditedNode], copied: Set<EditedNode.ID> = [], named name: String? = nil)
    -> Bool
  {
    let name = name ?? nodes.map(\.node.opType).joined()
    guard let last = nodes.last, let fusion = Fusion(of: nodes, named: name, copied: copied, in: self) else {
      return false
    }
    let call = Node(
      fused.name(for: fusion.function), domain: FusedFunctions.domain, name: last.node.name,
      inputs: fusion.inputs, outputs: fusion.outputs, attributes: fusion.attributes)
    for node in nodes.dropLast() where !copied.contains(node.id) { remove(node) }
    replace(last, with: call)
    return true
  }
}

/// Nodes as a function, and what its call hands over.
private struct Fusion {
  private(set) var inputs: [String] = []
  private(set) var outputs: [String] = []
  private(set) var attributes: [NamedAttribute] = []
  private(set) var function: Function
  /// What the values are called within the function.
  private var names: NameDictionary<String> = [:]
  private var fresh = FreshNames()

  init?(of nodes: [EditedNode], named name: String, copied: Set<EditedNode.ID>, in editor: GraphEditor) {
    function = Function(
      name: name, domain: FusedFunctions.domain, inputs: [], outputs: [], nodes: [],
      opsetImports: editor.imports(of: nodes.map(\.node)))
    guard let last = nodes.last else { return nil }
    let inside = Set(nodes.map(\.id))
    for node in nodes {
      guard let version = node.version, node.attributes != nil, !node.hasGraphs, let body = add(node, version)
      else { return nil }
      function.nodes.append(body)
      for output in node.node.outputs where !output.isEmpty && !copied.contains(node.id) {
        let others = editor.readers(of: output).filter { !inside.contains($0.id) }
        guard others.allSatisfy({ node.id == last.id || editor.comes(last, before: $0) }) else { return nil }
        if others.isEmpty && !editor.isOutput(output) { continue }
        outputs.append(output)
        function.outputs.append(names[output] ?? "")
      }
    }
  }

  /// The node as it stands in the function.
  private mutating func add(_ node: EditedNode, _ version: OperatorVersion) -> Node? {
    var body = Node(node.node.opType, domain: node.node.domain, inputs: [], outputs: [])
    for (index, name) in node.node.inputs.enumerated() {
      guard !name.isEmpty else {
        body.inputs.append("")
        continue
      }
      if names[name] == nil {
        let own = fresh.next(index < version.inputs.count ? version.inputs[index].name : "input")
        names[name] = own
        inputs.append(name)
        function.inputs.append(own)
      }
      body.inputs.append(names[name] ?? "")
    }
    for name in node.node.outputs {
      if !name.isEmpty { names[name] = fresh.next("\(node.node.opType)_out") }
      body.outputs.append(names[name] ?? "")
    }
    for schema in version.attributes.sorted(by: { $0.name < $1.name }) {
      let own = fresh.next(schema.name)
      body.attributes.append(NamedAttribute(schema.name, .reference(own, schema.kind)))
      function.attributes.append(own)
      if let given = node.node.attributes.first(where: { areSame($0.name, schema.name) }) {
        attributes.append(NamedAttribute(own, given.value))
      }
    }
    return body
  }
}
