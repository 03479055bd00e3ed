import GraphIR
import OperatorSet
import TensorCore

/// # FoldTargetShape
///
/// The shape that a Reshape or an Expand computes for itself becomes a constant where inference knows its
/// result.
///
/// - Before: y = Reshape(x, s) or Expand(x, s), s computed from extents (Shape, Gather, Concat, …).
/// - After: s is a constant. For Reshape one extent that is not known is −1, and one that y has from the same
///   axis of x may be 0; for Expand that is 1.
/// - Needs: the rank of y, and all its extents but those; for Reshape none that is known to be 0.
/// - Promise: same bits.
/// - Source: the definitions of Reshape and Expand.
enum FoldTargetShape: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["Reshape", "Expand"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let x = node.input(0), let s = node.input(1), editor.constant(s) == nil, let y = node.output(0),
      let result = editor.fact(y).dims, !result.isEmpty
    else { return false }
    let source = editor.fact(x).dims
    let shape = node.uses("Expand") ? expanding(source, to: result) : reshaping(node, source, to: result)
    guard let shape else { return false }
    var made = node.node
    made.inputs[1] = try editor.addConstant(Tensor(int64: shape), named: s, before: node)
    editor.replace(node, with: made)
    return true
  }

  /// The target of a Reshape; nil where more than one extent is open.
  private static func reshaping(_ node: EditedNode, _ source: [Dim]?, to result: [Dim]) -> [Int]? {
    guard !result.contains(0) else { return nil }
    let open = result.filter { $0.number == nil }
    let mayCopy = open.count > 1 && node.attributes?.optionalInt("allowzero") != 1
    var shape: [Int] = []
    for (axis, dim) in result.enumerated() {
      let isCopied = mayCopy && dim != .unknown && axis < source?.count ?? 0 && source?[axis] == dim
      shape.append(dim.number ?? (isCopied ? 0 : -1))
    }
    return shape.count { $0 == -1 } <= 1 ? shape : nil
  }

  /// The target of an Expand; nil where an extent is neither known nor that of x.
  private static func expanding(_ source: [Dim]?, to result: [Dim]) -> [Int]? {
    guard let source, source.count <= result.count else { return nil }
    let aligned = Array(repeating: Dim.value(1), count: result.count - source.count) + source
    var shape: [Int] = []
    for (dim, own) in zip(result, aligned) {
      guard let extent = dim.number ?? (dim != .unknown && dim == own ? 1 : nil) else { return nil }
      shape.append(extent)
    }
    return shape
  }
}
