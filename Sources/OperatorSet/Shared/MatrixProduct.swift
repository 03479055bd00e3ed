import GraphIR
import TensorCore

/// The extents of a product of stacks of matrices by NumPy's `matmul`: the last two axes are the matrix, all
/// before them broadcast; a vector counts as one row on the left, as one column on the right.
struct MatrixProduct {
  let rows: Int
  let depth: Int
  let columns: Int
  /// The shape of the product, without the axis that a vector only lent.
  let output: [Int]
  /// The shape of the product with the axes that vectors lent: […, rows, columns].
  let matrices: [Int]
  /// For each matrix of the product, which matrix of A and of B it comes from.
  let pairs: [(a: Int, b: Int)]

  init(A: [Int], B: [Int]) throws {
    guard let lastA = A.last, let lastB = B.last else {
      throw OperatorError(.invalidShape, "shapes \(A) and \(B): a scalar cannot be multiplied as a matrix")
    }
    rows = A.count > 1 ? A[A.count - 2] : 1
    depth = lastA
    columns = B.count > 1 ? lastB : 1
    let depthB = B.count > 1 ? B[B.count - 2] : lastB
    guard depth == depthB else {
      throw OperatorError(
        .invalidShape, "shapes \(A) and \(B): rows of \(depth) do not fit columns of \(depthB)")
    }
    let (stackA, stackB) = (Array(A.dropLast(2)), Array(B.dropLast(2)))
    let stack = try broadcastShape([stackA, stackB])
    output = stack + (A.count > 1 ? [rows] : []) + (B.count > 1 ? [columns] : [])
    matrices = stack + [rows, columns]
    guard try elementCount(output) > 0 else {
      pairs = []
      return
    }
    let a = Tensor(int64: Array(0..<stackA.product), shape: stackA).broadcast(to: stack)
    let b = Tensor(int64: Array(0..<stackB.product), shape: stackB).broadcast(to: stack)
    pairs = Array(zip(a.ints(), b.ints())).map { (a: $0, b: $1) }
  }

  /// The sums of products, in row-major order.
  func product<W: WideNumber>(_ a: [W], _ b: [W]) throws -> [W] {
    var y: [W] = []
    y.reserveCapacity(pairs.count * rows * columns)
    var work = Work()
    for pair in pairs {
      let columnsOfB = try transposed(b, from: pair.b * depth * columns)
      for m in 0..<rows {
        let row = (pair.a * rows + m) * depth
        for n in 0..<columns {
          try work.spend(depth)
          var sum = WideSum<W>()
          for k in 0..<depth { sum.add(a[row + k], columnsOfB[n * depth + k]) }
          y.append(sum.value)
        }
      }
    }
    return y
  }

  /// One matrix of B, column after column.
  private func transposed<W>(_ b: [W], from first: Int) throws -> [W] {
    try (0..<(columns * depth)).map(spending: 1) { b[first + ($0 % depth) * columns + $0 / depth] }
  }

  /// The dims of the product; nil where a rank is unknown.
  static func outputDims(_ A: [Dim]?, _ B: [Dim]?) throws -> [Dim]? {
    guard let A, let B else { return nil }
    guard let lastA = A.last, let lastB = B.last else {
      throw OperatorError(.invalidShape, "a scalar cannot be multiplied as a matrix")
    }
    let depthB = B.count > 1 ? B[B.count - 2] : lastB
    if let a = lastA.number, let b = depthB.number, a != b {
      throw OperatorError(.invalidShape, "rows of \(a) do not fit columns of \(b)")
    }
    guard let stack = try broadcastDims([Array(A.dropLast(2)), Array(B.dropLast(2))]) else { return nil }
    return stack + (A.count > 1 ? [A[A.count - 2]] : []) + (B.count > 1 ? [lastB] : [])
  }
}
