import Avx2Kernels
import Execution
import TensorCore
import VectorKernels

/// Bytes less their zero points, packed as one side of exact products.
enum PackedIntegers {
  /// Which side of the product a matrix is packed for.
  enum Side { case rows, columns }

  /// The matrix of k×n at an element of `tensor`, for the right side.
  static func columns(
    _ tensor: Tensor, at element: Int, n: Int, k: Int, _ zeroPoints: [Int32], _ context: KernelContext
  )
    -> Storage
  {
    let storage = Storage(byteCount: IntegerLoops.columnsCount(n, k) * MemoryLayout<Int32>.stride)
    let width = 64
    tensor.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      zeroPoints.withUnsafeBufferPointer { zeroPoints in
        guard let zeros = zeroPoints.baseAddress else { return }
        context.forEachChunk((n + width - 1) / width) { chunk in
          let first = chunk * width
          IntegerLoops.packColumns(
            base + element, tensor.elementType == .int8, n, k, first, min(first + width, n), zeros,
            zeroPoints.count > 1 ? 1 : 0, storage.base.cast())
        }
      }
    }
    return storage
  }

  /// The matrices of m×k that follow one another in `tensor`, each for the left side.
  static func rows(_ tensor: Tensor, matrices: Int, m: Int, k: Int, _ zeroPoints: [Int32]) -> Storage {
    let size = IntegerLoops.rowsCount(m, k)
    let storage = Storage(byteCount: matrices * size * MemoryLayout<Int32>.stride)
    let target: UnsafeMutablePointer<Int32> = storage.base.cast()
    tensor.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      zeroPoints.withUnsafeBufferPointer { zeroPoints in
        guard let zeros = zeroPoints.baseAddress else { return }
        let step = zeroPoints.count > 1 ? 1 : 0
        for matrix in 0..<matrices {
          IntegerLoops.packRows(
            base + matrix * m * k, tensor.elementType == .int8, k, m, k, zeros + matrix * m * step, step,
            target + matrix * size)
        }
      }
    }
    return storage
  }
}

/// The loops of exact products.
enum IntegerLoops {
  static let columnsCount = variant(
    VectorKernels.packedIntegersCount(n:k:), avx2: Avx2Kernels.packedIntegersCount(n:k:))
  static let rowsCount = variant(
    VectorKernels.packedIntegerRowsCount(m:k:), avx2: Avx2Kernels.packedIntegerRowsCount(m:k:))
  static let packColumns = variant(
    VectorKernels.packIntegers(_:isSigned:n:k:columns:_:zeroPoints:step:into:),
    avx2: Avx2Kernels.packIntegers(_:isSigned:n:k:columns:_:zeroPoints:step:into:))
  static let packRows = variant(
    VectorKernels.packIntegerRows(_:isSigned:stride:m:k:zeroPoints:step:into:),
    avx2: Avx2Kernels.packIntegerRows(_:isSigned:stride:m:k:zeroPoints:step:into:))
  static let packWords = variant(
    VectorKernels.packWords(_:stride:n:k:into:), avx2: Avx2Kernels.packWords(_:stride:n:k:into:))
  static let multiply = variant(
    VectorKernels.multiplyIntegers(m:n:k:_:_:columns:_:into:stride:edge:),
    avx2: Avx2Kernels.multiplyIntegers(m:n:k:_:_:columns:_:into:stride:edge:))
  /// The scratch that a product takes for tiles which reach over its edge.
  static let edgeCount = 96
  static let shift = variant(
    VectorKernels.shiftBytes(_:isSigned:step:_:_:zeroPoint:),
    avx2: Avx2Kernels.shiftBytes(_:isSigned:step:_:_:zeroPoint:))
  static let addWeighted = variant(
    VectorKernels.addWeighted(_:step:weight:_:_:), avx2: Avx2Kernels.addWeighted(_:step:weight:_:_:))
  static let requantize = variant(
    VectorKernels.requantize(_:_:_:bias:factor:low:high:zeroPoint:),
    avx2: Avx2Kernels.requantize(_:_:_:bias:factor:low:high:zeroPoint:))
  static let requantizeEach = variant(
    VectorKernels.requantizeEach(_:_:_:factors:low:high:zeroPoint:),
    avx2: Avx2Kernels.requantizeEach(_:_:_:factors:low:high:zeroPoint:))
  static let range = variant(VectorKernels.range(_:_:_:_:), avx2: Avx2Kernels.range(_:_:_:_:))
}

extension Tensor {
  /// Whether the elements are signed or unsigned bytes.
  var isBytes: Bool { elementType == .int8 || elementType == .uint8 }

  /// Zero points of bytes: one for all, or one for each of `count`; nil where they are neither.
  static func zeroPoints(_ zeroPoint: Tensor?, of tensor: Tensor, each count: Int) -> [Int32]? {
    guard let zeroPoint else { return [0] }
    guard zeroPoint.elementType == tensor.elementType, zeroPoint.rank <= 1,
      zeroPoint.count == 1 || zeroPoint.count == count
    else { return nil }
    return zeroPoints(zeroPoint, count: count)
  }
}
