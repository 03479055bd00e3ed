import GraphIR
import TensorCore

/// The gradients of a convolution's inputs while they are added up.
private struct ConvolutionSums {
  var x: [CompensatedSum]
  var w: [CompensatedSum]
  var bias: [CompensatedSum]

  init(_ X: Tensor, _ W: Tensor, filters: Int) {
    x = [CompensatedSum](repeating: CompensatedSum(), count: X.count)
    w = [CompensatedSum](repeating: CompensatedSum(), count: W.count)
    bias = [CompensatedSum](repeating: CompensatedSum(), count: filters)
  }

  /// Of X, W and, where there is one, B.
  func gradients(_ inputs: Inputs<Value>) throws -> [Tensor?] {
    [
      .gradient(x.map(\.value), try inputs.tensor(0).shape),
      .gradient(w.map(\.value), try inputs.tensor(1).shape),
      inputs[2] == nil ? nil : .gradient(bias.map(\.value), [bias.count]),
    ]
  }
}

extension Conv: Differentiable {
  /// With Y[n, m, o] = B[m] + Σ W[m, c, k] · X[n, c, i(o, k)]: dX[n, c, i] = Σ W[m, c, k] · dY[n, m, o],
  /// dW[m, c, k] = Σ X[n, c, i] · dY[n, m, o] and dB[m] = Σ dY[n, m, o], over all o and k with i = i(o, k).
  package func inputGradients(_ node: Evaluation) throws -> [Tensor?] {
    let (X, W) = (try node.inputs.tensor(0), try node.inputs.tensor(1))
    let shapes = try shapes(X: X.shape, W: W.shape)
    let (x, w, dY) = (X.doubles(), W.doubles(), try node.dY())
    var sums = ConvolutionSums(X, W, filters: shapes.filters)
    try shapes.forEachCell { cell, m, products in
      sums.bias[m].add(dY[cell])
      for (k, i) in products {
        sums.x[i].add(w[k], dY[cell])
        sums.w[k].add(x[i], dY[cell])
      }
    }
    return try sums.gradients(node.inputs)
  }
}

extension ConvShapes {
  /// Calls `body` for each cell of the output with its filter and the positions in W and X of all its
  /// products.
  fileprivate func forEachCell(
    _ body: (_ cell: Int, _ filter: Int, _ products: [(kernel: Int, input: Int)]) -> Void
  ) throws {
    let inputSize = axes.reduce(1) { $0 * $1.input }
    let kernelSize = axes.reduce(1) { $0 * $1.kernel }
    var cell = 0
    for n in 0..<batch {
      for m in 0..<filters {
        let firstChannel = (n * group + m / (filters / group)) * groupChannels
        try forEachIndex(outputExtents, spending: kernelSize * groupChannels) { o in
          let products = coveredCells(o).flatMap { k, i in
            (0..<groupChannels).map { c in
              ((m * groupChannels + c) * kernelSize + k, (firstChannel + c) * inputSize + i)
            }
          }
          body(cell, m, products)
          cell += 1
        }
      }
    }
  }
}

extension ConvTranspose: Differentiable {
  /// The same sums, with the cells of X that reach a cell of Y in place of those under its window.
  package func inputGradients(_ node: Evaluation) throws -> [Tensor?] {
    let (X, W) = (try node.inputs.tensor(0), try node.inputs.tensor(1))
    let axes = try axes(input: Array(X.shape.dropFirst(2)), kernel: Array(W.shape.dropFirst(2)))
    let inputSize = axes.reduce(1) { $0 * $1.input }
    let kernelSize = axes.reduce(1) { $0 * $1.kernel }
    let outputSize = axes.reduce(1) { $0 * $1.output }
    let (channels, filters) = (X.shape[1] / group, W.shape[1])
    let (x, w, dY) = (X.doubles(), W.doubles(), try node.dY())
    var sums = ConvolutionSums(X, W, filters: filters * group)
    var (o, work) = (0, Work())
    try forEachIndex(axes.map(\.output), spending: kernelSize) { position in
      let cells = sources(axes, position)
      for n in 0..<X.shape[0] {
        for m in 0..<(filters * group) {
          let dy = dY[(n * filters * group + m) * outputSize + o]
          sums.bias[m].add(dy)
          try work.spend(1 + channels * cells.count)
          let first = m / filters * channels
          for c in first..<(first + channels) {
            let (plane, filter) = ((n * X.shape[1] + c) * inputSize, (c * filters + m % filters) * kernelSize)
            for (i, k) in cells {
              sums.x[plane + i].add(w[filter + k], dy)
              sums.w[filter + k].add(x[plane + i], dy)
            }
          }
        }
      }
      o += 1
    }
    return try sums.gradients(node.inputs)
  }
}

