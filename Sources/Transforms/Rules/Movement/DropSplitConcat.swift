import GraphIR
import TensorCore

/// # DropSplitConcat
///
/// Parts that are joined again as they were cut are left out.
///
/// - Before: a, b = Split(x), y = Concat(a, b).
/// - After: what reads y reads x.
/// - Needs: all parts, each once and in order, and one axis.
/// - Promise: same bits.
/// - Source: the definitions of Split and Concat.
enum DropSplitConcat: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["Concat"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let split = editor.producer(of: node.input(0)), split.uses("Split"), let x = split.input(0),
      let y = node.output(0), split.node.outputs.count == node.node.inputs.count,
      zip(split.node.outputs, node.node.inputs).allSatisfy(areSame), editor.haveOneAxis(split, node)
    else { return false }
    return editor.drop(node, reading: x, insteadOf: y)
  }
}
