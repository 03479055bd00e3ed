import GraphIR
import TensorCore

/// # MergeEqualNodes
///
/// Of two nodes that compute the same, the later one is left out (common subexpressions).
///
/// - Before: y = f(x), z = f(x), with equal attributes.
/// - After: what reads z reads y.
/// - Needs: an operator that gives the same for the same inputs: no draw; no subgraphs; as many outputs wanted,
///   since their number may decide what an operator computes.
/// - Promise: same bits.
/// - Source: the definitions.
enum MergeEqualNodes: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = []

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard node.attributes != nil, node.isDeterministic, let x = node.node.inputs.first(where: { !$0.isEmpty })
    else {
      return false
    }
    for other in editor.readers(of: x) where editor.comes(other, before: node) && computeSame(other, node) {
      let pairs = zip(other.node.outputs, node.node.outputs).filter { !$0.0.isEmpty || !$0.1.isEmpty }
      // All or none: an output that must keep its name stays, and so does the node.
      guard pairs.allSatisfy({ !$0.isEmpty && !$1.isEmpty && !editor.isOutput($1) }) else { continue }
      for (kept, dropped) in pairs where !editor.redirect(dropped, to: kept) { return false }
      editor.remove(node)
      return true
    }
    return false
  }

  private static func computeSame(_ a: EditedNode, _ b: EditedNode) -> Bool {
    let (x, y) = (a.node, b.node)
    return x.opType == y.opType && x.domain == y.domain && x.overload == y.overload
      && x.inputs.count == y.inputs.count && zip(x.inputs, y.inputs).allSatisfy(areSame)
      && x.outputs.map(\.isEmpty) == y.outputs.map(\.isEmpty) && a.attributes != nil
      && areEqual(x.attributes, y.attributes)
  }

  private static func areEqual(_ a: [NamedAttribute], _ b: [NamedAttribute]) -> Bool {
    a.count == b.count
      && a.allSatisfy { one in b.contains { areSame($0.name, one.name) && $0.value.isSame(as: one.value) } }
  }
}
