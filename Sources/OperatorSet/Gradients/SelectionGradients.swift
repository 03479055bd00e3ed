import GraphIR
import TensorCore

extension TopK: Differentiable {
  /// Each value that was selected takes its gradient back to where it stood.
  package func inputGradients(_ node: Evaluation) throws -> [Tensor?] {
    let X = try node.inputs.tensor(0)
    guard let dY = node.gradient(), case .tensor(let Indices) = try evaluate(node.inputs, node.context)[1]
    else {
      return []
    }
    let axis = try resolveAxis(axis, rank: X.rank)
    let (view, selected) = (AxisView(X.shape, axis: axis), AxisView(dY.shape, axis: axis))
    let positions = try Indices.ints().enumerated().map(spending: 1) { flat, index in
      view.position(flat / (selected.length * selected.inner), index, flat % selected.inner)
    }
    return [.gradient(try scatteredSum(dY.doubles(), to: positions, count: X.count), X.shape)]
  }
}

extension Scatter: Differentiable {
  package func inputGradients(_ node: Evaluation) throws -> [Tensor?] { try scatterGradients(node) }
}

extension ScatterElements: Differentiable {
  package func inputGradients(_ node: Evaluation) throws -> [Tensor?] { try scatterGradients(node) }
}

extension ElementScatter {
  fileprivate func scatterGradients(_ node: Evaluation) throws -> [Tensor?] {
    let (data, indices) = (try node.inputs.tensor(0), try node.inputs.tensor(1))
    let positions = try elementPositions(of: indices, along: resolveAxis(axis, rank: data.rank), in: data)
    return try reduction.gradients(node, positions: positions)
  }
}

extension ScatterND: Differentiable {
  package func inputGradients(_ node: Evaluation) throws -> [Tensor?] {
    let positions = try positions(of: node.inputs.tensor(1), in: node.inputs.tensor(0).shape)
    return try reduction.gradients(node, positions: positions)
  }
}

extension ScatterReduction {
  /// The gradients of data and updates: for each cell, those of what it held and of the updates that came to
  /// it.
  fileprivate func gradients(_ node: Evaluation, positions: [Int]) throws -> [Tensor?] {
    let (data, updates) = (try node.inputs.tensor(0), try node.inputs.tensor(2))
    let (x, u, dY) = (data.doubles(), updates.doubles(), try node.dY())
    var arrivals = [[Int]](repeating: [], count: x.count)
    for (update, cell) in positions.enumerated() { arrivals[cell].append(update) }
    var (dX, dU) = (dY, u)
    var work = Work()
    for cell in x.indices {
      try work.spend(1 + arrivals[cell].count)
      let partials = self.partials([x[cell]] + arrivals[cell].map { u[$0] })
      dX[cell] = dY[cell] * partials[0]
      for (update, partial) in zip(arrivals[cell], partials.dropFirst()) { dU[update] = dY[cell] * partial }
    }
    return [.gradient(dX, data.shape), nil, .gradient(dU, updates.shape)]
  }

  /// ∂y/∂x of each number that is combined to y, in their order.
  private func partials(_ x: [Double]) -> [Double] {
    switch self {
    case .none: x.indices.map { $0 == x.count - 1 ? 1 : 0 }
    case .add: x.map { _ in 1 }
    case .mul: productsOfOthers(x)
    case .max, .min: extremeShares(x, x.dropFirst().reduce(x[0]) { combine($0, $1) })
    }
  }
}
