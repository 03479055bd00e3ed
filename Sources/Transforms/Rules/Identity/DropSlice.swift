import GraphIR
import OperatorSet
import TensorCore

/// # DropSlice
///
/// A Slice that takes everything is left out.
///
/// - Before: y = Slice(x, starts, ends, axes, steps), each range from the first index to the last, one by
///   one.
/// - After: what reads y reads x.
/// - Needs: known starts, ends, axes and steps, all of these 1; a range ends at the largest int64, or at or
///   behind an extent that is known.
/// - Promise: same bits.
/// - Source: the definition of Slice.
enum DropSlice: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["Slice"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let x = node.input(0), let y = node.output(0), let ranges = editor.ranges(of: node),
      ranges.steps.allSatisfy({ $0 == 1 })
    else { return false }
    let dims = editor.fact(x).dims
    for (k, axis) in ranges.axes.enumerated() {
      let extent = dims.flatMap { dims in
        (try? resolveAxis(axis, rank: dims.count)).flatMap { dims[$0].number }
      }
      guard takesAll(from: ranges.starts[k], to: ranges.ends[k], of: extent) else { return false }
    }
    return editor.drop(node, reading: x, insteadOf: y)
  }

  private static func takesAll(from start: Int, to end: Int, of extent: Int?) -> Bool {
    guard let extent else { return start == 0 && end == Int.max }
    return (start == 0 || start <= -extent) && end >= extent
  }
}

/// The ranges of a Slice, lists of one length.
struct SliceRanges {
  var starts: [Int]
  var ends: [Int]
  /// As they are given, perhaps negative.
  var axes: [Int]
  var steps: [Int]
}

extension GraphEditor {
  /// The ranges of a Slice; nil where a number is not known.
  func ranges(of node: EditedNode) -> SliceRanges? {
    guard let starts = integers(of: node, attribute: "starts", input: 1),
      let ends = integers(of: node, attribute: "ends", input: 2), starts.count == ends.count
    else { return nil }
    let axes = integers(of: node, attribute: "axes", input: 3)
    let steps = integers(node.input(4))
    guard axes != nil || node.input(3) == nil, steps != nil || node.input(4) == nil else { return nil }
    let ranges = SliceRanges(
      starts: starts, ends: ends, axes: axes ?? Array(starts.indices),
      steps: steps ?? Array(repeating: 1, count: starts.count))
    return ranges.axes.count == starts.count && ranges.steps.count == starts.count ? ranges : nil
  }
}
