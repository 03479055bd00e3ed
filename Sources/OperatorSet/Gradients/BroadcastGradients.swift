import GraphIR
import TensorCore

/// A function of two broadcast inputs, C[i] = f(A[i], B[i]): each input takes dL/dC[i] times its partial
/// derivative, summed over all i that share one of its elements.
protocol DifferentiablePair: BroadcastOperator, Differentiable {
  /// ∂f/∂a and ∂f/∂b.
  func partials(_ a: Double, _ b: Double) -> (Double, Double)
}

extension DifferentiablePair {
  package func inputGradients(_ node: Evaluation) throws -> [Tensor?] {
    let (A, B) = (try node.inputs.tensor(0), try node.inputs.tensor(1))
    let (spreadA, spreadB) = try broadcastOperands(node.inputs, legacyBroadcast)
    let (a, b, dC) = (spreadA.doubles(), spreadB.doubles(), try node.dY())
    let partials = try a.indices.map(spending: 1) { self.partials(a[$0], b[$0]) }
    let dA = try zip(dC, partials).map(spending: 1) { $0 * $1.0 }
    let dB = try zip(dC, partials).map(spending: 1) { $0 * $1.1 }
    let aligned = try legacyBroadcast?.alignedShape(of: B.shape, against: A.shape) ?? B.shape
    return [
      try Tensor.gradient(dA, spreadA.shape).summed(to: A.shape),
      try Tensor.gradient(dB, spreadB.shape).summed(to: aligned).reshaped(B.shape),
    ]
  }
}

extension Add: DifferentiablePair {
  func partials(_ a: Double, _ b: Double) -> (Double, Double) { (1, 1) }
}

extension Sub: DifferentiablePair {
  func partials(_ a: Double, _ b: Double) -> (Double, Double) { (1, -1) }
}

extension Mul: DifferentiablePair {
  func partials(_ a: Double, _ b: Double) -> (Double, Double) { (b, a) }
}

extension Div: DifferentiablePair {
  func partials(_ a: Double, _ b: Double) -> (Double, Double) { (1 / b, -a / (b * b)) }
}

extension Mod: DifferentiablePair {
  /// a mod b = a − q · b, with a quotient q that is constant around every place where there is a derivative.
  func partials(_ a: Double, _ b: Double) -> (Double, Double) { (1, (value(a, b) - a) / b) }
}

extension Pow: DifferentiablePair {
  /// b · aᵇ⁻¹ and aᵇ · ln a; 0 for the base where b = 0, and for the exponent where a = 0 and b ≥ 0, the
  /// limits there.
  func partials(_ a: Double, _ b: Double) -> (Double, Double) {
    (b == 0 ? 0 : b * pow(a, b - 1), a == 0 && b >= 0 ? 0 : pow(a, b) * log(a))
  }
}

/// An operator of any number of broadcast inputs: each takes dL/dY[i] times its share, summed over all i that
/// share one of its elements.
protocol DifferentiableVariadic: VariadicFunction, Differentiable {
  /// ∂y/∂x of each x, for the numbers that meet at one index.
  func partials(_ x: [Double]) -> [Double]
}

extension DifferentiableVariadic {
  package func inputGradients(_ node: Evaluation) throws -> [Tensor?] {
    let tensors = try node.inputs.tensors()
    let shape = try broadcastShape(tensors.map(\.shape))
    let x = tensors.map { $0.broadcast(to: shape).doubles() }
    let dY = try node.dY()
    let partials = try dY.indices.map(spending: x.count) { i in self.partials(x.map { $0[i] }) }
    return try tensors.indices.map { k in
      try Tensor.gradient(dY.indices.map(spending: 1) { dY[$0] * partials[$0][k] }, shape).summed(
        to: tensors[k].shape)
    }
  }
}

extension Sum: DifferentiableVariadic {
  func partials(_ x: [Double]) -> [Double] { x.map { _ in 1 } }
}

extension Mean: DifferentiableVariadic {
  func partials(_ x: [Double]) -> [Double] { x.map { _ in 1 / Double(x.count) } }
}

extension Max: DifferentiableVariadic {
  func partials(_ x: [Double]) -> [Double] { extremeShares(x, x.reduce(-.infinity, value)) }
}

extension Min: DifferentiableVariadic {
  func partials(_ x: [Double]) -> [Double] { extremeShares(x, x.reduce(.infinity, value)) }
}

/// The derivative of a maximum or minimum with respect to each number: those that attain it share it evenly
/// (TSN-0042).
func extremeShares(_ x: some Sequence<Double>, _ extreme: Double) -> [Double] {
  let attains = x.map { $0 == extreme || ($0.isNaN && extreme.isNaN) }
  let share = 1 / Double(max(attains.count { $0 }, 1))
  return attains.map { $0 ? share : 0 }
}

/// The derivative of the product of all numbers with respect to each: the product of the others.
func productsOfOthers(_ x: [Double]) -> [Double] {
  // Products from the left and from the right, so that zeros need no division.
  var result = [Double](repeating: 1, count: x.count)
  for k in x.indices.dropFirst() { result[k] = result[k - 1] * x[k - 1] }
  var product = 1.0
  for k in x.indices.reversed() {
    result[k] *= product
    product *= x[k]
  }
  return result
}