extension Col2Im: Differentiable {
  /// Each element of a block takes the gradient of the cell of the image that it was added to.
  package func inputGradients(_ node: Evaluation) throws -> [Tensor?] {
    let input = try node.inputs.tensor(0)
    let blocks = try blocks(input, image: node.inputs.tensor(1).ints(), block: node.inputs.tensor(2).ints())
    let dY = try node.dY()
    var dX = [Double](repeating: 0, count: input.count)
    let (sources, targets) = try blocks.moves()
    try zip(sources, targets).forEach(spending: 1) { source, target in dX[source] = dY[target] }
    return [.gradient(dX, input.shape)]
  }
}

extension CausalConvWithState: Differentiable {
  /// With P the state and then the input, z[t] = bias + Σ w[j] · P[t + j] and Y = z or swish(z):
  /// dw[j] = Σ P[t + j] · dz[t] and dP[t + j] = Σ w[j] · dz[t], to which the gradient of the new state, the
  /// end of P, is added.
  package func inputGradients(_ node: Evaluation) throws -> [Tensor?] {
    let (input, weight) = (try node.inputs.tensor(0), try node.inputs.tensor(1))
    let (channels, length, k) = (input.shape[1], input.shape[2], weight.shape[2])
    let (x, w, bias) = (input.doubles(), weight.doubles(), try node.inputs.optionalTensor(2)?.doubles())
    let past = try node.inputs.optionalTensor(3)?.doubles()
    let (dY, dState) = (node.gradient(0)?.doubles(), node.gradient(1)?.doubles())
    var (dX, dPast): ([Double], [Double]) = ([], [])
    var dW = [Double](repeating: 0, count: w.count)
    var dBias = [Double](repeating: 0, count: channels)
    var work = Work()
    for plane in 0..<(input.shape[0] * channels) {
      let (c, state) = (plane % channels, (plane * (k - 1))..<((plane + 1) * (k - 1)))
      let P =
        (past.map { Array($0[state]) } ?? [Double](repeating: 0, count: k - 1))
        + x[(plane * length)..<((plane + 1) * length)]
      var dP =
        [Double](repeating: 0, count: length) + (dState.map { Array($0[state]) } ?? state.map { _ in 0 })
      for t in 0..<length {
        try work.spend(k)
        let z = (0..<k).reduce(bias?[c] ?? 0) { $0 + w[c * k + $1] * P[t + $1] }
        let dz = (dY?[plane * length + t] ?? 0) * (activation == .none ? 1 : swishDerivative(z, alpha: 1))
        dBias[c] += dz
        for j in 0..<k {
          dW[c * k + j] += dz * P[t + j]
          dP[t + j] += dz * w[c * k + j]
        }
      }
      dPast += dP.prefix(k - 1)
      dX += dP.dropFirst(k - 1)
    }
    return [
      .gradient(dX, input.shape), .gradient(dW, weight.shape), bias.map { _ in .gradient(dBias, [channels]) },
      past.map { _ in .gradient(dPast, [input.shape[0], channels, k - 1]) },
    ]
  }
}
