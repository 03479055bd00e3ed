import Avx2Kernels
import OperatorSet
import TensorCore
import VectorKernels

/// The largest cell; a NaN wins, and of equal ones the first.
struct LargestPool: PoolingRule {
  private let width: WindowAxis
  private let count: Int

  init(_ geometry: PoolingGeometry) { (width, count) = (geometry.width, geometry.outWidth) }

  var start: Float { -.infinity }

  func foldRow(_ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>) {
    Self.slide(x, width.input, width.kernel, width.stride, width.dilation, width.padBegin, y, count)
  }

  func foldRows(_ y: UnsafeMutablePointer<Float>, with x: UnsafePointer<Float>) {
    Self.larger(y, x, y, count)
  }

  func finishRow(_ y: UnsafeMutablePointer<Float>, _ o: Int, plane: UnsafePointer<Float>) {}

  private static let slide = variant(
    VectorKernels.largestUnderWindow(_:width:kernel:stride:dilation:pad:into:count:),
    avx2: Avx2Kernels.largestUnderWindow(_:width:kernel:stride:dilation:pad:into:count:))
  private static let larger = variant(VectorKernels.larger, avx2: Avx2Kernels.larger)
}

/// The mean of the cells: a sum of floats, divided once.
struct MeanPool: PoolingRule {
  private let geometry: PoolingGeometry
  private let countsPadding: Bool
  /// By how many cells of its row each window of a row divides.
  private let columns: [Float]

  init(_ geometry: PoolingGeometry, countsPadding: Bool) {
    (self.geometry, self.countsPadding) = (geometry, countsPadding)
    columns = (0..<geometry.outWidth).map { Self.cells(geometry.width, $0, countsPadding) }
  }

  private static func cells(_ axis: WindowAxis, _ o: Int, _ countsPadding: Bool) -> Float {
    Float(countsPadding ? axis.paddedCount(o) : axis.coveredCells(o).reduce(0) { count, _ in count + 1 })
  }

  var start: Float { 0 }

  func foldRow(_ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>) {
    let width = geometry.width
    Self.slide(
      x, width.input, width.kernel, width.stride, width.dilation, width.padBegin, y, geometry.outWidth)
  }

  func foldRows(_ y: UnsafeMutablePointer<Float>, with x: UnsafePointer<Float>) {
    Self.add(y, x, y, geometry.outWidth)
  }

  func finishRow(_ y: UnsafeMutablePointer<Float>, _ o: Int, plane: UnsafePointer<Float>) {
    let rows = Self.cells(geometry.height, o, countsPadding)
    let isFinite = columns.withUnsafeBufferPointer { columns in
      columns.baseAddress.map { Self.divide(y, $0, rows, y, geometry.outWidth) } ?? true
    }
    // A sum of large numbers may overflow before it is divided.
    if !isFinite { finishWide(y, o, Double(rows), plane) }
  }

  private func finishWide(
    _ y: UnsafeMutablePointer<Float>, _ o: Int, _ rows: Double, _ plane: UnsafePointer<Float>
  ) {
    for column in 0..<geometry.outWidth where !y[column].isFinite {
      var sum = 0.0
      for row in geometry.height.coveredCells(o) {
        for cell in geometry.width.coveredCells(column) {
          sum += Double(plane[row * geometry.width.input + cell])
        }
      }
      y[column] = Float(sum / (Double(columns[column]) * rows))
    }
  }

  private static let slide = variant(
    VectorKernels.sumUnderWindow(_:width:kernel:stride:dilation:pad:into:count:),
    avx2: Avx2Kernels.sumUnderWindow(_:width:kernel:stride:dilation:pad:into:count:))
  private static let add = variant(VectorKernels.add, avx2: Avx2Kernels.add)
  private static let divide = variant(
    VectorKernels.divideSums(_:by:_:into:_:), avx2: Avx2Kernels.divideSums(_:by:_:into:_:))
}
