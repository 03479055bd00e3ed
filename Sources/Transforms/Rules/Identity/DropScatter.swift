/// # DropScatter
///
/// An operator that writes no updates into its data is left out.
///
/// - Before: y = Scatter, ScatterElements or ScatterND(x, indices, updates), where updates is empty.
/// - After: what reads y reads x.
/// - Needs: an extent of updates that is 0.
/// - Promise: same bits.
/// - Source: the definitions of the operators.
enum DropScatter: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["Scatter", "ScatterElements", "ScatterND"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let x = node.input(0), let y = node.output(0),
      editor.fact(node.input(2)).dims?.contains(0) == true
    else { return false }
    return editor.drop(node, reading: x, insteadOf: y)
  }
}
