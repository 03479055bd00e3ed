import TensorCore

/// A sum of products in `Double` that also carries the rounding errors of its additions (Neumaier's method),
/// so that the result of a `double` operator is as good as one rounding of the exact sum, whatever the order.
/// It begins with its first term, so that a sum of −0 is −0; the sum of nothing is 0 (TSN-0050).
///
/// Source: A. Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", 1974.
struct CompensatedSum {
  private var sum: Double
  private var lost = 0.0
  private var isEmpty: Bool

  /// The sum of nothing yet.
  init() {
    // −0 is what changes no number when it is added.
    sum = -0.0
    isEmpty = true
  }

  /// A sum whose first term is `start`.
  init(_ start: Double) {
    sum = start
    isEmpty = false
  }

  /// Adds one number.
  mutating func add(_ x: Double) {
    let next = sum + x
    lost += sum.magnitude >= x.magnitude ? (sum - next) + x : (x - next) + sum
    sum = next
    isEmpty = false
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
    if isEmpty { return 0 }
    // Adding a 0 would turn −0 into 0.
    guard lost != 0 else { return sum }
    let total = sum + lost
    return total.isFinite ? total : sum
  }
}
