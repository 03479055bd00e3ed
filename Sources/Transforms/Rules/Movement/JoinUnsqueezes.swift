import GraphIR
import OperatorSet
import TensorCore

/// # JoinUnsqueezes
///
/// Two Unsqueezes, one of the other, become one.
///
/// - Before: y = Unsqueeze(x, p), z = Unsqueeze(y, q).
/// - After: z = Unsqueeze(x, r), where r are q and the axes of z that those of p have become.
/// - Needs: known axes of both, at most 64 together, the rank of x, and nobody else who wants y.
/// - Promise: same bits.
/// - Source: the definition of Unsqueeze.
enum JoinUnsqueezes: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["Unsqueeze"]

  /// Each of a row of Unsqueezes lists the axes of those before.
  private static let mostAxes = 64

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let first = editor.producer(of: node.input(0), "Unsqueeze", readOnlyBy: node),
      let x = first.input(0), let rank = editor.fact(x).rank,
      let p = editor.integers(of: first, attribute: "axes", input: 1),
      let q = editor.integers(of: node, attribute: "axes", input: 1),
      let axes = join(p, q, rank: rank)
    else { return false }
    var made = node.node
    made.inputs[0] = x
    if node.input(1) == nil {
      made.attributes = [NamedAttribute("axes", .ints(axes))]
    } else {
      made.inputs[1] = try editor.addConstant(Tensor(int64: axes), named: made.inputs[1], before: node)
    }
    editor.replace(node, with: made)
    return true
  }

  /// The axes that both add to a value of `rank`, ascending.
  private static func join(_ p: [Int], _ q: [Int], rank: Int) -> [Int]? {
    let middle = rank + p.count
    guard p.count + q.count <= mostAxes, let inner = try? resolveAxes(p, rank: middle),
      let outer = try? resolveAxes(q, rank: middle + q.count)
    else { return nil }
    let added = Set(outer)
    let places = (0..<(middle + q.count)).filter { !added.contains($0) }
    return (outer + inner.map { places[$0] }).sorted()
  }
}
