import GraphIR
import TensorCore

/// An operator that maps each line through a tensor, along some axes, to a line of the same length.
protocol DifferentiableLine: Differentiable {
  /// The axes that make up a line.
  func lineAxes(_ node: Evaluation) throws -> Range<Int>
  /// dL/dx of a line x, given dL/dy of the line that becomes of it.
  func gradient(_ x: [Double], _ dY: [Double]) throws -> [Double]
}

extension DifferentiableLine {
  package func inputGradients(_ node: Evaluation) throws -> [Tensor?] {
    let X = try node.inputs.tensor(0)
    let (x, dY) = (X.doubles(), try node.dY())
    var dX = dY
    if X.count > 0 {
      try AxisView(X.shape, axes: lineAxes(node)).forEachLine { line in
        for (i, value) in zip(line, try gradient(line.map { x[$0] }, line.map { dY[$0] })) { dX[i] = value }
      }
    }
    return [.gradient(dX, X.shape)]
  }
}

/// Σ aᵢ · bᵢ.
func dotProduct(_ a: [Double], _ b: [Double]) throws -> Double { try dotProduct(a[...], b[...]) }

/// Σ aᵢ.
func total(_ a: [Double]) throws -> Double { try a[...].wideSum() }

/// exp(xᵢ) / Σ exp(xⱼ).
func softmax(_ x: [Double]) throws -> [Double] {
  let logSum = try x[...].logSumExp()
  return x.map { exp($0 - logSum) }
}

extension Softmax: DifferentiableLine {
  func lineAxes(_ node: Evaluation) throws -> Range<Int> {
    try normalizedAxes(rank: node.inputs.tensor(0).rank)
  }

  /// dX = Y · (dY − Σ Y · dY).
  func gradient(_ x: [Double], _ dY: [Double]) throws -> [Double] {
    let y = try softmax(x)
    let mean = try dotProduct(y, dY)
    return zip(y, dY).map { $0 * ($1 - mean) }
  }
}

extension LogSoftmax: DifferentiableLine {
  func lineAxes(_ node: Evaluation) throws -> Range<Int> {
    try lines.resolved(rank: node.inputs.tensor(0).rank)
  }

  /// dX = dY − softmax(X) · Σ dY.
  func gradient(_ x: [Double], _ dY: [Double]) throws -> [Double] {
    let sum = try total(dY)
    return try zip(softmax(x), dY).map { $1 - $0 * sum }
  }
}

extension Hardmax: DifferentiableLine {
  func lineAxes(_ node: Evaluation) throws -> Range<Int> {
    try lines.resolved(rank: node.inputs.tensor(0).rank)
  }

  /// A choice does not change with small changes of X.
  func gradient(_ x: [Double], _ dY: [Double]) -> [Double] { x.map { _ in 0 } }
}

extension LpNormalization: DifferentiableLine {
  func lineAxes(_ node: Evaluation) throws -> Range<Int> {
    let first = try resolveAxis(axis, rank: node.inputs.tensor(0).rank)
    return first..<(first + 1)
  }

  /// dX = (dY − ∂‖X‖ · Σ Y · dY) / ‖X‖; 0 for a line of zeros.
  func gradient(_ x: [Double], _ dY: [Double]) throws -> [Double] {
    let length = try norm.value(x)
    guard length != 0 else { return x.map { _ in 0 } }
    let projection = try dotProduct(x, dY) / length
    return zip(dY, try norm.partials(x)).map { ($0 - $1 * projection) / length }
  }
}

extension LpNorm {
  /// ∂‖x‖/∂xᵢ = sign(xᵢ) · (|xᵢ| / ‖x‖)^(p − 1); 0 where all are 0.
  func partials(_ x: [Double]) throws -> [Double] {
    let length = try value(x)
    return x.map { $0 == 0 ? 0 : signum($0) * pow($0.magnitude / length, p - 1) }
  }
}

extension CumulativeFunction {
  /// The axis of a CumSum or CumProd.
  fileprivate func axis(_ node: Evaluation) throws -> Range<Int> {
    let axis: Int64 = try node.inputs.scalar(1)
    let first = try resolveAxis(Int(axis), rank: node.inputs.tensor(0).rank)
    return first..<(first + 1)
  }

  /// `body` on lines that run in the direction of the cumulation.
  fileprivate func directed(_ x: [Double], _ dY: [Double], _ body: ([Double], [Double]) throws -> [Double])
    throws -> [Double]
  {
    direction.isReversed ? try body(x.reversed(), dY.reversed()).reversed() : try body(x, dY)
  }
}

extension CumSum: DifferentiableLine {
  func lineAxes(_ node: Evaluation) throws -> Range<Int> { try axis(node) }

  /// dX[j] = Σ dY[i] over all i ≥ j, or i > j where the sum is exclusive.
  func gradient(_ x: [Double], _ dY: [Double]) throws -> [Double] {
    try directed(x, dY) { _, dY in
      let sums = Array(try scan(dY.reversed()).reversed())
      return Array(direction.isExclusive ? sums.dropFirst() : sums.dropLast())
    }
  }
}

extension CumProd: DifferentiableLine {
  func lineAxes(_ node: Evaluation) throws -> Range<Int> { try axis(node) }

  /// dX[j] = Σ dY[i] · Π X[k] over all i ≥ j and k ≤ i, k ≠ j; i > j and k < i where the product is
  /// exclusive.
  func gradient(_ x: [Double], _ dY: [Double]) throws -> [Double] {
    try directed(x, dY) { x, dY in
      try x.indices.map(spending: x.count) { j in
        var product = x[..<j].reduce(1, *)
        var sum = CompensatedSum()
        if !direction.isExclusive { sum.add(dY[j], product) }
        for i in (j + 1)..<max(x.count, j + 1) {
          // The product up to i, without j; an exclusive one ends before i.
          if !direction.isExclusive { product *= x[i] }
          sum.add(dY[i], product)
          if direction.isExclusive { product *= x[i] }
        }
        return sum.value
      }
    }
  }
}
