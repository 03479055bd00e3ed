import GraphIR

/// # JoinTransposes
///
/// Two Transposes, one of the other, become one.
///
/// - Before: y = Transpose(x, p), z = Transpose(y, q).
/// - After: z = Transpose(x, r) with r[i] = p[q[i]].
/// - Needs: both permutations, or a rank from which they follow. Others may read y.
/// - Promise: same bits.
/// - Source: the definition of Transpose.
enum JoinTransposes: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["Transpose"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let first = editor.producer(of: node.input(0)), first.uses("Transpose"), let x = first.input(0),
      let p = editor.permutation(of: first), let q = editor.permutation(of: node), p.count == q.count,
      q.allSatisfy(p.indices.contains)
    else { return false }
    var joined = node.node
    joined.inputs = [x]
    joined.attributes = [NamedAttribute("perm", .ints(q.map { p[$0] }))]
    editor.replace(node, with: joined)
    return true
  }
}
