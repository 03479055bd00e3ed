import Avx2Kernels
import Execution
import OperatorSet
import TensorCore
import VectorKernels

/// A matrix B that is the same in every run, packed when it is first needed.
final class PackedMatrix: ProductMatrix {
  let rows: Int
  let columns: Int
  private let source: Tensor
  private let isTransposed: Bool
  private let packed = KeptStorage()

  /// - Parameters:
  ///   - source: floats of rank 2.
  ///   - isTransposed: whether the matrix is the transpose of the tensor.
  init(_ source: Tensor, isTransposed: Bool = false) {
    self.source = source
    self.isTransposed = isTransposed
    (rows, columns) = isTransposed ? (source.shape[1], source.shape[0]) : (source.shape[0], source.shape[1])
  }

  /// Columns that are packed, and multiplied, at a time at least.
  static let panelColumns = 16

  private func panels(_ context: KernelContext) throws -> Storage {
    try packed.storage {
      let storage = Storage(byteCount: Self.count(columns, rows) * MemoryLayout<Float>.stride)
      let target = Shared(storage.base.assumingMemoryBound(to: Float.self))
      let width = 64
      source.withFloats { elements in
        let stride = source.shape[1]
        let view = (elements, rowStride: isTransposed ? 1 : stride, columnStride: isTransposed ? stride : 1)
        context.forEachChunk((columns + width - 1) / width) { chunk in
          let first = chunk * width
          Self.pack(view, columns, rows, first, min(first + width, columns), target.pointer)
        }
      }
      return storage
    }
  }

  func multiply(
    m: Int, _ a: UnsafePointer<Float>, into c: UnsafeMutablePointer<Float>, _ context: KernelContext,
    scratch scratchCount: Int,
    finish: (Range<Int>, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>) -> Void
  ) throws {
    let panels = try panels(context)
    let parts = ProductParts(m: m, n: columns, k: rows)
    try withExtendedLifetime(panels) {
      let b = UnsafePointer(panels.base.assumingMemoryBound(to: Float.self))
      let own = Self.scratchCount(rows)
      try context.forEachChunk(parts.count, scratch: own + scratchCount) { part, scratch in
        let (rowRange, columnRange) = parts[part]
        let target = c + rowRange.lowerBound * columns
        Self.product(
          rowRange.count, columns, rows, a + rowRange.lowerBound * rows, rows, b, columnRange.lowerBound,
          columnRange.upperBound, target,
          columns,
          scratch)
        for row in 0..<rowRange.count {
          let start = row * columns + columnRange.lowerBound
          let first = rowRange.lowerBound * columns + start
          finish(first..<(first + columnRange.count), target + start, scratch + own)
        }
      }
    }
  }

  private static let count = variant(VectorKernels.packedCount(n:k:), avx2: Avx2Kernels.packedCount(n:k:))
  private static let scratchCount = variant(
    VectorKernels.partScratchCount(k:), avx2: Avx2Kernels.partScratchCount(k:))
  private static let pack = variant(
    VectorKernels.packMatrix(_:n:k:columns:_:into:), avx2: Avx2Kernels.packMatrix(_:n:k:columns:_:into:))
  private static let product = variant(
    VectorKernels.multiplyPacked(m:n:k:_:rowStride:_:columns:_:into:stride:scratch:),
    avx2: Avx2Kernels.multiplyPacked(m:n:k:_:rowStride:_:columns:_:into:stride:scratch:))
}

/// A matrix of floats by its strides.
typealias MatrixView = VectorKernels.MatrixView

/// How a product is cut into parts, whatever the number of threads.
struct ProductParts {
  /// Rows of a part.
  let rows: Int
  private let columns: Int
  private let m: Int
  private let n: Int

  /// Multiplications that are worth a part of their own: some microseconds.
  private static let worthwhile = 1 << 17

  init(m: Int, n: Int, k: Int) {
    (self.m, self.n) = (m, n)
    rows = min(m, 120)
    let smallest = max(64, Self.worthwhile / max(1, rows * k) / 64 * 64)
    columns = min(max(smallest, 256), max(64, (n + 63) / 64 * 64))
  }

  private var columnParts: Int { (n + columns - 1) / columns }
  var count: Int { (m + rows - 1) / rows * columnParts }

  subscript(part: Int) -> (rows: Range<Int>, columns: Range<Int>) {
    let (i, j) = (part / columnParts * rows, part % columnParts * columns)
    return (i..<min(i + rows, m), j..<min(j + columns, n))
  }
}
