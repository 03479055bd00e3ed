import TensorCore

/// A tensor as [outer, between, inner, last], of which the second and the fourth axis are folded; neighbouring axes of
/// one kind are one.
struct FoldedAxes {
  let outer: Int
  let between: Int
  let inner: Int
  let last: Int

  /// Nil where kept and folded axes alternate more often.
  init?(_ shape: [Int], folding axes: [Int]) {
    var extents = [1, 1, 1, 1]
    var slot = 0
    for (axis, extent) in shape.enumerated() where extent != 1 {
      // Kept axes have even slots, folded ones odd ones.
      if axes.contains(axis) != (slot % 2 == 1) { slot += 1 }
      guard slot < 4 else { return nil }
      extents[slot] *= extent
    }
    // What is folded last of all lies in rows.
    if extents[2] == 1 { extents.swapAt(1, 3) }
    // What stays as it is is one row.
    if extents[2] == 1 && extents[3] == 1 { extents.swapAt(0, 2) }
    (outer, between, inner, last) = (extents[0], extents[1], extents[2], extents[3])
  }

  /// The elements that become one.
  var foldedCount: Int { between * last }

  /// Where a row of elements that are folded begins, for a cell of the output.
  func row(_ cell: Int, _ part: Int) -> Int {
    ((cell / inner * between + part) * inner + cell % inner) * last
  }
}
