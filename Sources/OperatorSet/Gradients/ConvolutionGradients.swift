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
    shapes.forEachCell { cell, m, products in
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
  /// Calls `body` for each cell of the output with its filter and the positions in W and X of all its products.
  fileprivate func forEachCell(
    _ body: (_ cell: Int, _ filter: Int, _ products: [(kernel: Int, input: Int)]) -> Void
  ) {
    let inputSize = axes.reduce(1) { $0 * $1.input }
    let kernelSize = axes.reduce(1) { $0 * $1.kernel }
    var cell = 0
    for n in 0..<batch {
      for m in 0..<filters {
        let firstChannel = (n * group + m / (filters / group)) * groupChannels
        forEachIndex(outputExtents) { o in
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
    var o = 0
    forEachIndex(axes.map(\.output)) { position in
      let cells = sources(axes, position)
      for n in 0..<X.shape[0] {
        for m in 0..<(filters * group) {
          let dy = dY[(n * filters * group + m) * outputSize + o]
          sums.bias[m].add(dy)
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
    let (sources, targets) = blocks.moves()
    for (source, target) in zip(sources, targets) { dX[source] = dY[target] }
    return [.gradient(dX, input.shape)]
  }
}
