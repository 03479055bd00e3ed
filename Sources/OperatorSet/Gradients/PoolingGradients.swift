import GraphIR
import TensorCore

/// A pooling over windows: each cell x under a window takes dL/dy · ∂y/∂x.
protocol DifferentiablePooling: Differentiable {
  var window: WindowAttributes { get }
  /// ∂y/∂x of each cell under a window.
  func partials(_ x: [Double], _ window: PooledWindow) throws -> [Double]
}

extension DifferentiablePooling {
  package func inputGradients(_ node: Evaluation) throws -> [Tensor?] {
    let X = try node.inputs.tensor(0)
    let x = X.doubles()
    let shares = try PooledPlanes(window, X: X.shape).map(repeating: [(cell: Int, partial: Double)]()) {
      plane, window in
      let cells = window.cells.map { plane + $0 }
      return zip(cells, try partials(cells.map { x[$0] }, window)).map { ($0, $1) }
    }
    var dX = [CompensatedSum](repeating: CompensatedSum(), count: X.count)
    var work = Work()
    for (dY, shares) in zip(try node.dY(), shares) {
      try work.spend(shares.count)
      for (cell, partial) in shares { dX[cell].add(dY, partial) }
    }
    return [.gradient(dX.map(\.value), X.shape)]
  }
}

extension AveragePool: DifferentiablePooling {
  func partials(_ x: [Double], _ window: PooledWindow) -> [Double] {
    x.map { _ in 1 / Double(countsPadding ? window.paddedCount : window.cells.count) }
  }
}

extension LpPool: DifferentiablePooling {
  func partials(_ x: [Double], _ window: PooledWindow) throws -> [Double] { try norm.partials(x) }
}

extension MaxPool: DifferentiablePooling {
  /// All to the first of the largest cells, the one that Indices names.
  func partials(_ x: [Double], _ window: PooledWindow) throws -> [Double] { try firstOfLargest(x) }
}

/// 1 for the first of the largest numbers, a NaN being larger than all others; 0 for the others.
private func firstOfLargest(_ x: [Double]) throws -> [Double] {
  let winner = try extremeIndex(x, selectsLast: false) { $0 > $1 }
  return x.indices.map { $0 == winner ? 1 : 0 }
}

/// A pooling over whole channels: each cell x of a channel takes dL/dy · ∂y/∂x.
protocol DifferentiableGlobalPooling: GlobalPooling, Differentiable {
  /// ∂y/∂x of each cell of a channel.
  func partials(_ x: [Double]) throws -> [Double]
}

extension DifferentiableGlobalPooling {
  package func inputGradients(_ node: Evaluation) throws -> [Tensor?] {
    let X = try node.inputs.tensor(0)
    let x = X.doubles()
    let size = X.shape.dropFirst(2).product
    let dX = try node.dY().enumerated().flatMap(spending: size) { plane, dY in
      try partials(Array(x[(plane * size)..<((plane + 1) * size)])).map { dY * $0 }
    }
    return [.gradient(dX, X.shape)]
  }
}

extension GlobalAveragePool: DifferentiableGlobalPooling {
  func partials(_ x: [Double]) -> [Double] { x.map { _ in 1 / Double(x.count) } }
}

extension GlobalMaxPool: DifferentiableGlobalPooling {
  func partials(_ x: [Double]) throws -> [Double] { try firstOfLargest(x) }
}

extension GlobalLpPool: DifferentiableGlobalPooling {
  func partials(_ x: [Double]) throws -> [Double] { try norm.partials(x) }
}
