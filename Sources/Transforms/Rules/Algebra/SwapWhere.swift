/// # SwapWhere
///
/// A choice by a negated condition is one between swapped values.
///
/// - Before: d = Not(c), y = Where(d, a, b).
/// - After: y = Where(c, b, a).
/// - Needs: nothing more; others may read d.
/// - Promise: same bits.
/// - Source: the definitions of Not and Where.
enum SwapWhere: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["Where"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let negation = editor.producer(of: node.input(0)), negation.uses("Not"), let c = negation.input(0),
      node.node.inputs.count == 3
    else { return false }
    var swapped = node.node
    swapped.inputs = [c, swapped.inputs[2], swapped.inputs[1]]
    editor.replace(node, with: swapped)
    return true
  }
}
