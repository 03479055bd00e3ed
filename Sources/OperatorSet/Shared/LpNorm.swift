import GraphIR
import TensorCore

/// The norm (Σ|x|^p)^(1/p).
struct LpNorm: Sendable {
  let p: Double

  /// Reads `p`, an INT or, in the oldest versions, a FLOAT.
  init(_ node: NodeAttributes) throws {
    p = try node.optionalFloat("p").map(Double.init) ?? Double(node.int("p"))
    guard p > 0, p.isFinite else {
      throw OperatorError(.invalidAttribute, "p is \(p), but must be positive and finite")
    }
  }

  /// The norm of `x`. Scaled by the largest magnitude, so that no power overflows.
  func value(_ x: some Sequence<Double>) throws -> Double {
    let largest = try x.reduce(0, spending: 1) { $1.isNaN || $1.magnitude > $0 ? $1.magnitude : $0 }
    guard largest > 0, largest.isFinite else { return largest }
    var sum = CompensatedSum()
    try x.forEach(spending: 1) { sum.add(power($0.magnitude / largest)) }
    return largest * (p == 1 ? sum.value : p == 2 ? sqrt(sum.value) : pow(sum.value, 1 / p))
  }

  private func power(_ x: Double) -> Double { p == 1 ? x : p == 2 ? x * x : pow(x, p) }
}
