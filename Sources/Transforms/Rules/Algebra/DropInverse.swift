/// # DropInverse
///
/// A function and its inverse leave what they are given.
///
/// - Before: y = f(x), z = f(y) with f = Neg, Not or BitwiseNot.
/// - After: what reads z reads x.
/// - Needs: a function that is its own inverse bit by bit; Reciprocal is not, since it rounds.
/// - Promise: same bits.
/// - Source: the definitions of the functions.
enum DropInverse: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["Neg", "Not", "BitwiseNot"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let first = editor.producer(of: node.input(0)), first.uses(node.node.opType),
      let x = first.input(0), let z = node.output(0)
    else { return false }
    return editor.drop(node, reading: x, insteadOf: z)
  }
}
