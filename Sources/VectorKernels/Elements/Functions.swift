// The functions below lie within 1 ULP of the definition's, over all floats: signs of zero, infinities, NaN
// and subnormal results are the definition's too. `Scripts/sweep-functions` tries every float. Coefficients
// are our own fits (weighted least squares on Chebyshev nodes, iterated towards the smallest largest error),
// rounded to float.

/// e^x.
@inline(__always)
func exponential(_ x: Lane) -> Lane { exponentialParts(x).sum }

/// e^x as a float, and what is lost by its last addition: x = n·ln 2 + r, e^r by a polynomial, 2^n by the
/// exponent's bits.
@inline(__always)
private func exponentialParts(_ x: Lane) -> (sum: Lane, lost: Lane) {
  // Beyond these, e^x is 0 or infinite.
  let limited = x.limited(-104, 89)
  // Adding 1.5·2^23 leaves the nearest integer in the low bits.
  let magic: Float = 12_582_912
  let shifted = fma(limited, Lane(repeating: 1.442_695_04), Lane(repeating: magic))
  let n = shifted - magic
  // ln 2 in two parts, the first with so few bits that its product with n is exact.
  let r = fma(n, Lane(repeating: 2.121_944_4e-4), fma(n, Lane(repeating: -0.693_359_375), limited))
  // (e^r − 1 − r) / r²
  let q = Lane.polynomial(
    r, (0.5, 0.166_666_66, 0.041_666_29, 0.008_333_498, 0.001_394_478_5, 0.000_197_902_29))
  let t = fma(q, r * r, r)
  let sum = t + 1
  let lost = t - (sum - 1)
  // Two factors, since n may be 128, and since the second may have to round to a subnormal number.
  let exponent = unsafeBitCast(shifted, to: SIMD8<Int32>.self) &- 0x4B40_0000
  let half = exponent &>> 1
  let (first, second) = (power(half), power(exponent &- half))
  return (sum * first * second, lost * first * second)
}

/// 2^n for −126 ≤ n ≤ 127.
@inline(__always)
private func power(_ n: SIMD8<Int32>) -> Lane {
  unsafeBitCast((n &+ 127) &<< 23, to: Lane.self)
}

/// 1 / (1 + e^−x): with e = e^−|x|, it is 1 / (1 + e) or e / (1 + e).
@inline(__always)
func logisticFunction(_ x: Lane) -> Lane {
  let isNegative = x .< 0
  let (e, lost) = exponentialParts(x.magnitude.negated)
  let divisor = e + 1
  let divisorLost = (e - (divisor - 1)) + lost
  let one = Lane(repeating: 1)
  let quotient = one.replacing(with: e, where: isNegative) / divisor
  // The quotient's own derivative gives back what numerator and divisor have lost.
  let inverse = quotient.replacing(with: 1 - quotient, where: isNegative)
  let numeratorLost = Lane.zero.replacing(with: lost, where: isNegative)
  return fma(fma(quotient.negated, divisorLost, numeratorLost), inverse, quotient)
}

/// tanh x: a polynomial near 0, 1 − 2 / (e^2x + 1) elsewhere.
@inline(__always)
func hyperbolicTangent(_ x: Lane) -> Lane {
  let magnitude = x.magnitude
  let square = x * x
  // (tanh x − x) / x³
  let q = Lane.polynomial(
    square, (-0.333_333_3, 0.133_332_04, -0.053_946_484, 0.021_698_85, -0.008_172_114, 0.002_137_548_8))
  let near = fma(magnitude, square * q, magnitude)
  let far = 1 - 2 / (exponential(magnitude + magnitude) + 1)
  return far.replacing(with: near, where: magnitude .< 0.625).signed(as: x)
}

/// erf x: a polynomial near 0, 1 − e^−t elsewhere, with another one for t = −log(1 − erf x).
@inline(__always)
func errorFunction(_ x: Lane) -> Lane {
  let magnitude = x.magnitude
  let square = x * x
  // erf x / x − 1
  var q = Lane.polynomial(
    square, (-0.376_126_35, 0.112_837_18, -0.026_860_664, 0.005_204_198_4, -0.000_817_906_1, 8.525_974e-5))
  q = fma(q, square, Lane(repeating: 0.128_379_17))
  let near = fma(magnitude, q, magnitude)
  // From 3.95 on erf is 1.
  let limited = magnitude.limited(0, 3.95)
  var t = Lane.polynomial(
    limited,
    (0.107_842_8, -0.024_762_336, 0.003_988_079_7, -0.000_377_028_98, 1.100_389_1e-5, 7.596_565e-7))
  t = fma(t, limited, Lane(repeating: 0.633_675_2))
  t = fma(t, limited, Lane(repeating: 1.129_376_6))
  t = fma(t, limited, Lane(repeating: -0.000_149_652_77))
  let far = 1 - exponential(t.negated)
  return far.replacing(with: near, where: magnitude .< 0.9).signed(as: x)
}
