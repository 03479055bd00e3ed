import TensorCore

/// A sum of products in `Double` that also carries the rounding errors of its additions (Neumaier's method), so
/// that the result of a `double` operator is as good as one rounding of the exact sum, whatever the order.
///
/// Source: A. Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", 1974.
struct CompensatedSum {
  private var sum: Double
  private var lost = 0.0

  init(_ start: Double = 0) { sum = start }

  /// Adds one number.
  mutating func add(_ x: Double) {
    let next = sum + x
    lost += sum.magnitude >= x.magnitude ? (sum - next) + x : (x - next) + sum
    sum = next
  }

  /// Adds the product of two numbers, its own rounding error included.
  mutating func add(_ a: Double, _ b: Double) {
    let product = a * b
    add(product)
    let error = (-product).addingProduct(a, b)
    if error.isFinite { lost += error }
  }

  /// The sum, rounded once. Infinity and NaN stay what plain addition makes of them.
  var value: Double {
    let total = sum + lost
    return total.isFinite ? total : sum
  }
}
