import Avx2Kernels
import COpenBLAS
import Execution
import TensorCore

/// Products of float matrices: our own kernels where the processor has AVX2 and FMA, else OpenBLAS.
///
/// Ours sum in an order that depends on the length of the sum alone. OpenBLAS rounds a row differently by where in the
/// matrix it stands; networks whose filters are equal show it (TSN-0038). It runs with one thread, since kernels cut
/// work into chunks themselves.
enum BLAS {
  private static let hasAvx2: Bool = {
    openblas_set_num_threads(1)
    return InstructionSet.current == .avx2
  }()

  /// A matrix in row-major order, perhaps to be read transposed.
  struct Matrix {
    let elements: UnsafePointer<Float>
    /// Elements from one row to the next as stored.
    let stride: Int
    var isTransposed = false

    fileprivate var view: MatrixView {
      (elements, rowStride: isTransposed ? 1 : stride, columnStride: isTransposed ? stride : 1)
    }
    fileprivate var transposition: Int32 { Int32(isTransposed ? TSTrans : TSNoTrans) }
  }

  /// C = A·B, or C + A·B, with A of m×k and B of k×n after transposition. All extents are positive. Where the
  /// run is cancelled C is left unfinished; a call of OpenBLAS is waited for, since in parts it would round
  /// otherwise.
  static func multiply(
    m: Int, n: Int, k: Int, _ a: Matrix, _ b: Matrix, adding: Bool = false,
    into c: UnsafeMutablePointer<Float>, stride: Int, _ context: KernelContext
  ) {
    guard hasAvx2 else {
      cblas_sgemm(
        Int32(TSRowMajor), a.transposition, b.transposition, Int32(m), Int32(n), Int32(k), 1, a.elements,
        Int32(a.stride), b.elements, Int32(b.stride), adding ? 1 : 0, c, Int32(stride))
      return
    }
    if m > 1 || adding || a.isTransposed {
      multiplyMatrices(
        m: m, n: n, k: k, a.view, b.view, into: c, stride: stride, adding: adding, goesOn: context.goesOn)
    } else if b.isTransposed {
      multiplyRowTransposed(n: n, k: k, a.elements, b.elements, stride: b.stride, into: c)
    } else {
      multiplyRow(n: n, k: k, a.elements, b.elements, stride: b.stride, into: c)
    }
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
