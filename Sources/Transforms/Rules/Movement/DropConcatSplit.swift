import GraphIR
import OperatorSet
import TensorCore

/// # DropConcatSplit
///
/// Parts that are cut again as they were joined are left out.
///
/// - Before: y = Concat(a, b), c, d = Split(y).
/// - After: what reads c reads a, what reads d reads b.
/// - Needs: known extents along one axis, the same on both sides, and parts that the graph does not give.
/// - Promise: same bits.
/// - Source: the definitions of Split and Concat.
enum DropConcatSplit: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["Split"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let concat = editor.producer(of: node.input(0)), concat.uses("Concat"),
      editor.haveOneAxis(concat, node), concat.node.inputs.count == node.node.outputs.count,
      let rank = editor.fact(node.input(0)).rank, let split = node.definition as? Split,
      let axis = try? resolveAxis(split.axis, rank: rank)
    else { return false }
    let pairs = Array(zip(concat.node.inputs, node.node.outputs))
    for (part, again) in pairs where !again.isEmpty {
      guard !editor.isOutput(again), let extent = editor.extent(of: part, axis),
        extent == editor.extent(of: again, axis)
      else { return false }
    }
    let read = pairs.filter { !$1.isEmpty }
    return editor.redirect(read.map(\.1), to: read.map(\.0), removing: node)
  }
}

extension GraphEditor {
  /// The extent of an axis, where it is a number.
  fileprivate func extent(of name: String, _ axis: Int) -> Int? {
    guard let dims = fact(name).dims, dims.indices.contains(axis) else { return nil }
    return dims[axis].number
  }
}
