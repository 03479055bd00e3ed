import Avx2Kernels
import VectorKernels

/// What becomes of the elements that are folded into one.
enum Folding {
  case sum, mean, sumOfSquares, rootOfSquares, largest, smallest

  /// The fold of the rows of one cell.
  func row(_ x: UnsafePointer<Float>, _ axes: FoldedAxes, _ cell: Int) -> Float {
    switch self {
    case .sum, .mean, .sumOfSquares, .rootOfSquares:
      // −0 is what changes no number when it is added.
      var total = -0.0
      for part in 0..<axes.between {
        let row = x + axes.row(cell, part)
        total += isOfSquares ? Self.sumSquaresOfRow(row, axes.last) : Self.sumRow(row, axes.last)
      }
      return finish(total, axes.foldedCount)
    case .largest, .smallest:
      var best: Float?
      for part in 0..<axes.between {
        let row = x + axes.row(cell, part)
        let next =
          self == .largest ? Self.firstLargest(row, axes.last) : Self.firstSmallest(row, axes.last)
        let isBetter = best.map { self == .largest ? next > $0 : next < $0 } ?? true
        if isBetter || next.isNaN { best = next }
      }
      return best ?? .nan
    }
  }

  /// The folds of some columns of rows, at most `columnsAtATime`.
  func columns(
    _ x: UnsafePointer<Float>, _ axes: FoldedAxes, _ count: Int, into y: UnsafeMutablePointer<Float>
  ) {
    switch self {
    case .largest: Self.largestOfRows(x, axes.between, axes.inner, count, y)
    case .smallest: Self.smallestOfRows(x, axes.between, axes.inner, count, y)
    case .sum, .mean, .sumOfSquares, .rootOfSquares:
      withUnsafeTemporaryAllocation(of: Double.self, capacity: Self.columnsAtATime) { totals in
        guard let base = totals.baseAddress else { return }
        let sumRows = isOfSquares ? Self.sumSquaresOfRows : Self.sumRows
        sumRows(x, axes.between, axes.inner, count, base)
        for j in 0..<count { y[j] = finish(base[j], axes.between) }
      }
    }
  }

  private var isOfSquares: Bool { self == .sumOfSquares || self == .rootOfSquares }

  private func finish(_ total: Double, _ count: Int) -> Float {
    switch self {
    case .mean: Float(total / Double(count))
    case .rootOfSquares: Float(total.squareRoot())
    default: Float(total)
    }
  }

  static let columnsAtATime = VectorKernels.foldedColumns

  private static let sumRow = variant(VectorKernels.sum(_:_:), avx2: Avx2Kernels.sum(_:_:))
  private static let sumSquaresOfRow = variant(
    VectorKernels.sumOfSquares(_:_:), avx2: Avx2Kernels.sumOfSquares(_:_:))
  private static let firstLargest = variant(VectorKernels.firstLargest, avx2: Avx2Kernels.firstLargest)
  private static let firstSmallest = variant(VectorKernels.firstSmallest, avx2: Avx2Kernels.firstSmallest)
  private static let largestOfRows = variant(VectorKernels.largestOfRows, avx2: Avx2Kernels.largestOfRows)
  private static let smallestOfRows = variant(VectorKernels.smallestOfRows, avx2: Avx2Kernels.smallestOfRows)
  private static let sumRows = variant(
    VectorKernels.sumRows(_:rows:stride:columns:into:), avx2: Avx2Kernels.sumRows(_:rows:stride:columns:into:)
  )
  private static let sumSquaresOfRows = variant(
    VectorKernels.sumSquaresOfRows(_:rows:stride:columns:into:),
    avx2: Avx2Kernels.sumSquaresOfRows(_:rows:stride:columns:into:))
}
