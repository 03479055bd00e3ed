import GraphIR
import TensorCore

// The derivatives of the activations. At a kink the derivative is that of one side: of x ≤ 0 in the Relu
// family, of the flatter side elsewhere (TSN-0042).

extension Relu: DifferentiableFunction {
  func derivative(_ x: Double) -> Double { x > 0 ? 1 : 0 }
}

extension LeakyRelu: DifferentiableFunction {
  func derivative(_ x: Double) -> Double { x > 0 ? 1 : alpha }
}

extension ThresholdedRelu: DifferentiableFunction {
  func derivative(_ x: Double) -> Double { x > alpha ? 1 : 0 }
}

extension Elu: DifferentiableFunction {
  func derivative(_ x: Double) -> Double { x > 0 ? 1 : alpha * exp(x) }
}

extension Selu: DifferentiableFunction {
  func derivative(_ x: Double) -> Double { x > 0 ? gamma : gamma * alpha * exp(x) }
}

extension Celu: DifferentiableFunction {
  func derivative(_ x: Double) -> Double { x > 0 ? 1 : exp(x / alpha) }
}

extension Shrink: DifferentiableFunction {
  func derivative(_ x: Double) -> Double { x < -lambd || x > lambd ? 1 : 0 }
}

extension HardSigmoid: DifferentiableFunction {
  func derivative(_ x: Double) -> Double {
    let y = alpha * x + beta
    return y > 0 && y < 1 ? alpha : 0
  }
}

extension HardSwish: DifferentiableFunction {
  func derivative(_ x: Double) -> Double { x <= -3 ? 0 : x >= 3 ? 1 : x / 3 + 0.5 }
}

extension Sigmoid: DifferentiableFunction {
  func derivative(_ x: Double) -> Double { logistic(x) * logistic(-x) }
}

extension Softplus: DifferentiableFunction {
  func derivative(_ x: Double) -> Double { logistic(x) }
}

extension Softsign: DifferentiableFunction {
  func derivative(_ x: Double) -> Double { 1 / ((1 + abs(x)) * (1 + abs(x))) }
}

extension Mish: DifferentiableFunction {
  /// (x · tanh s)′ = tanh s + x · s′ / cosh² s with s = softplus(x), s′ = logistic(x).
  func derivative(_ x: Double) -> Double {
    let s = softplus(x)
    return tanh(s) + x * logistic(x) / (cosh(s) * cosh(s))
  }
}

extension Swish: DifferentiableFunction {
  func derivative(_ x: Double) -> Double { swishDerivative(x, alpha: alpha) }
}

extension Gelu: DifferentiableFunction {
  func derivative(_ x: Double) -> Double {
    switch approximate {
    // (x · Φ(x))′ = Φ(x) + x · φ(x), of the normal distribution.
    case .none: return 0.5 * erfc(-x / 2.0.squareRoot()) + x * exp(-x * x / 2) / (2 * Double.pi).squareRoot()
    // (x · σ(u))′ = σ(u) + x · u′ · σ(u) · σ(−u) with u = 2 · √(2/π) · (x + 0.044715 · x³).
    case .tanh:
      let scale = 2 * (2 / Double.pi).squareRoot()
      let u = scale * (x + 0.044715 * x * x * x)
      return logistic(u) + x * scale * (1 + 3 * 0.044715 * x * x) * logistic(u) * logistic(-u)
    }
  }
}

/// (x · σ(αx))′ = σ(αx) + αx · σ(αx) · σ(−αx), with σ the logistic function.
func swishDerivative(_ x: Double, alpha: Double) -> Double {
  logistic(alpha * x) + alpha * x * logistic(alpha * x) * logistic(-alpha * x)
}

extension SwiGLU: Differentiable {
  /// Y = A · σ(αA) · B: dA = dY · (A · σ(αA))′ · B, dB = dY · A · σ(αA).
  package func inputGradients(_ node: Evaluation) throws -> [Tensor?] {
    let (a, b, dY, shape) = (try node.x(0), try node.x(1), try node.dY(), try node.inputs.tensor(0).shape)
    let dA = try dY.indices.map(spending: 1) { dY[$0] * swishDerivative(a[$0], alpha: alpha) * b[$0] }
    let dB = try dY.indices.map(spending: 1) { dY[$0] * a[$0] * logistic(alpha * a[$0]) }
    return [.gradient(dA, shape), .gradient(dB, shape)]
  }
}

extension PRelu: Differentiable {
  /// dX = dY where X > 0, else slope · dY; dslope = Σ X · dY over all X ≤ 0 that share the slope.
  package func inputGradients(_ node: Evaluation) throws -> [Tensor?] {
    let (X, slope) = (try node.inputs.tensor(0), try node.inputs.tensor(1))
    let (x, dY) = (try node.x(), try node.dY())
    let spread = try slopes(slope, for: X.shape).doubles()
    let owners = try slopes(Tensor(int64: Array(0..<slope.count), shape: slope.shape), for: X.shape).ints()
    let dX = try x.indices.map(spending: 1) { x[$0] > 0 ? dY[$0] : spread[$0] * dY[$0] }
    let perElement = try x.indices.map(spending: 1) { x[$0] > 0 ? 0 : x[$0] * dY[$0] }
    let dSlope = try scatteredSum(perElement, to: owners, count: slope.count)
    return [.gradient(dX, X.shape), .gradient(dSlope, slope.shape)]
  }
}

extension Clip: Differentiable {
  /// dX = dY where min ≤ X ≤ max; what lies below goes to min, what lies above to max, which always wins over
  /// min.
  package func inputGradients(_ node: Evaluation) throws -> [Tensor?] {
    let (X, low, high) = (
      try node.inputs.tensor(0), try node.inputs.optionalTensor(1), try node.inputs.optionalTensor(2)
    )
    let lower = attributeBounds.map { $0.min.map(Double.init) } ?? low?.doubles().first
    let upper = attributeBounds.map { $0.max.map(Double.init) } ?? high?.doubles().first
    var dX: [Double] = []
    var (dLow, dHigh) = (CompensatedSum(), CompensatedSum())
    try zip(node.x(), node.dY()).forEach(spending: 1) { x, dY in
      let raised = lower.map { max(x, $0) } ?? x
      if let upper, raised > upper {
        dHigh.add(dY)
        dX.append(0)
      } else if raised > x {
        dLow.add(dY)
        dX.append(0)
      } else {
        dX.append(dY)
      }
    }
    return [
      .gradient(dX, X.shape), low.map { .gradient([dLow.value], $0.shape) },
      high.map { .gradient([dHigh.value], $0.shape) },
    ]
  }
}
