import TensorCore

/// Eight floats at a time.
typealias Vector = SIMD8<Float>

/// A function of single elements, eight at a time. Conforming types are concrete, so that the loops around them are
/// specialised.
protocol VectorFunction: Sendable {
  /// f(x), element by element.
  func value(_ x: Vector) -> Vector
}

extension Vector {
  @inline(__always)
  static func load(_ pointer: UnsafePointer<Float>) -> Vector {
    UnsafeRawPointer(pointer).loadUnaligned(as: Vector.self)
  }

  @inline(__always)
  func store(_ pointer: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(pointer).storeBytes(of: self, as: Vector.self)
  }

  /// Limited to `low`…`high`; NaN stays NaN.
  @inline(__always)
  func limited(_ low: Float, _ high: Float) -> Vector {
    let raised = replacing(with: Vector(repeating: low), where: self .< low)
    return raised.replacing(with: Vector(repeating: high), where: raised .> high)
  }

  /// The polynomial Σ coefficients[k]·x^k, by Horner's rule.
  @inline(__always)
  static func polynomial(_ x: Vector, _ c: (Float, Float, Float, Float, Float, Float, Float)) -> Vector {
    var sum = Vector(repeating: c.6)
    sum = sum * x + c.5
    sum = sum * x + c.4
    sum = sum * x + c.3
    sum = sum * x + c.2
    sum = sum * x + c.1
    return sum * x + c.0
  }
}

/// e^x within 2 ULP: x = n·ln 2 + r, e^r by a polynomial, 2^n by the exponent's bits. Results below the smallest
/// normal number become 0.
@inline(__always)
func exponential(_ x: Vector) -> Vector {
  let limited = x.limited(-87.33654, 88.72283)
  // Adding 1.5·2^23 leaves the nearest integer in the low bits.
  let magic: Float = 12_582_912
  let shifted = limited * 1.442_695_04 + magic
  let n = shifted - magic
  // ln 2 in two parts, the first with so few bits that its product with n is exact.
  let r = (limited - n * 0.693_359_375) - n * -2.121_944_4e-4
  // Source of the coefficients: Cephes, expf.
  let q = Vector.polynomial(
    r, (1, 0.5, 1.666_666_5e-1, 4.166_579_6e-2, 8.333_452e-3, 1.398_199_9e-3, 1.987_569_2e-4))
  let p = q * r + 1
  // Two factors, since n may be 128.
  let exponent = SIMD8<Int32>(
    truncatingIfNeeded: unsafeBitCast(shifted, to: SIMD8<Int32>.self) &- 0x4B40_0000)
  let half = exponent &>> 1
  let result = p * power(half) * power(exponent &- half)
  let underflows = x .< -87.33654
  let overflows = x .> 88.72283
  return result.replacing(with: 0, where: underflows).replacing(
    with: Vector(repeating: .infinity), where: overflows)
}

/// 2^n for −126 ≤ n ≤ 127.
@inline(__always)
private func power(_ n: SIMD8<Int32>) -> Vector {
  unsafeBitCast((n &+ 127) &<< 23, to: Vector.self)
}

/// tanh x, a quotient of polynomials in x².
///
/// Source: the minimax approximation that Eigen and XLA use.
@inline(__always)
func hyperbolicTangent(_ x: Vector) -> Vector {
  let limited = x.limited(-7.905_311, 7.905_311)
  let square = limited * limited
  let numerator = Vector.polynomial(
    square,
    (
      4.893_524_6e-3, 6.372_619_3e-4, 1.485_722_4e-5, 5.122_297_1e-8, -8.604_671_5e-11, 2.000_187_9e-13,
      -2.760_768_5e-16
    ))
  var denominator = square * 1.198_258_4e-6 + 1.185_347_06e-4
  denominator = denominator * square + 2.268_434_6e-3
  denominator = denominator * square + 4.893_525e-3
  let quotient = limited * numerator / denominator
  // For small x the quotient loses bits that x itself has.
  let isTiny = (x .< 4e-4) .& (x .> -4e-4)
  return quotient.replacing(with: x, where: isTiny)
}

/// erf x, a quotient of polynomials in x².
///
/// Source: the minimax approximation that Eigen and XLA use.
@inline(__always)
func errorFunction(_ x: Vector) -> Vector {
  let limited = x.limited(-4, 4)
  let square = limited * limited
  let numerator = Vector.polynomial(
    square,
    (
      -1.609_603_3e-2, -2.954_599_8e-3, -7.349_906_3e-4, -5.692_506_4e-5, -2.101_024e-6, 2.770_681_4e-8,
      -2.726_142_3e-10
    ))
  var denominator = square * -1.456_607_2e-5 + -2.133_740_6e-4
  denominator = denominator * square + -1.682_827e-3
  denominator = denominator * square + -7.373_329e-3
  denominator = denominator * square + -1.426_473_9e-2
  // The quotient first: a product with a denormal number would lose its bits.
  return limited * (numerator / denominator)
}
