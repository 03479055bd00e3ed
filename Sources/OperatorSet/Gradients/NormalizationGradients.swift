import GraphIR
import TensorCore

/// Numbers x that are made to have mean 0 and variance 1: x̂ = (x − m) / s with s = √(v + ε), the moments m
/// and v taken of the numbers themselves.
private struct Standardized {
  let moments: Moments
  let deviation: Double
  private let x: [Double]
  private let cells: [Int]

  init(_ x: [Double], at cells: [Int], epsilon: Double) throws {
    self.x = x
    self.cells = cells
    moments = try Moments(x, at: cells)
    deviation = sqrt(moments.variance + epsilon)
  }

  func normalized(_ cell: Int) -> Double { (x[cell] - moments.mean) / deviation }

  /// Sets dL/dx of all cells, given dL/dx̂ and what L owes to the moments by other ways:
  /// dx = (dx̂ − mean(dx̂) − x̂ · mean(dx̂ · x̂)) / s + dm / n + dv · 2 (x − m) / n.
  func setGradients(
    _ dX: inout [Double], given dNormalized: (Int) -> Double, dMean: Double = 0, dVariance: Double = 0
  ) throws {
    let count = Double(cells.count)
    var (sum, projection) = (CompensatedSum(), CompensatedSum())
    try cells.forEach(spending: 2) { i in
      sum.add(dNormalized(i))
      projection.add(dNormalized(i), normalized(i))
    }
    for i in cells {
      let direct = dNormalized(i) - sum.value / count - normalized(i) * projection.value / count
      dX[i] = direct / deviation + dMean / count + dVariance * 2 * (x[i] - moments.mean) / count
    }
  }
}

// MARK: - Moments of groups of channels

/// The gradients of X, scale and bias for Y = scale[p] · x̂ + bias[p], standardized over runs of channels.
///
/// - Parameter parameter: the number p of the scale that a channel has.
private func groupGradients(
  _ node: Evaluation, groups: Int, _ epsilon: Double, parameter: (_ channel: Int) -> Int
) throws -> [Tensor?] {
  let (X, scale) = (try node.inputs.tensor(0), try node.inputs.tensor(1))
  let (x, factors, dY) = (X.doubles(), scale.doubles(), try node.dY())
  let (channels, inner) = (X.shape[1], X.shape.dropFirst(2).product)
  let length = channels / max(groups, 1) * inner
  var dX = dY
  var dScale = [CompensatedSum](repeating: CompensatedSum(), count: scale.count)
  var dBias = dScale
  func p(_ cell: Int) -> Int { parameter(cell / inner % channels) }
  try (0..<(X.shape[0] * groups)).forEach(spending: 1) { run in
    let cells = Array((run * length)..<((run + 1) * length))
    let group = try Standardized(x, at: cells, epsilon: epsilon)
    try group.setGradients(&dX, given: { dY[$0] * factors[p($0)] })
    try cells.forEach(spending: 2) { i in
      dScale[p(i)].add(dY[i], group.normalized(i))
      dBias[p(i)].add(dY[i])
    }
  }
  return [
    .gradient(dX, X.shape), .gradient(dScale.map(\.value), scale.shape),
    .gradient(dBias.map(\.value), scale.shape),
  ]
}

extension InstanceNormalization: Differentiable {
  package func inputGradients(_ node: Evaluation) throws -> [Tensor?] {
    try groupGradients(node, groups: node.inputs.tensor(0).shape[1], epsilon) { $0 }
  }
}

extension GroupNormalization: Differentiable {
  package func inputGradients(_ node: Evaluation) throws -> [Tensor?] {
    let size = max(try node.inputs.tensor(0).shape[1] / groups, 1)
    return try groupGradients(node, groups: groups, epsilon) { scalesChannels ? $0 : $0 / size }
  }
}

// MARK: - Moments of the last axes

extension LayerNormalization: Differentiable {
  /// Y = Scale · x̂ + B; Mean and InvStdDev = 1 / s are outputs too.
  package func inputGradients(_ node: Evaluation) throws -> [Tensor?] {
    let (X, scale) = (try node.inputs.tensor(0), try node.inputs.tensor(1))
    let first = try resolveAxis(axis, rank: X.rank)
    let factors = try unidirectional(scale, to: X.shape, name: "Scale").doubles()
    let x = X.doubles()
    let dY = node.gradient()?.doubles() ?? [Double](repeating: 0, count: x.count)
    let (dMean, dInverse) = (node.gradient(1)?.doubles(), node.gradient(2)?.doubles())
    let length = X.shape[first...].product
    var (dX, dScale) = (dY, dY)
    for row in 0..<X.shape[..<first].product {
      let cells = Array((row * length)..<((row + 1) * length))
      let line = try Standardized(x, at: cells, epsilon: epsilon)
      // d(1/s)/dv = −1 / (2 s³).
      let dVariance = dInverse.map { -$0[row] / (2 * pow(line.deviation, 3)) } ?? 0
      try line.setGradients(
        &dX, given: { dY[$0] * factors[$0] }, dMean: dMean?[row] ?? 0, dVariance: dVariance)
      for i in cells { dScale[i] = dY[i] * line.normalized(i) }
    }
    return [
      .gradient(dX, X.shape), try Tensor.gradient(dScale, X.shape).summed(to: scale.shape),
      try node.inputs.optionalTensor(2).map { try Tensor.gradient(dY, X.shape).summed(to: $0.shape) },
    ]
  }
}

