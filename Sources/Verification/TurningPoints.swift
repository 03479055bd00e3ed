import Oracle
import TensorCore

/// Numbers of a floating type at which operators turn: where they change sign, saturate, overflow, underflow,
/// or round otherwise.
struct TurningPoints {
  /// Numbers whose cubes still fit, so that what overflows does so by the operator alone: a reciprocal of a
  /// subnormal number, or an exponential.
  let finite: [Double]
  let others: [Double] = [.nan, .infinity, -.infinity]
  /// All in an order in which neighbours differ much, and numbers near the limits besides.
  let inTurn: [Double]

  init(_ type: ElementType) {
    let (normal, unit) = (type.smallestNormal, type.unitRoundoff)
    // Of both the reciprocal overflows.
    let (subnormal, smallest) = (normal / 16, normal * 2 * unit)
    // The exponentials overflow.
    let large = 1 / cbrt(normal)
    finite =
      [0, -0.0, 1, -1, 0.5, -2.5, 0.1, smallest, -smallest, subnormal, -subnormal, normal]
      + [large, large / 2, large / 4, -large, -large / 2, -large / 4] + Self.beyondTies(unit)
    let largest = 4 * (1 - unit) / normal
    inTurn =
      [
        .nan, .infinity, -.infinity, -0.0, 0, 1, smallest, -subnormal, largest, -large * large, 0.1, -2.5,
        0.5,
      ]
      + Self.beyondTies(unit)
  }

  /// Numbers just beyond the middle between two neighbours of a narrower type. Rounded to a type between the
  /// two first, they are in the middle.
  private static func beyondTies(_ unit: Double) -> [Double] {
    let narrower: [ElementType] = [.bfloat16, .float16, .float]
    return narrower.map(\.unitRoundoff).filter { $0 > unit }.map { 1 + $0 + 2 * unit }
  }
}
