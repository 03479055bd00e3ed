/// # DropMonotone
///
/// What keeps the order of numbers is left out before the place of the greatest or the smallest is sought.
///
/// - Before: y = Exp, Log, Sqrt, Sigmoid, Tanh or Softsign of x, z = ArgMax(y) or ArgMin(y).
/// - After: z = ArgMax(x), or ArgMin(x).
/// - Needs: nothing more; others may read y.
/// - Promise: other values: numbers that differ may become equal, as large ones under Sigmoid, and then the
///   first of them is found; a Log of negative numbers is NaN.
/// - Source: the definitions of the operators.
enum DropMonotone: Rule {
  static let promise = Promise.otherValues
  static let operators: Set<String> = ["ArgMax", "ArgMin"]
  private static let monotone: Set<String> = ["Exp", "Log", "Sqrt", "Sigmoid", "Tanh", "Softsign"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let first = editor.producer(of: node.input(0)), monotone.contains(where: first.uses),
      let x = first.input(0)
    else { return false }
    var made = node.node
    made.inputs[0] = x
    editor.replace(node, with: made)
    return true
  }
}
