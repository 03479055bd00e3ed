import Avx2Kernels
import Execution
import VectorKernels

/// Some rows of the output at a time: a row of the input is resized along itself once, and then serves all rows of the
/// output that take of it.
struct ResizedBands: Sendable {
  private let rows: AxisTaps
  private let columns: AxisTaps
  private let height: Int
  private let width: Int
  private let rowsOfBand: Int
  let count: Int

  /// Cells of the output that are worth a band of their own.
  private static let worthwhile = 1 << 15

  init(rows: AxisTaps, columns: AxisTaps, height: Int, width: Int) {
    (self.rows, self.columns, self.height, self.width) = (rows, columns, height, width)
    rowsOfBand = max(1, min(rows.count, Self.worthwhile / columns.count))
    count = (rows.count + rowsOfBand - 1) / rowsOfBand
  }

  /// A flag for each row of the input, and the row resized; nil where that is beyond all reason.
  var scratchCount: Int? {
    let (count, overflows) = height.multipliedReportingOverflow(by: 1 + columns.count)
    return overflows || count > 1 << 24 ? nil : count
  }

  /// The rows of one band of one plane.
  func resize(
    _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, band: Int,
    _ scratch: UnsafeMutablePointer<Float>, _ context: KernelContext
  ) {
    scratch.update(repeating: 0, count: height)
    var pace = context.pace
    for o in (band * rowsOfBand)..<min((band + 1) * rowsOfBand, rows.count) {
      guard pace.goesOn(columns.count * (rows.tapCount + columns.tapCount)) else { return }
      let target = y + o * columns.count
      if rows.moves && o > band * rowsOfBand && rows.cells[o] == rows.cells[o - 1] {
        target.update(from: target - columns.count, count: columns.count)
      } else if rows.moves {
        resizeRow(x + rows.cells[o] * width, into: target)
      } else {
        mix(o, x, into: target, scratch)
      }
    }
  }

  /// A row of the output as a sum of rows.
  private func mix(
    _ o: Int, _ x: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>,
    _ scratch: UnsafeMutablePointer<Float>
  ) {
    func resized(_ tap: Int) -> (row: UnsafePointer<Float>, weight: Float) {
      let cell = rows.cells[o * rows.tapCount + tap]
      let row = scratch + height + cell * columns.count
      if scratch[cell] == 0 {
        resizeRow(x + cell * width, into: row)
        scratch[cell] = 1
      }
      return (UnsafePointer(row), rows.weights[o * rows.tapCount + tap])
    }
    if rows.tapCount == 2 {
      let (first, second) = (resized(0), resized(1))
      return Self.blend(first.row, first.weight, second.row, second.weight, target, columns.count)
    }
    for tap in 0..<rows.tapCount {
      let (row, weight) = resized(tap)
      Self.addScaled(row, weight, target, columns.count, tap > 0)
    }
  }

  private func resizeRow(_ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>) {
    if columns.isIdentity { return y.update(from: x, count: width) }
    columns.cells.withUnsafeBufferPointer { cells in
      columns.weights.withUnsafeBufferPointer { weights in
        guard let cells = cells.baseAddress, let weights = weights.baseAddress else { return }
        if columns.moves {
          Self.gather(x, cells, y, columns.count)
        } else {
          Self.gatherTaps(x, cells, weights, columns.tapCount, y, columns.count)
        }
      }
    }
  }

  private static let gather = variant(
    VectorKernels.gather(_:_:into:_:), avx2: Avx2Kernels.gather(_:_:into:_:))
  private static let gatherTaps = variant(
    VectorKernels.gatherTaps(_:_:_:taps:into:_:), avx2: Avx2Kernels.gatherTaps(_:_:_:taps:into:_:))
  private static let addScaled = variant(
    VectorKernels.addScaled(_:_:into:_:adding:), avx2: Avx2Kernels.addScaled(_:_:into:_:adding:))
  private static let blend = variant(
    VectorKernels.blend(_:_:_:_:into:_:), avx2: Avx2Kernels.blend(_:_:_:_:into:_:))
}
