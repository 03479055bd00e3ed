/// # DropReshape
///
/// A change of shape that changes none is left out.
///
/// - Before: y = Reshape, Flatten, Squeeze, Unsqueeze or Expand of x, where y has the shape of x.
/// - After: what reads y reads x.
/// - Needs: every extent of both as a number, or the same dim of an input of the model in both.
/// - Promise: same bits.
/// - Source: the definitions of the operators.
enum DropReshape: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["Reshape", "Flatten", "Squeeze", "Unsqueeze", "Expand"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let x = node.input(0), let y = node.output(0), let before = editor.fact(x).dims,
      let after = editor.fact(y).dims, before == after, !before.contains(.unknown)
    else { return false }
    return editor.drop(node, reading: x, insteadOf: y)
  }
}
