import Execution
import GraphIR
import OperatorSet
import TensorCore

/// Products of float matrices through OpenBLAS.
enum MatMulKernels {
  static let all = [
    Kernel("matmul.float", for: MatMul.self, matMul),
    Kernel("gemm.float", for: Gemm.self, gemm),
  ]

  private static func matMul(_: MatMul, _ inputs: Inputs<Value>, _ context: KernelContext) throws -> [Value]?
  {
    let (A, B) = (try inputs.tensor(0), try inputs.tensor(1))
    guard A.elementType == .float, A.rank >= 2, B.rank >= 2 else { return nil }
    let (m, k, n) = (A.shape[A.rank - 2], A.shape[A.rank - 1], B.shape[B.rank - 1])
    guard B.shape[B.rank - 2] == k else { return nil }
    let batch = try broadcastShape([Array(A.shape.dropLast(2)), Array(B.shape.dropLast(2))])
    let shape = batch + [m, n]
    guard try elementCount(shape) > 0, k > 0 else { return nil }
    // A matrix that all share makes the rows of all batches one tall matrix.
    if B.rank == 2 {
      let rows = shape.dropLast().product
      return [.tensor(multiply(A, B, m: rows, n: n, k: k, shape: shape, context))]
    }
    let (a, b) = (batchStarts(A.shape, batch), batchStarts(B.shape, batch))
    let output = A.withFloats { x in
      B.withFloats { w in
        Tensor(floatShape: shape) { y in
          let (x, w, y) = (Shared(x), Shared(w), Shared(y))
          context.forEachChunk(a.count) { i in
            product(m: m, n: n, k: k, x.pointer + a[i], w.pointer + b[i], y.pointer + i * m * n, context)
          }
        }
      }
    }
    return [.tensor(output)]
  }

  /// The flat position of the matrix that each batch of the result reads.
  private static func batchStarts(_ shape: [Int], _ batch: [Int]) -> [Int] {
    let size = shape.suffix(2).product
    let count = shape.dropLast(2).product
    let positions = Tensor(int64: (0..<count).map { $0 * size }, shape: Array(shape.dropLast(2)))
    return positions.broadcast(to: batch).ints()
  }

  private static func multiply(
    _ A: Tensor, _ B: Tensor, m: Int, n: Int, k: Int, shape: [Int], _ context: KernelContext
  ) -> Tensor {
    A.withFloats { x in
      B.withFloats { w in
        Tensor(floatShape: shape) { y in
          let rows = rowsPerChunk(m: m, n: n, k: k)
          let (x, w, y) = (Shared(x), Shared(w), Shared(y))
          context.forEachChunk((m + rows - 1) / rows) { chunk in
            let first = chunk * rows
            product(
              m: min(rows, m - first), n: n, k: k, x.pointer + first * k, w.pointer, y.pointer + first * n,
              context)
          }
        }
      }
    }
  }

  /// How many rows make a chunk: a quarter of them, where that is still worth a call of its own.
  private static func rowsPerChunk(m: Int, n: Int, k: Int) -> Int {
    let worthwhile = 1 << 22
    return max((m + 3) / 4, min(m, worthwhile / max(1, n * k)), 1)
  }

  private static func product(
    m: Int, n: Int, k: Int, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
    _ c: UnsafeMutablePointer<Float>, _ context: KernelContext
  ) {
    BLAS.multiply(
      m: m, n: n, k: k, .init(elements: a, stride: k), .init(elements: b, stride: n), into: c, stride: n,
      context)
  }

  private static func gemm(_ gemm: Gemm, _ inputs: Inputs<Value>, _ context: KernelContext) throws -> [Value]?
  {
    let (A, B) = (try inputs.tensor(0), try inputs.tensor(1))
    guard A.elementType == .float, A.rank == 2, B.rank == 2 else { return nil }
    let (m, k) = gemm.transposesA ? (A.shape[1], A.shape[0]) : (A.shape[0], A.shape[1])
    let n = gemm.transposesB ? B.shape[0] : B.shape[1]
    guard k == (gemm.transposesB ? B.shape[1] : B.shape[0]), m > 0, n > 0, k > 0 else { return nil }
    let C = try inputs.optionalTensor(2)
    if let C, try broadcastShape([C.shape, [m, n]]) != [m, n] || !gemm.broadcastsC && C.shape != [m, n] {
      return nil
    }
    let product = A.withFloats { a in
      B.withFloats { b in
        Tensor(floatShape: [m, n]) { y in
          BLAS.multiply(
            m: m, n: n, k: k, .init(elements: a, stride: A.shape[1], isTransposed: gemm.transposesA),
            .init(elements: b, stride: B.shape[1], isTransposed: gemm.transposesB), into: y, stride: n,
            context)
        }
      }
    }
    let scaled = gemm.alpha == 1 ? product : map(product, Scaling(factor: gemm.alpha), context)
    // By the definition a factor of 0 leaves C unread, be there NaN in it.
    guard let C, gemm.beta != 0 else { return [.tensor(scaled)] }
    return [.tensor(try zip(scaled, C, ScaledAddition(factor: gemm.beta), context))]
  }

  private struct Scaling: VectorFunction {
    let factor: Float
    func value(_ x: Vector) -> Vector { x * factor }
  }

  private struct ScaledAddition: VectorPairFunction {
    let factor: Float
    func value(_ a: Vector, _ b: Vector) -> Vector { a + b * factor }
  }
}
