import GraphIR
import TensorCore

// The derivatives of operators that make new numbers by formulas which are linear in their inputs.

extension RangeOperator: Differentiable {
  /// Y[i] = start + i · delta: dstart = Σ dY, ddelta = Σ i · dY. The limit only sets how many numbers there
  /// are.
  package func inputGradients(_ node: Evaluation) throws -> [Tensor?] {
    let dY = try node.dY()
    let steps = dY.indices.map(Double.init)
    let (start, delta) = (try node.inputs.tensor(0).shape, try node.inputs.tensor(2).shape)
    return [.gradient([try total(dY)], start), nil, .gradient([try dotProduct(dY, steps)], delta)]
  }
}

extension AffineGrid: Differentiable {
  /// grid[n, …, row] = Σ theta[n, row, column] · point[column]: each element of theta takes dgrid times its
  /// coordinate, summed over the grid.
  package func inputGradients(_ node: Evaluation) throws -> [Tensor?] {
    let (theta, size) = (try node.inputs.tensor(0), try node.inputs.tensor(1).ints())
    let (axes, extents, dGrid) = (size.count - 2, Array(size[2...]), try node.dY())
    var sums = [CompensatedSum](repeating: CompensatedSum(), count: theta.count)
    var cell = 0
    for n in 0..<size[0] {
      try forEachIndex(extents, spending: axes * (axes + 1)) { index in
        let point = (0..<axes).reversed().map { position(index[$0], of: extents[$0]) } + [1]
        for row in 0..<axes {
          for column in 0...axes {
            sums[(n * axes + row) * (axes + 1) + column].add(dGrid[cell], point[column])
          }
          cell += 1
        }
      }
    }
    return [.gradient(sums.map(\.value), theta.shape)]
  }
}
