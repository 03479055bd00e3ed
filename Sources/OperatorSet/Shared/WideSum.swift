import TensorCore

/// A sum in a number system: compensated for `Double`, wrapping for integers.
struct WideSum<W: WideNumber> {
  private var compensated = CompensatedSum()
  private var wrapped = W.zero

  /// Adds one number.
  @inline(__always)
  mutating func add(_ x: W) {
    if let x = x as? Double { compensated.add(x) } else { wrapped = wrapped &+ x }
  }

  /// Adds the product of two numbers.
  @inline(__always)
  mutating func add(_ a: W, _ b: W) {
    if let x = a as? Double, let y = b as? Double {
      compensated.add(x, y)
    } else {
      wrapped = wrapped &+ (a &* b)
    }
  }

  /// The sum.
  var value: W { compensated.value as? W ?? wrapped }
}

extension ArraySlice where Element: WideNumber {
  /// The sum of all elements; 0 of none.
  func wideSum() throws -> Element {
    var sum = WideSum<Element>()
    try forEach(spending: 1) { sum.add($0) }
    return sum.value
  }

  /// The sum of the squares of all elements; 0 of none.
  func wideSumOfSquares() throws -> Element {
    var sum = WideSum<Element>()
    try forEach(spending: 1) { sum.add($0, $0) }
    return sum.value
  }
}

extension ArraySlice<Double> {
  /// log Σ exp(x), the largest element taken out of the sum so that nothing overflows; −∞ of none.
  func logSumExp() throws -> Double {
    var largest = -Double.infinity
    for x in self {
      if x.isNaN { return .nan }
      largest = Swift.max(largest, x)
    }
    guard largest.isFinite else { return largest }
    var sum = CompensatedSum()
    try forEach(spending: 1) { sum.add(exp($0 - largest)) }
    return largest + log(sum.value)
  }
}
