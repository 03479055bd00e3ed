import COpenBLAS
import TensorCore

/// OpenBLAS with one thread: the kernels cut work into chunks themselves, so that results do not depend on how many
/// threads there are.
enum BLAS {
  private static let isSingleThreaded: Bool = {
    openblas_set_num_threads(1)
    return true
  }()

  /// A matrix in row-major order, perhaps to be read transposed.
  struct Matrix {
    let elements: UnsafePointer<Float>
    /// Elements from one row to the next as stored.
    let stride: Int
    var isTransposed = false
  }

  /// C = alpha·A·B + beta·C, with A of m×k and B of k×n after transposition. All extents are positive.
  static func multiply(
    m: Int, n: Int, k: Int, alpha: Float = 1, _ a: Matrix, _ b: Matrix, beta: Float = 0,
    into c: UnsafeMutablePointer<Float>, stride: Int
  ) {
    _ = isSingleThreaded
    cblas_sgemm(
      Int32(TSRowMajor), transposition(a), transposition(b), Int32(m), Int32(n), Int32(k), alpha,
      a.elements, Int32(a.stride), b.elements, Int32(b.stride), beta, c, Int32(stride))
  }

  /// c = a·B for one row `a` of k floats and a k×n matrix B.
  static func multiply(
    row a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, n: Int, k: Int,
    into c: UnsafeMutablePointer<Float>
  ) {
    _ = isSingleThreaded
    cblas_sgemv(Int32(TSRowMajor), Int32(TSTrans), Int32(k), Int32(n), 1, b, Int32(n), a, 1, 0, c, 1)
  }

  private static func transposition(_ matrix: Matrix) -> Int32 {
    Int32(matrix.isTransposed ? TSTrans : TSNoTrans)
  }
}

/// Pointers that chunks of one operator share: they read what nobody writes, and write each its own part.
struct Shared<Pointer>: @unchecked Sendable {
  let pointer: Pointer
  init(_ pointer: Pointer) { self.pointer = pointer }
}

extension Tensor {
  /// A new float tensor whose elements `fill` writes, all of them.
  init(floatShape shape: [Int], fill: (UnsafeMutablePointer<Float>) throws -> Void) rethrows {
    try self.init(.float, shape: shape) { bytes in
      if let base = bytes.baseAddress { try fill(base.assumingMemoryBound(to: Float.self)) }
    }
  }

  /// The elements of a float tensor; valid within `body` only.
  func withFloats<R>(_ body: (UnsafePointer<Float>) throws -> R) rethrows -> R {
    try withElements(Float.self) { elements in
      // Storage always has an address, of an empty tensor too.
      try body(elements.baseAddress ?? UnsafePointer(bitPattern: 64).unsafelyUnwrapped)
    }
  }
}
