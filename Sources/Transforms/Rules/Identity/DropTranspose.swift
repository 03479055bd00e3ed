/// # DropTranspose
///
/// A Transpose that leaves each axis where it is is left out.
///
/// - Before: y = Transpose(x, perm: 0, 1, …, r − 1).
/// - After: what reads y reads x.
/// - Needs: perm, or a rank of at most 1 where it is omitted.
/// - Promise: same bits.
/// - Source: the definition of Transpose.
enum DropTranspose: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["Transpose"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let x = node.input(0), let y = node.output(0), let perm = editor.permutation(of: node),
      perm == Array(perm.indices)
    else { return false }
    return editor.drop(node, reading: x, insteadOf: y)
  }
}

extension GraphEditor {
  /// The axis of its input that each axis of a Transpose's output is; nil where the rank is not known.
  func permutation(of node: EditedNode) -> [Int]? {
    if let perm = node.attributes?.optionalInts("perm") { return perm }
    return fact(node.input(0)).rank.map { Array((0..<$0).reversed()) }
  }
}
