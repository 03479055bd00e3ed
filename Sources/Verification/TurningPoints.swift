import Oracle
import TensorCore

/// Numbers of a floating type at which operators turn: where they change sign, saturate, overflow, underflow,
/// or round otherwise.
struct TurningPoints {
  /// Numbers whose cubes still fit, so that what overflows does so by the operator alone: a reciprocal of a
  /// subnormal number, or an exponential.
  let finite: [Double]
  let others: [Double] = [.nan, .infinity, -.infinity]
  /// In an order in which neighbours differ much.
  let inTurn: [Double]
  /// The largest numbers, and some that fit in beside them. Almost every sum and product of them overflows.
  let limits: [Double]

  init(_ type: ElementType) {
    let (normal, unit) = (type.smallestNormal, type.unitRoundoff)
    // Of both the reciprocal overflows.
    let (subnormal, smallest) = (normal / 16, normal * 2 * unit)
    // The exponentials overflow.
    let large = 1 / cbrt(normal)
    let largest = 4 * (1 - unit) / normal
    finite =
      [0, -0.0, 1, -1, 0.5, -2.5, 0.1, smallest, -smallest, subnormal, -subnormal, normal]
      + [large, large / 2, large / 4, -large, -large / 2, -large / 4] + Self.beyondTies(unit)
    inTurn =
      others + [-0.0, 0, 1, smallest, -subnormal, large, -large / 2, 0.1, -2.5, 0.5] + Self.beyondTies(unit)
    limits = [largest, 1, -largest, -2.5, largest / 2, -large * large]
  }

  /// Numbers just beyond the middle between two neighbours of a narrower type. Rounded to a type between the
  /// two first, they are in the middle.
  private static func beyondTies(_ unit: Double) -> [Double] {
    let narrower: [ElementType] = [.bfloat16, .float16, .float]
    return narrower.map(\.unitRoundoff).filter { $0 > unit }.map { 1 + $0 + 2 * unit }
  }
}
