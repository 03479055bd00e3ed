/// # DropConcat
///
/// An operator that joins one value alone is left out.
///
/// - Before: y = Concat, Max or Min of x and nothing else.
/// - After: what reads y reads x.
/// - Needs: one input. Sum and Mean begin with 0, so that −0 would become 0.
/// - Promise: same bits.
/// - Source: the definitions of the operators.
enum DropConcat: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["Concat", "Max", "Min"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard node.node.inputs.count == 1, let x = node.input(0), let y = node.output(0) else { return false }
    return editor.drop(node, reading: x, insteadOf: y)
  }
}
