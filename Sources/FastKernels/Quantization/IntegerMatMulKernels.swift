import Execution
import GraphIR
import OperatorSet
import TensorCore

/// Products of matrices of bytes: exact sums, and those sums in units of a scale.
enum IntegerMatMulKernels {
  static let all = [
    Kernel("matmulinteger", for: MatMulInteger.self) { _, site in
      let B = KeptStorage()
      let isConstant =
        site.constant(1) != nil
        && (site.constant(3) != nil || site.isGiven.map { $0.count < 4 || !$0[3] } ?? false)
      return PreparedKernel("matmulinteger") { try multiply($0, isConstant ? B : nil, $1) }
    },
    Kernel("qlinearmatmul", for: QLinearMatMul.self) { _, site in
      let B = KeptStorage()
      let isConstant = site.constant(3) != nil && site.constant(5) != nil
      return PreparedKernel("qlinearmatmul") { try multiplyScaled($0, isConstant ? B : nil, $1) }
    },
  ]

  private static func multiply(_ inputs: Inputs<Value>, _ packed: KeptStorage?, _ context: KernelContext)
    throws
    -> [Value]?
  {
    guard
      let product = try IntegerMatMul(
        inputs.tensor(0), inputs.tensor(1), inputs.optionalTensor(2), inputs.optionalTensor(3))
    else { return nil }
    let output = Storage(byteCount: try elementCount(product.shape) * MemoryLayout<Int32>.stride)
    let y = Shared(output.base.cast() as UnsafeMutablePointer<Int32>)
    try product.forEachPart(packed, context, scratch: 0) { part, multiply, _ in
      multiply(y.pointer + part.firstRow * product.n, product.n)
    }
    return [.tensor(Tensor(.int32, shape: product.shape, storage: output))]
  }

  private static func multiplyScaled(
    _ inputs: Inputs<Value>, _ packed: KeptStorage?, _ context: KernelContext
  )
    throws -> [Value]?
  {
    guard
      let product = try IntegerMatMul(
        inputs.tensor(0), inputs.tensor(3), inputs.tensor(2), inputs.tensor(5)),
      let unit = try OutputUnit(scale: inputs.tensor(6), zeroPoint: inputs.tensor(7)),
      product.k <= OutputUnit.longestSum
    else { return nil }
    let (aScale, bScale) = (try inputs.tensor(1), try inputs.tensor(4))
    guard aScale.count == 1, aScale.rank <= 1, bScale.rank <= 1,
      bScale.count == 1 || bScale.count == product.n
    else { return nil }
    let (a, b) = (aScale.doubles()[0], bScale.doubles())
    let factors = (0..<product.n).map { a * b[b.count == 1 ? 0 : $0] / unit.scale }
    let output = Storage(byteCount: try elementCount(product.shape))
    let y = Shared(output.base.cast() as UnsafeMutablePointer<UInt8>)
    try factors.withUnsafeBufferPointer { factors in
      guard let factors = factors.baseAddress else { return }
      try product.forEachPart(packed, context, scratch: product.mostSums) { part, multiply, scratch in
        let sums = scratch - part.columns.lowerBound
        multiply(sums, part.columns.count)
        for row in 0..<part.rows {
          let start = part.columns.lowerBound
          IntegerLoops.requantizeEach(
            scratch + row * part.columns.count, y.pointer + (part.firstRow + row) * product.n + start,
            part.columns.count, factors + start, unit.low, unit.high, unit.zeroPoint)
        }
      }
    }
    return [.tensor(Tensor(unit.type, shape: product.shape, storage: output))]
  }
}

/// What quantized results are counted in.
struct OutputUnit {
  let scale: Double
  let zeroPoint: Int32
  let type: ElementType
  /// The whole numbers that the zero point takes to the ends of the type.
  let low: Double
  let high: Double

  /// Terms of 255·255 that 32 bits can surely add up.
  static let longestSum = Int(Int32.max) / (255 * 255)

  /// - Returns: nil where there are several scales, or the type is not one of bytes.
  init?(scale: Tensor, zeroPoint: Tensor) {
    guard scale.count == 1, scale.rank <= 1, zeroPoint.count == 1, zeroPoint.rank <= 1, zeroPoint.isBytes,
      scale.elementType.isFloating
    else { return nil }
    (self.scale, type) = (scale.doubles()[0], zeroPoint.elementType)
    self.zeroPoint = Tensor.zeroPoints(zeroPoint, count: 1)[0]
    let limits = type.limits(Double.self)
    (low, high) = (limits.lowest - Double(self.zeroPoint), limits.highest - Double(self.zeroPoint))
  }
}

