import TensorCore

/// A number as the definition has it, and how far a kernel that computes in float may be from it.
struct Tracked {
  let value: Double
  let error: Double

  static let zero = Tracked(0)

  /// A float that is known.
  init(_ value: Double) { self.init(value, error: 0) }

  init(_ value: Double, error: Double) {
    self.value = value
    // Where float may overflow and double does not, nothing is said.
    let isBeyond = value.isFinite && value.magnitude + error > Double(Float.greatestFiniteMagnitude)
    self.error = error.isNaN || isBeyond ? .infinity : error
  }

  /// Σ a·b of which each term is rounded at most so many times on its way into the sum.
  static func sum(_ terms: [(Tracked, Tracked)], roundings: Int) -> Tracked {
    var (value, carried, magnitudes) = (0.0, 0.0, 0.0)
    for (a, b) in terms {
      value += a.value * b.value
      carried += a.value.magnitude * b.error + b.value.magnitude * a.error + a.error * b.error
      magnitudes += (a.value.magnitude + a.error) * (b.value.magnitude + b.error)
    }
    guard magnitudes < Double(Float.greatestFiniteMagnitude) else { return Tracked(value, error: .infinity) }
    // Products that are subnormal are off by their last place.
    let rounding = gamma(roundings) * magnitudes + Double(terms.count) * 0x1p-149
    return Tracked(value, error: carried + rounding)
  }

  /// f of it, where f grows at most `slope` times as fast as its argument and is computed within 1 ULP.
  func mapped(slope: Double, _ f: (Double) -> Double) -> Tracked {
    let result = f(value)
    return Tracked(result, error: slope * error + 2 * unit * (result.magnitude + slope * error) + 0x1p-149)
  }

  var logistic: Tracked { mapped(slope: 0.25) { 1 / (1 + exp(-$0)) } }
  var hyperbolicTangent: Tracked { mapped(slope: 1) { tanh($0) } }

  /// Limited to −bound…bound, which brings no two numbers further apart.
  func limited(_ bound: Double) -> Tracked {
    value.isNaN ? self : Tracked(min(max(value, -bound), bound), error: error)
  }

  static func + (a: Tracked, b: Tracked) -> Tracked {
    .sum([(a, Tracked(1)), (b, Tracked(1))], roundings: 1)
  }
  static func - (a: Tracked, b: Tracked) -> Tracked {
    .sum([(a, Tracked(1)), (b, Tracked(-1))], roundings: 1)
  }
  static func * (a: Tracked, b: Tracked) -> Tracked { .sum([(a, b)], roundings: 1) }
}
