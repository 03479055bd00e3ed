import GraphIR
import OperatorSet
import TensorCore

/// # FoldTargetShape
///
/// The shape that a Reshape or an Expand computes for itself becomes a constant where inference knows its
/// result.
///
/// - Before: y = Reshape(x, s) or Expand(x, s), s computed from extents (Shape, Gather, Concat, …); for
///   Expand also Where(Equal(t, −1), 1, t).
/// - After: s is a constant. For Reshape one extent that is not known is −1, and one that y has from the same
///   axis of x may be 0; for Expand that is 1.
/// - Needs: the rank of y, and all its extents but those; for Reshape none that is known to be 0.
/// - Promise: same bits.
/// - Source: the definitions of Reshape and Expand.
enum FoldTargetShape: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["Reshape", "Expand"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let x = node.input(0), let s = node.input(1), editor.constant(s) == nil, let y = node.output(0)
    else { return false }
    let source = editor.fact(x).dims
    let shape =
      node.uses("Expand")
      ? expanding(source, by: editor.shapeElements(s))
      : reshaping(node, source, to: editor.fact(y).dims)
    guard let shape else { return false }
    var made = node.node
    made.inputs[1] = try editor.addConstant(Tensor(int64: shape), named: s, before: node)
    editor.replace(node, with: made)
    return true
  }

  /// The target of a Reshape; nil where more than one extent is open.
  private static func reshaping(_ node: EditedNode, _ source: [Dim]?, to result: [Dim]?) -> [Int]? {
    guard let result, !result.isEmpty else { return nil }
    return reshapeTarget(result, of: source, mayCopy: node.attributes?.optionalInt("allowzero") != 1)
  }

  /// The target of an Expand; nil where an extent is neither known nor that of x.
  private static func expanding(_ source: [Dim]?, by target: [Dim]?) -> [Int]? {
    guard let source, let target, !target.contains(where: { $0.number ?? 0 < 0 }),
      let result = try? broadcastDims([source, target])
    else { return nil }
    let aligned = Array(repeating: Dim.value(1), count: result.count - source.count) + source
    var shape: [Int] = []
    for (dim, own) in zip(result, aligned) {
      guard let extent = dim.number ?? (dim != .unknown && dim == own ? 1 : nil) else { return nil }
      shape.append(extent)
    }
    return shape
  }
}

/// The target by which a Reshape gives a value these extents; nil where one of them is 0, or too many are
/// open.
///
/// - Parameters:
/// - source: the extents that the value has.
/// - mayCopy: whether 0 means the extent of the same axis.
func reshapeTarget(_ result: [Dim], of source: [Dim]?, mayCopy: Bool) -> [Int]? {
  guard !result.contains(0) else { return nil }
  let copies = mayCopy && result.count { $0.number == nil } > 1
  let shape = result.enumerated().map { axis, dim in
    let isCopied = copies && dim != .unknown && axis < source?.count ?? 0 && source?[axis] == dim
    return dim.number ?? (isCopied ? 0 : -1)
  }
  return shape.count { $0 == -1 } <= 1 ? shape : nil
}

extension GraphEditor {
  /// What is known of the elements of a shape, also where they are chosen from two shapes: exporters write 1
  /// for each extent that is −1 by Where(Equal(s, −1), 1, s).
  fileprivate func shapeElements(_ name: String) -> [Dim]? {
    if let elements = fact(name).elements { return elements }
    guard let choice = producer(of: name), choice.uses("Where"),
      let comparison = producer(of: choice.input(0)), comparison.uses("Equal"),
      let a = vector(comparison.input(0)), let b = vector(comparison.input(1)),
      let x = vector(choice.input(1)), let y = vector(choice.input(2)),
      Set([a, b, x, y].map(\.count)).count == 1
    else { return nil }
    return a.indices.map { i in
      guard let isEqual = Self.areEqual(a[i], b[i]) else { return x[i] == y[i] ? x[i] : .unknown }
      return isEqual ? x[i] : y[i]
    }
  }

  private func vector(_ name: String?) -> [Dim]? { fact(name).rank == 1 ? fact(name).elements : nil }

  /// Whether two elements are equal, where that is known: an open extent is not negative.
  private static func areEqual(_ a: Dim, _ b: Dim) -> Bool? {
    if let x = a.number, let y = b.number { return x == y }
    if a != .unknown && a == b { return true }
    let isNegative = (a.number ?? 0) < 0 || (b.number ?? 0) < 0
    return isNegative && a != .unknown && b != .unknown ? false : nil
  }
}
