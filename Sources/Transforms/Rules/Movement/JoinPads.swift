import GraphIR
import OperatorSet
import TensorCore

/// # JoinPads
///
/// Two Pads with one constant, one of the other, become one.
///
/// - Before: y = Pad(x, p), z = Pad(y, q), both of mode constant.
/// - After: z = Pad(x, p + q).
/// - Needs: known pads and axes, none negative, the same constant bit by bit, the rank of x, opset 11, and
///   nobody else who wants y.
/// - Promise: same bits.
/// - Source: the definition of Pad.
enum JoinPads: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["Pad"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let y = node.input(0), let first = editor.producer(of: y, "Pad", readOnlyBy: node),
      let x = first.input(0), let rank = editor.fact(x).rank, let since = node.attributes?.since, since >= 11,
      try [first, node].allSatisfy({ try $0.attributes?.string("mode") == "constant" }),
      padTheSame(first, node, editor), let inner = pads(of: first, rank: rank, editor),
      let outer = pads(of: node, rank: rank, editor)
    else { return false }
    let sums = zip(inner, outer).map { $0.addingReportingOverflow($1) }
    guard !sums.contains(where: \.overflow) else { return false }
    var made = node.node
    made.inputs[0] = x
    made.inputs[1] = try editor.addConstant(
      Tensor(int64: sums.map(\.partialValue)), named: made.inputs[1], before: node)
    // The pads are those of all axes.
    made.inputs = Array(made.inputs.prefix(3))
    editor.replace(node, with: made)
    return true
  }

  /// Whether both fill with the same constant.
  private static func padTheSame(_ a: EditedNode, _ b: EditedNode, _ editor: GraphEditor) -> Bool {
    guard let x = a.input(2), let y = b.input(2) else { return a.input(2) == nil && b.input(2) == nil }
    guard let one = editor.constant(x), let other = editor.constant(y), one.count == 1, other.count == 1
    else { return areSame(x, y) }
    return one.reshaped([]).isSame(as: other.reshaped([]))
  }

  /// The cells added before and behind every axis, as Pad lists them; nil where some are taken away.
  private static func pads(of node: EditedNode, rank: Int, _ editor: GraphEditor) -> [Int]? {
    guard let given = editor.integers(node.input(1)), given.allSatisfy({ $0 >= 0 }) else { return nil }
    let axes = node.input(3) == nil ? Array(0..<rank) : editor.integers(node.input(3))
    guard let axes, let resolved = try? resolveAxes(axes, rank: rank), given.count == 2 * resolved.count
    else {
      return nil
    }
    var pads = [Int](repeating: 0, count: 2 * rank)
    for (k, axis) in resolved.enumerated() {
      (pads[axis], pads[axis + rank]) = (given[k], given[k + resolved.count])
    }
    return pads
  }
}