extension RMSNormalization: Differentiable {
  /// With Y = scale · X / r, r = √(mean(X²) + ε) and g = scale · dY: dX = g / r − X · mean(g · X) / r³.
  package func inputGradients(_ node: Evaluation) throws -> [Tensor?] {
    let (X, scale) = (try node.inputs.tensor(0), try node.inputs.tensor(1))
    let first = try resolveAxis(axis, rank: X.rank)
    let factors = try unidirectional(scale, to: X.shape, name: "scale").doubles()
    let (x, dY) = (X.doubles(), try node.dY())
    let length = X.shape[first...].product
    var (dX, dScale) = (dY, dY)
    for row in 0..<X.shape[..<first].product {
      let cells = (row * length)..<((row + 1) * length)
      let line = Array(x[cells])
      let g = cells.map { factors[$0] * dY[$0] }
      let root = sqrt(try dotProduct(line, line) / Double(length) + epsilon)
      let mean = try dotProduct(g, line) / Double(length)
      for (k, i) in cells.enumerated() {
        dX[i] = g[k] / root - line[k] * mean / (root * root * root)
        dScale[i] = dY[i] * line[k] / root
      }
    }
    return [.gradient(dX, X.shape), try Tensor.gradient(dScale, X.shape).summed(to: scale.shape)]
  }
}

extension MeanVarianceNormalization: Differentiable {
  /// With Y = (X − m) / d, d = σ + 1e-9: dX = (dY − mean(dY)) / d − (X − m) · mean(dY · (X − m)) / (σ · d²).
  package func inputGradients(_ node: Evaluation) throws -> [Tensor?] {
    let X = try node.inputs.tensor(0)
    let reduced = try resolveAxes(axes, rank: X.rank)
    let order = (0..<X.rank).filter { !reduced.contains($0) } + reduced
    let length = reduced.reduce(1) { $0 * X.shape[$1] }
    // The elements in the order of the groups, each group one run.
    let members = Tensor(int64: Array(0..<X.count), shape: X.shape).transposed(order).ints()
    let (x, dY) = (X.doubles(), try node.dY())
    var dX = dY
    for first in stride(from: 0, to: X.count, by: max(length, 1)) {
      let cells = Array(members[first..<(first + length)])
      let moments = try Moments(x, at: cells)
      let distances = cells.map { x[$0] - moments.mean }
      let g = cells.map { dY[$0] }
      let (sigma, mean) = (sqrt(moments.variance), try total(g) / Double(length))
      let deviation = sigma + 1e-9
      let slope =
        sigma == 0 ? 0 : try dotProduct(g, distances) / (Double(length) * sigma * deviation * deviation)
      for (k, i) in cells.enumerated() { dX[i] = (g[k] - mean) / deviation - distances[k] * slope }
    }
    return [.gradient(dX, X.shape)]
  }
}

// MARK: - Response to neighbouring channels

extension LRN: Differentiable {
  /// With S = bias + α/size · Σ X² over the neighbours of a channel and Y = X · S^−β:
  /// dX[c] = dY[c] · S[c]^−β − 2αβ/size · X[c] · Σ dY[i] · X[i] · S[i]^(−β−1) over all i that c is a
  /// neighbour of.
  package func inputGradients(_ node: Evaluation) throws -> [Tensor?] {
    let X = try node.inputs.tensor(0)
    let (x, dY) = (X.doubles(), try node.dY())
    var dX = [Double](repeating: 0, count: x.count)
    var work = Work()
    try AxisView(X.shape, axis: 1).forEachLine { line in
      let cells = Array(line)
      for c in cells.indices {
        try work.spend(min(size, cells.count))
        let neighbours = cells[max(0, c - (size - 1) / 2)...min(cells.count - 1, c + size / 2)]
        let values = neighbours.map { x[$0] }
        let S = bias + alpha / Double(size) * (try dotProduct(values, values))
        dX[cells[c]] += dY[cells[c]] * pow(S, -beta)
        let spread = 2 * alpha * beta / Double(size) * dY[cells[c]] * x[cells[c]] * pow(S, -beta - 1)
        for i in neighbours { dX[i] -= spread * x[i] }
      }
    }
    return [.gradient(dX, X.shape)]
  }
}
