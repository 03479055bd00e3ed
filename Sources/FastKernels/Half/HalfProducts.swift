import Execution
import GraphIR
import OperatorSet
import TensorCore

/// Products of matrices that were widened to float.
enum HalfProducts {
  static func matMul(_ site: KernelSite) -> HalfKernel.FloatBody? {
    let packed = site.constant(1).flatMap {
      $0.elementType == .float && $0.rank == 2 && $0.count > 0 ? PackedMatrix($0) : nil
    }
    return { inputs, context in
      let (A, B) = (try inputs.tensor(0), try inputs.tensor(1))
      guard A.elementType == .float, B.elementType == .float, A.rank >= 2, B.rank >= 2, A.count > 0,
        B.count > 0,
        A.shape[A.rank - 1] == B.shape[B.rank - 2]
      else { return nil }
      if let packed { return [.tensor(try product(A, packed, context))] }
      return [.tensor(try product(A, B, context))]
    }
  }

  private static func product(_ A: Tensor, _ B: PackedMatrix, _ context: KernelContext) throws -> Tensor {
    let shape = A.shape.dropLast() + [B.columns]
    let storage = Storage(byteCount: try elementCount(Array(shape)) * MemoryLayout<Float>.stride)
    try A.withFloats { a in
      try B.multiply(
        m: A.count / B.rows, (a, rowStride: B.rows, columnStride: 1), into: storage.base.cast(), context
      ) { _, _ in }
    }
    return Tensor(.float, shape: Array(shape), storage: storage)
  }

  private static func product(_ A: Tensor, _ B: Tensor, _ context: KernelContext) throws -> Tensor {
    let (m, k, n) = (A.shape[A.rank - 2], A.shape[A.rank - 1], B.shape[B.rank - 1])
    let (stackA, stackB) = (Array(A.shape.dropLast(2)), Array(B.shape.dropLast(2)))
    let stack = try broadcastShape([stackA, stackB])
    func starts(_ own: [Int], _ size: Int) -> [Int] {
      Tensor(int64: (0..<own.product).map { $0 * size }, shape: own).broadcast(to: stack).ints()
    }
    let (a, b) = (starts(stackA, m * k), starts(stackB, k * n))
    _ = try elementCount(stack + [m, n])
    return A.withFloats { x in
      B.withFloats { w in
        Tensor(floatShape: stack + [m, n]) { y in
          context.forEachChunk(a.count) { i in
            BLAS.multiply(
              m: m, n: n, k: k, .init(elements: x + a[i], stride: k), .init(elements: w + b[i], stride: n),
              into: y + i * m * n, stride: n, context)
          }
        }
      }
    }
  }

  /// alpha·A·B + beta·C.
  @Sendable
  static func gemm(_ gemm: Gemm, _ site: KernelSite) -> HalfKernel.FloatBody? {
    let packed = site.constant(1).flatMap { B in
      B.elementType == .float && B.rank == 2 && B.count > 0 && !gemm.transposesA
        ? PackedMatrix(B, isTransposed: gemm.transposesB) : nil
    }
    return { inputs, context in
      let (A, B) = (try inputs.tensor(0), try inputs.tensor(1))
      guard A.elementType == .float, B.elementType == .float, A.rank == 2, B.rank == 2 else { return nil }
      let (m, k) = gemm.transposesA ? (A.shape[1], A.shape[0]) : (A.shape[0], A.shape[1])
      let n = gemm.transposesB ? B.shape[0] : B.shape[1]
      guard k == (gemm.transposesB ? B.shape[1] : B.shape[0]), m > 0, n > 0, k > 0 else { return nil }
      var C = try inputs.optionalTensor(2)
      if let given = C {
        guard given.elementType == .float, try broadcastShape([given.shape, [m, n]]) == [m, n],
          gemm.broadcastsC || given.shape == [m, n]
        else { return nil }
        // By the definition a factor of 0 leaves C unread, be there NaN in it.
        C = gemm.beta == 0 ? nil : given.broadcast(to: [m, n])
      }
      let y =
        try packed.map { try product(A, $0, context) }
        ?? A.withFloats { a in
          B.withFloats { b in
            Tensor(floatShape: [m, n]) { y in
              BLAS.multiply(
                m: m, n: n, k: k, .init(elements: a, stride: A.shape[1], isTransposed: gemm.transposesA),
                .init(elements: b, stride: B.shape[1], isTransposed: gemm.transposesB), into: y, stride: n,
                context)
            }
          }
        }
      if gemm.alpha == 1, C == nil { return [.tensor(y)] }
      return [.tensor(scaled(y, gemm.alpha, C, gemm.beta))]
    }
  }

  private static func scaled(_ product: Tensor, _ alpha: Float, _ C: Tensor?, _ beta: Float) -> Tensor {
    product.withFloats { x in
      (C ?? product).withFloats { c in
        Tensor(floatShape: product.shape) { y in
          for i in 0..<product.count { y[i] = C == nil ? alpha * x[i] : alpha * x[i] + beta * c[i] }
        }
      }
    }
  }
}
