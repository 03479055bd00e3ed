import GraphIR
import TensorCore

/// An axis as ONNX counts it: −rank ≤ axis < rank, negative from the end.
///
/// - Throws: `OperatorError` (invalidAttribute) outside that range.
package func resolveAxis(_ axis: Int, rank: Int, name: String = "axis") throws -> Int {
  guard axis >= -rank && axis < rank else {
    throw OperatorError(
      .invalidAttribute,
      "\(name) is \(axis), but must lie in [\(-rank), \(rank - 1)] for an input of rank \(rank)")
  }
  return axis < 0 ? axis + rank : axis
}

/// Several axes, each resolved, in the order given.
///
/// - Throws: `OperatorError` for an axis out of range or given twice.
package func resolveAxes(_ axes: [Int], rank: Int, name: String = "axes") throws -> [Int] {
  let resolved = try axes.map { try resolveAxis($0, rank: rank, name: name) }
  guard Set(resolved).count == resolved.count else {
    throw OperatorError(.invalidAttribute, "\(name) \(axes) names an axis twice")
  }
  return resolved
}

/// A tensor seen as [outer, length, inner] around an axis or a run of axes.
package struct AxisView {
  package let outer: Int
  package let length: Int
  package let inner: Int

  /// Around one resolved axis.
  package init(_ shape: [Int], axis: Int) { self.init(shape, axes: axis..<(axis + 1)) }

  /// Around consecutive resolved axes, taken together.
  package init(_ shape: [Int], axes: Range<Int>) {
    outer = shape[..<axes.lowerBound].product
    length = shape[axes].product
    inner = shape[axes.upperBound...].product
  }

  /// The flat position of element `k` along the axis, for one line through the tensor.
  package func position(_ o: Int, _ k: Int, _ i: Int) -> Int { (o * length + k) * inner + i }
}

extension AxisView {
  /// Calls `body` with the flat positions of each line through the tensor along the axis; each position takes
  /// a step of the run's work.
  package func forEachLine(_ body: (StrideTo<Int>) throws -> Void) throws {
    try lines.forEach(spending: length, body)
  }

  /// The flat positions of each line through the tensor along the axis.
  var lines: some Sequence<StrideTo<Int>> {
    (0..<(outer * inner)).lazy.map { line in
      let first = line / inner * length * inner + line % inner
      return stride(from: first, to: first + length * inner, by: inner)
    }
  }
}
