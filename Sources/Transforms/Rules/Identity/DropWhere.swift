import TensorCore

/// # DropWhere
///
/// A choice that is the same everywhere is left out.
///
/// - Before: y = Where(c, a, b), where c is true everywhere, or false everywhere.
/// - After: what reads y reads a, or b.
/// - Needs: a constant c of at least one element, and the shapes of y and of what is chosen, which agree.
/// - Promise: same bits.
/// - Source: the definition of Where.
enum DropWhere: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["Where"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let choices = editor.constant(node.input(0))?.bools(), let choice = choices.first,
      choices.allSatisfy({ $0 == choice }), let chosen = node.input(choice ? 1 : 2), let y = node.output(0),
      editor.haveSameShape(chosen, y)
    else { return false }
    return editor.drop(node, reading: chosen, insteadOf: y)
  }
}
