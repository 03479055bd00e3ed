/// # DropIdentity
///
/// An Identity is left out.
///
/// - Before: y = Identity(x).
/// - After: what reads y reads x.
/// - Needs: that one of both names can go: x and y are not both outputs or inputs of the graph.
/// - Promise: same bits.
/// - Source: the definition of Identity.
enum DropIdentity: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["Identity"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let x = node.input(0), let y = node.output(0), x != y else { return false }
    return editor.drop(node, reading: x, insteadOf: y)
  }
}

extension GraphEditor {
  /// Leaves out a node whose output `y` is its input `x`.
  ///
  /// - Returns: false, and nothing is changed, where one of the names must stay.
  mutating func drop(_ node: EditedNode, reading x: String, insteadOf y: String) -> Bool {
    guard redirect(y, to: x), let node = self[node.id] else { return false }
    remove(node)
    return true
  }
}
