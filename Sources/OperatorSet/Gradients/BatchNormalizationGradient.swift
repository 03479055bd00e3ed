import GraphIR
import TensorCore

extension BatchNormalization: Differentiable {
  /// Y = scale · x̂ + B with x̂ = (X − mean) / √(var + ε). In training the moments are those of X, which
  /// takes part of the gradient through them; otherwise they are inputs.
  package func inputGradients(_ node: Evaluation) throws -> [Tensor?] {
    let X = try node.inputs.tensor(0)
    let channels = ChannelCells(X.shape, isSpatial: isSpatial)
    let x = X.doubles()
    let given = try (1...4).map { try node.x($0) }
    let dY = node.gradient()?.doubles() ?? [Double](repeating: 0, count: x.count)
    var dX = dY
    var sums = [[Double]](repeating: [Double](repeating: 0, count: channels.count), count: 4)
    for c in 0..<channels.count {
      let cells = try channels.cells(c)
      let (dMoments, dGiven) = momentGradients(node, c)
      let moments = isTraining ? try Moments(x, at: cells) : Moments(mean: given[2][c], variance: given[3][c])
      let deviation = sqrt(moments.variance + epsilon)
      let (scale, count) = (given[0][c], Double(cells.count))
      let g = cells.map { dY[$0] }
      let normalized = try cells.map(spending: 1) { (x[$0] - moments.mean) / deviation }
      let (sum, projection) = try (total(g), dotProduct(g, normalized))
      // What the mean and the variance owe to Y, and to the outputs that show them.
      let dMean = -scale * sum / deviation + dMoments.mean
      let dVariance = -scale * projection / (2 * deviation * deviation) + dMoments.variance
      for (k, i) in cells.enumerated() {
        dX[i] = scale * g[k] / deviation
        if isTraining { dX[i] += (dMean + dVariance * 2 * normalized[k] * deviation) / count }
      }
      sums[0][c] = projection
      sums[1][c] = sum
      sums[2][c] = dGiven.mean + (isTraining ? 0 : dMean)
      sums[3][c] = dGiven.variance + (isTraining ? 0 : dVariance)
    }
    let shapes = try (1...4).map { try node.inputs.tensor($0).shape }
    return [.gradient(dX, X.shape)] + zip(sums, shapes).map { .gradient($0, $1) }
  }

  /// What the outputs beyond Y hand to the moments of channel `c` in use, and to the input mean and variance:
  /// running = momentum · input + (1 − momentum) · moment in training, else the input; saved = the moment.
  private func momentGradients(_ node: Evaluation, _ c: Int) -> (
    used: (mean: Double, variance: Double), given: (mean: Double, variance: Double)
  ) {
    func gradient(_ output: Int) -> Double { node.gradient(output)?.doubles()[c] ?? 0 }
    let (kept, new) = isTraining ? (momentum, 1 - momentum) : (1, 0)
    return (
      (new * gradient(1) + gradient(3), new * gradient(2) + gradient(4)),
      (kept * gradient(1), kept * gradient(2))
    )
  }
}

/// X seen as [outer, channel, inner]: which cells share a mean and a variance.
private struct ChannelCells {
  let count: Int
  private let outer: Int
  private let inner: Int

  init(_ shape: [Int], isSpatial: Bool) {
    if shape.count < 2 {
      (outer, count, inner) = (1, 1, shape.product)
    } else {
      outer = shape[0]
      count = isSpatial ? shape[1] : shape.dropFirst().product
      inner = isSpatial ? shape.dropFirst(2).product : 1
    }
  }

  func cells(_ channel: Int) throws -> [Int] {
    try (0..<outer).flatMap(spending: inner) { n in (0..<inner).map { (n * count + channel) * inner + $0 } }
  }
}
