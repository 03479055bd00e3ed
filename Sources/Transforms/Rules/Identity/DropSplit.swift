/// # DropSplit
///
/// A Split into one part is left out.
///
/// - Before: y = Split(x), with one output.
/// - After: what reads y reads x.
/// - Needs: one output.
/// - Promise: same bits.
/// - Source: the definition of Split.
enum DropSplit: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["Split"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard node.node.outputs.count == 1, let x = node.input(0), let y = node.output(0) else { return false }
    return editor.drop(node, reading: x, insteadOf: y)
  }
}
