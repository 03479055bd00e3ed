import GraphIR
import TensorCore

/// A tensor cut along a resolved axis into parts of the given extents, which sum up to that axis.
func splitting(_ input: Tensor, axis: Int, into extents: [Int]) throws -> [Tensor] {
  var offset = 0
  return try extents.map(spending: 1) { extent in
    defer { offset += extent }
    return input.sliced(axis: axis, start: offset, count: extent)
  }
}

/// Checks that parts are not negative and sum up to the axis they are cut from.
func checkParts(_ parts: [Int], of extent: Int) throws {
  let sum = parts.reduce(0, &+)
  guard parts.allSatisfy({ $0 >= 0 && $0 <= extent }), sum == extent else {
    throw OperatorError(
      .invalidValue,
      "split \(parts) sums up to \(sum), but must hold non-negative extents that sum up to \(extent)")
  }
}
