import GraphIR
import OperatorSet
import TensorCore

/// # JoinSlices
///
/// Two Slices, one of the other, become one.
///
/// - Before: y = Slice(x, …), z = Slice(y, …).
/// - After: z = Slice(x, …) with the ranges of both; where both slice one axis, from s₁ + s₂ to the smaller
///   of e₁ and s₁ + e₂.
/// - Needs: known ranges, the rank of x, opset 10, and nobody else who wants y; on an axis that both slice,
///   starts and ends that are not negative, and steps of 1.
/// - Promise: same bits.
/// - Source: the definition of Slice.
enum JoinSlices: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["Slice"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let y = node.input(0), let first = editor.producer(of: y, "Slice", readOnlyBy: node),
      let x = first.input(0), let since = node.attributes?.since, since >= 10,
      let rank = editor.fact(x).rank, let inner = editor.ranges(of: first),
      let outer = editor.ranges(of: node), let joined = join(inner, outer, rank: rank)
    else { return false }
    var made = node.node
    made.inputs = [x]
    let lists = [
      ("starts", joined.starts), ("ends", joined.ends), ("axes", joined.axes), ("steps", joined.steps),
    ]
    for (name, list) in lists {
      made.inputs.append(
        try editor.addConstant(Tensor(int64: list), named: "\(node.node.outputs[0])_\(name)", before: node))
    }
    editor.replace(node, with: made)
    return true
  }

  /// Nil where what both say of one axis does not make one range.
  private static func join(_ inner: SliceRanges, _ outer: SliceRanges, rank: Int) -> SliceRanges? {
    guard let innerAxes = try? resolveAxes(inner.axes, rank: rank),
      let outerAxes = try? resolveAxes(outer.axes, rank: rank)
    else { return nil }
    var joined = inner
    joined.axes = innerAxes
    for (k, axis) in outerAxes.enumerated() {
      guard let place = innerAxes.firstIndex(of: axis) else {
        joined.starts.append(outer.starts[k])
        joined.ends.append(outer.ends[k])
        joined.axes.append(axis)
        joined.steps.append(outer.steps[k])
        continue
      }
      let (start, end) = (inner.starts[place], inner.ends[place])
      guard [start, end, outer.starts[k], outer.ends[k]].allSatisfy({ $0 >= 0 }),
        inner.steps[place] == 1, outer.steps[k] == 1
      else { return nil }
      joined.starts[place] = saturatingSum(start, outer.starts[k])
      joined.ends[place] = min(end, saturatingSum(start, outer.ends[k]))
    }
    return joined
  }

  /// The sum of two numbers that are not negative; beyond the largest, that one, which means the end of an
  /// axis.
  private static func saturatingSum(_ a: Int, _ b: Int) -> Int {
    let (sum, overflows) = a.addingReportingOverflow(b)
    return overflows ? Int.max : sum
  }
}
