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
    let dropped = node.node.outputs.filter { !$0.isEmpty }
    // An output that must keep its name stays, and so does the node.
    guard node.isDeterministic, node.node.inputs.contains(where: { !$0.isEmpty }),
      !dropped.contains(where: editor.isOutput),
      let other = editor.firstNode(like: node), computeSame(other, node)
    else { return false }
    return editor.redirect(dropped, to: other.node.outputs.filter { !$0.isEmpty }, removing: node)
  }

  private static func computeSame(_ a: EditedNode, _ b: EditedNode) -> Bool {
    let (x, y) = (a.node, b.node)
    return x.opType == y.opType && x.domain == y.domain && x.overload == y.overload
      && x.inputs.count == y.inputs.count && zip(x.inputs, y.inputs).allSatisfy(areSame)
      && x.outputs.map(\.isEmpty) == y.outputs.map(\.isEmpty)
      && areEqual(x.attributes, y.attributes)
  }

  private static func areEqual(_ a: [NamedAttribute], _ b: [NamedAttribute]) -> Bool {
    a.count == b.count
      && a.allSatisfy { one in b.contains { areSame($0.name, one.name) && $0.value.isSame(as: one.value) } }
  }
}
