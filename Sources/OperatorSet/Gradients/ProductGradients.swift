import GraphIR
import TensorCore

extension MatrixProduct {
  /// dA = dY · Bᵀ and dB = Aᵀ · dY, each summed over all matrices of the product that one of A or B takes
  /// part in.
  func gradients(_ a: [Double], _ b: [Double], _ dY: [Double]) throws -> (a: [Double], b: [Double]) {
    var work = Work()
    var dA = [CompensatedSum](repeating: CompensatedSum(), count: a.count)
    var dB = [CompensatedSum](repeating: CompensatedSum(), count: b.count)
    for (p, pair) in pairs.enumerated() {
      for m in 0..<rows {
        for n in 0..<columns {
          try work.spend(depth)
          let dy = dY[(p * rows + m) * columns + n]
          for k in 0..<depth {
            let (i, j) = ((pair.a * rows + m) * depth + k, (pair.b * depth + k) * columns + n)
            dA[i].add(dy, b[j])
            dB[j].add(dy, a[i])
          }
        }
      }
    }
    return (dA.map(\.value), dB.map(\.value))
  }
}

extension MatMul: Differentiable {
  package func inputGradients(_ node: Evaluation) throws -> [Tensor?] {
    let (A, B) = (try node.inputs.tensor(0), try node.inputs.tensor(1))
    let product = try MatrixProduct(A: A.shape, B: B.shape)
    let (dA, dB) = try product.gradients(A.doubles(), B.doubles(), node.dY())
    return [.gradient(dA, A.shape), .gradient(dB, B.shape)]
  }
}

extension Gemm: Differentiable {
  /// Y = α · A · B + β · C, so that A and B take the gradients of a product times α, and C takes β · dY.
  package func inputGradients(_ node: Evaluation) throws -> [Tensor?] {
    let A = try matrix(node.inputs.tensor(0), "A", transposed: transposesA)
    let B = try matrix(node.inputs.tensor(1), "B", transposed: transposesB)
    let product = try MatrixProduct(A: A.shape, B: B.shape)
    let dY = try node.dY()
    let (dA, dB) = try product.gradients(A.doubles(), B.doubles(), dY.map { Double(alpha) * $0 })
    let dC = try node.inputs.optionalTensor(2).map { C in
      try Tensor.gradient(dY.map { Double(beta) * $0 }, product.output).summed(to: C.shape)
    }
    return [
      try matrix(.gradient(dA, A.shape), "A", transposed: transposesA),
      try matrix(.gradient(dB, B.shape), "B", transposed: transposesB), dC,
    ]
  }
}

extension Einsum: Differentiable {
  package func inputGradients(_ node: Evaluation) throws -> [Tensor?] {
    let sums = try sumOfProducts(node.inputs.tensors())
    return zip(try sums.gradients(node.dY()), sums.tensors).map { .gradient($0, $1.shape) }
  }
}

extension SumOfProducts {
  /// Each factor of each product takes dY times the other factors.
  func gradients(_ dY: [Double]) throws -> [[Double]] {
    let operands = tensors.map { $0.doubles() }
    var sums = operands.map { [CompensatedSum](repeating: CompensatedSum(), count: $0.count) }
    var cell = 0
    try forEachIndex(shape) { o in
      try forEachIndex(summedShape, spending: operands.count) { s in
        let positions = operands.indices.map { p in
          zip(outputStrides[p] + summedStrides[p], o + s).reduce(0) { $0 + $1.0 * $1.1 }
        }
        let others = productsOfOthers(operands.indices.map { operands[$0][positions[$0]] })
        for (p, position) in positions.enumerated() { sums[p][position].add(dY[cell], others[p]) }
      }
      cell += 1
    }
    return sums.map { $0.map(\.value) }
  }
}

extension Det: Differentiable {
  /// dX[i, j] = dY times the cofactor of X[i, j], which also holds for singular matrices.
  package func inputGradients(_ node: Evaluation) throws -> [Tensor?] {
    let X = try node.inputs.tensor(0)
    let (x, size) = (X.doubles(), X.shape[X.rank - 1])
    let dX = try node.dY().enumerated().flatMap { matrix, dY in
      try (0..<(size * size)).map(spending: size * size) { position in
        let (row, column) = (position / size, position % size)
        let minor = (0..<size).filter { $0 != row }.map { i in
          (0..<size).filter { $0 != column }.map { j in x[(matrix * size + i) * size + j] }
        }
        return dY * (try determinant(minor)) * ((row + column) % 2 == 0 ? 1 : -1)
      }
    }
    return [.gradient(dX, X.shape)]
  }
}