/// A stack of matrices of bytes times one matrix, or one of a stack each.
private struct IntegerMatMul {
  let A: Tensor
  let B: Tensor
  let shape: [Int]
  let m: Int
  let n: Int
  let k: Int
  private let aZeroPoints: [Int32]
  private let bZeroPoints: [Int32]
  /// The matrices of A and of B in each product.
  private let batches: [(a: Int, b: Int)]
  private let parts: ProductParts

  struct Part {
    /// Among all rows of the result.
    let firstRow: Int
    let rows: Int
    let columns: Range<Int>
  }

  /// - Returns: nil for vectors, empty matrices, and zero points that differ from one matrix to the next.
  init?(_ A: Tensor, _ B: Tensor, _ aZeroPoint: Tensor?, _ bZeroPoint: Tensor?) throws {
    guard A.isBytes, B.isBytes, A.rank >= 2, B.rank >= 2, A.count > 0, B.count > 0 else { return nil }
    (k, n) = (B.shape[B.rank - 2], B.shape[B.rank - 1])
    guard A.shape[A.rank - 1] == k,
      let aZeroPoints = Tensor.zeroPoints(aZeroPoint, of: A, each: A.shape[A.rank - 2]),
      let bZeroPoints = Tensor.zeroPoints(bZeroPoint, of: B, each: n)
    else { return nil }
    (self.A, self.B, self.aZeroPoints, self.bZeroPoints) = (A, B, aZeroPoints, bZeroPoints)
    let (stackA, stackB) = (Array(A.shape.dropLast(2)), Array(B.shape.dropLast(2)))
    let stack = try broadcastShape([stackA, stackB])
    shape = stack + [A.shape[A.rank - 2], n]
    if B.rank == 2, aZeroPoints.count == 1 {
      // A matrix that all share makes the rows of all stacks one tall matrix.
      (m, batches) = (A.count / k, [(0, 0)])
    } else {
      m = A.shape[A.rank - 2]
      func positions(_ own: [Int]) -> [Int] {
        Tensor(int64: Array(0..<own.product), shape: own).broadcast(to: stack).ints()
      }
      batches = zip(positions(stackA), positions(stackB)).map { (a: $0, b: $1) }
    }
    parts = ProductParts(m: m, n: n, k: k)
  }

  /// The most sums that one part has.
  var mostSums: Int { parts.rows * parts[0].columns.count }

  /// Calls `body` with every part of the product: with what multiplies it into a matrix of sums, which is
  /// told by where its first column would lie and the distance of its rows; and with `scratch` numbers of
  /// scratch.
  func forEachPart(
    _ packed: KeptStorage?, _ context: KernelContext, scratch: Int,
    _ body: (Part, (UnsafeMutablePointer<Int32>, Int) -> Void, UnsafeMutablePointer<Int32>) -> Void
  ) throws {
    for (batch, matrices) in batches.enumerated() {
      let pack = { PackedIntegers.columns(B, at: matrices.b * k * n, n: n, k: k, bZeroPoints, context) }
      let columns = B.rank == 2 ? try packed?.storage(pack) ?? pack() : pack()
      let rowsCount = IntegerLoops.rowsCount(parts.rows, k)
      try withExtendedLifetime(columns) {
        let b: UnsafeMutablePointer<Int32> = columns.base.cast()
        try context.forEachChunk(parts.count, scratch: IntegerLoops.edgeCount + rowsCount + scratch) {
          chunk, room in
          let (rows, columns) = parts[chunk]
          let edge: UnsafeMutablePointer<Int32> = UnsafeMutableRawPointer(room).cast()
          let a = edge + IntegerLoops.edgeCount
          packRows(rows, of: matrices.a, into: a)
          let part = Part(firstRow: batch * m + rows.lowerBound, rows: rows.count, columns: columns)
          body(
            part,
            { c, stride in
              IntegerLoops.multiply(
                rows.count, n, k, a, b, columns.lowerBound, columns.upperBound, c, stride, edge)
            }, a + rowsCount)
        }
      }
    }
  }

  private func packRows(_ rows: Range<Int>, of matrix: Int, into target: UnsafeMutablePointer<Int32>) {
    A.withUnsafeBytes { bytes in
      aZeroPoints.withUnsafeBufferPointer { zeroPoints in
        guard let a = bytes.baseAddress, let zeros = zeroPoints.baseAddress else { return }
        let step = zeroPoints.count > 1 ? 1 : 0
        IntegerLoops.packRows(
          a + (matrix * m + rows.lowerBound) * k, A.elementType == .int8, k, rows.count, k,
          zeros + rows.lowerBound * step, step, target)
      }
    }
  }
}
