import Execution
import GraphIR
import OperatorSet
import TensorCore

/// Products of float matrices. A matrix that is the same in every run is packed once, and what follows element by
/// element is computed along with the product.
enum MatMulKernels {
  static let all = [
    Kernel("matmul.float", for: MatMul.self, preparing: matMul),
    Kernel("gemm.float", for: Gemm.self, preparing: gemm),
  ]

  private static func matMul(_: MatMul, _ site: KernelSite) -> PreparedKernel? {
    guard site.mayBe(.float, 0), site.mayBe(.float, 1) else { return nil }
    guard let B = site.constant(1), B.elementType == .float, B.rank == 2, B.count > 0 else {
      return PreparedKernel("matmul.float", evaluate: dynamicMatMul)
    }
    return PackedProduct("matmul.float", PackedMatrix(B)).prepared
  }

  /// C = A·B, where only a run knows B.
  @Sendable
  private static func dynamicMatMul(_ inputs: Inputs<Value>, _ context: KernelContext) throws -> [Value]? {
    let (A, B) = (try inputs.tensor(0), try inputs.tensor(1))
    guard A.elementType == .float, A.rank >= 2, B.rank >= 2 else { return nil }
    let (m, k, n) = (A.shape[A.rank - 2], A.shape[A.rank - 1], B.shape[B.rank - 1])
    guard B.shape[B.rank - 2] == k else { return nil }
    let batch = try broadcastShape([Array(A.shape.dropLast(2)), Array(B.shape.dropLast(2))])
    let shape = batch + [m, n]
    guard try elementCount(shape) > 0, k > 0 else { return nil }
    // A matrix that all share makes the rows of all batches one tall matrix.
    let isShared = B.rank == 2
    let rows = isShared ? shape.dropLast().product : m
    let (a, b) = isShared ? ([0], [0]) : (batchStarts(A.shape, batch), batchStarts(B.shape, batch))
    let part = rowsPerPart(m: rows, n: n, k: k)
    let parts = (rows + part - 1) / part
    let output = A.withFloats { x in
      B.withFloats { w in
        Tensor(floatShape: shape) { y in
          context.forEachChunk(a.count * parts) { chunk in
            let (i, first) = (chunk / parts, chunk % parts * part)
            BLAS.multiply(
              m: min(part, rows - first), n: n, k: k, .init(elements: x + a[i] + first * k, stride: k),
              .init(elements: w + b[i], stride: n), into: y + (i * rows + first) * n, stride: n, context)
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

  /// How many rows make a part: a quarter of them, where that is still worth a product of its own.
  private static func rowsPerPart(m: Int, n: Int, k: Int) -> Int {
    let worthwhile = 1 << 22
    return max((m + 3) / 4, min(m, worthwhile / max(1, n * k)), 1)
  }

  // MARK: - Gemm

  private static func gemm(_ gemm: Gemm, _ site: KernelSite) -> PreparedKernel? {
    guard site.mayBe(.float, 0) else { return nil }
    guard let B = site.constant(1), B.elementType == .float, B.rank == 2, B.count > 0, !gemm.transposesA,
      gemm.alpha == 1, gemm.broadcastsC, let hasC = site.isGiven.map({ $0.count > 2 && $0[2] }),
      !hasC || gemm.beta == 1
    else {
      return PreparedKernel("gemm.float") { try dynamicGemm(gemm, $0, $1) }
    }
    let product = PackedProduct(
      "gemm.float", PackedMatrix(B, isTransposed: gemm.transposesB), rank: 2)
    return hasC ? product.adding(2).prepared : product.prepared
  }

  /// alpha·A·B + beta·C, where only a run knows B.
  private static func dynamicGemm(_ gemm: Gemm, _ inputs: Inputs<Value>, _ context: KernelContext) throws
    -> [Value]?
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
    var afterwards = BlockProgram()
    if gemm.alpha != 1 { afterwards = afterwards.appending(.scaling(by: gemm.alpha), [.link(0)]) }
    // By the definition a factor of 0 leaves C unread, be there NaN in it.
    if C != nil, gemm.beta != 0 {
      let product = ChainLink.Operand.link(afterwards.steps.count)
      if gemm.beta == 1 {
        afterwards = afterwards.appending(.sum, [product, .input(2)])
      } else {
        afterwards = afterwards.appending(.scaling(by: gemm.beta), [.input(2)])
        afterwards = afterwards.appending(.sum, [product, .link(afterwards.steps.count)])
      }
    }
    guard let operands = afterwards.operands(of: inputs),
      let program = try BoundProgram(afterwards, operands, shape: [m, n])
    else { return nil }
    let output = try A.withFloats { a in
      try B.withFloats { b in
        try Tensor(floatShape: [m, n]) { y in
          BLAS.multiply(
            m: m, n: n, k: k, .init(elements: a, stride: A.shape[1], isTransposed: gemm.transposesA),
            .init(elements: b, stride: B.shape[1], isTransposed: gemm.transposesB), into: y, stride: n,
            context)
          try context.forEachChunk(1, scratch: program.scratchCount) { _, scratch in
            program.run(0..<(m * n), into: y, scratch: scratch)
          }
        }
      }
    }
    return [.tensor(output)]
  }
}
