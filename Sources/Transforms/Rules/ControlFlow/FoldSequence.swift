import GraphIR
import OperatorSet
import TensorCore

/// # FoldSequence
///
/// What is taken out of a sequence that was made just before is taken from what it was made of.
///
/// - Before: q = SequenceConstruct(a, b, …), y = SequenceAt(q, i), ConcatFromSequence(q) or
///   SequenceLength(q).
/// - After: what reads y reads a, b, …; y = Concat(a, b, …); or y is a constant.
/// - Needs: a known i within the sequence; ConcatFromSequence that adds no axis.
/// - Promise: same bits.
/// - Source: the definitions of the operators.
enum FoldSequence: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["SequenceAt", "ConcatFromSequence", "SequenceLength"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let sequence = editor.producer(of: node.input(0)), sequence.uses("SequenceConstruct"),
      let y = node.output(0)
    else { return false }
    let items = sequence.node.inputs
    switch node.node.opType {
    case "SequenceAt":
      guard let position = editor.integers(node.input(1))?.first else { return false }
      let index = position < 0 ? position + items.count : position
      guard items.indices.contains(index) else { return false }
      return editor.drop(node, reading: items[index], insteadOf: y)
    case "SequenceLength":
      guard !editor.isOutput(y) else { return false }
      try editor.replace(node, withConstants: [(y, Tensor(int64: [items.count], shape: []))])
      return true
    default:
      guard let attributes = node.attributes, try !attributes.flag("new_axis") else { return false }
      var joined = node.node
      (joined.opType, joined.inputs) = ("Concat", items)
      joined.attributes = [NamedAttribute("axis", .int(try attributes.int("axis")))]
      editor.replace(node, with: joined)
      return true
    }
  }
}
