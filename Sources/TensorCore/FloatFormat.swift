/// A binary floating-point format of at most 16 bits: how its codes map to numbers and back.
///
/// A code is sign, exponent, mantissa from the highest bit down. A stored exponent of zero marks a
/// subnormal number, whose value is mantissa · 2^(1 − bias − mantissaBits).
///
/// Source: ONNX's texts on float8, float4 and Cast; IEEE 754 for float16. Notes: TSN-0009.
public struct FloatFormat: Sendable {
  /// Which codes are not finite numbers.
  public enum Specials: Sendable {
    /// IEEE 754: the largest exponent holds ±infinity and NaN.
    case ieee
    /// Only the code with all exponent and mantissa bits set is NaN; no infinity ("fn").
    case allOnesNaN
    /// Only the code of negative zero is NaN; no infinity, no negative zero ("fnuz").
    case negativeZeroNaN
    /// Every code is a finite number.
    case none
  }

  public let exponentBits: Int
  public let mantissaBits: Int
  public let bias: Int
  public let specials: Specials

  /// The format of a floating type of at most 16 bits; nil for other types and for float8e8m0, which has
  /// neither sign nor mantissa.
  public init?(_ type: ElementType) {
    switch type {
    case .float16: self.init(exponentBits: 5, mantissaBits: 10, bias: 15, specials: .ieee)
    case .bfloat16: self.init(exponentBits: 8, mantissaBits: 7, bias: 127, specials: .ieee)
    case .float8e4m3fn: self.init(exponentBits: 4, mantissaBits: 3, bias: 7, specials: .allOnesNaN)
    case .float8e4m3fnuz: self.init(exponentBits: 4, mantissaBits: 3, bias: 8, specials: .negativeZeroNaN)
    case .float8e5m2: self.init(exponentBits: 5, mantissaBits: 2, bias: 15, specials: .ieee)
    case .float8e5m2fnuz: self.init(exponentBits: 5, mantissaBits: 2, bias: 16, specials: .negativeZeroNaN)
    case .float6e2m3: self.init(exponentBits: 2, mantissaBits: 3, bias: 1, specials: .none)
    case .float6e3m2: self.init(exponentBits: 3, mantissaBits: 2, bias: 3, specials: .none)
    case .float4e2m1: self.init(exponentBits: 2, mantissaBits: 1, bias: 1, specials: .none)
    default: return nil
    }
  }

  init(exponentBits: Int, mantissaBits: Int, bias: Int, specials: Specials) {
    self.exponentBits = exponentBits
    self.mantissaBits = mantissaBits
    self.bias = bias
    self.specials = specials
  }

  var signBit: UInt16 { 1 << UInt16(exponentBits + mantissaBits) }
  var magnitudeMask: UInt16 { signBit &- 1 }
  private var infinityCode: UInt16 { ((1 << UInt16(exponentBits)) - 1) << UInt16(mantissaBits) }

  /// The code of the largest finite number.
  var largestCode: UInt16 {
    switch specials {
    case .ieee: infinityCode - 1
    case .allOnesNaN: magnitudeMask - 1
    case .negativeZeroNaN, .none: magnitudeMask
    }
  }

  /// The code that stands for NaN. A format without NaN gives negative zero, as ml_dtypes does.
  var nanCode: UInt16 {
    switch specials {
    case .ieee: infinityCode | (1 << UInt16(mantissaBits - 1))
    case .allOnesNaN: magnitudeMask
    case .negativeZeroNaN, .none: signBit
    }
  }

  /// The number that a code stands for; exact.
  public func decode(_ code: UInt16) -> Double {
    if specials == .negativeZeroNaN && code == signBit { return .nan }
    let magnitude = code & magnitudeMask
    let sign: Double = code & signBit == 0 ? 1 : -1
    if specials == .ieee && magnitude >= infinityCode {
      return magnitude == infinityCode ? sign * .infinity : .nan
    }
    if specials == .allOnesNaN && magnitude == magnitudeMask { return .nan }
    let exponent = Int(magnitude >> UInt16(mantissaBits))
    let mantissa = Int(magnitude & ((1 << UInt16(mantissaBits)) - 1))
    let significand = exponent == 0 ? mantissa : mantissa + (1 << mantissaBits)
    return sign
      * Double(
        sign: .plus, exponent: max(exponent, 1) - bias - mantissaBits, significand: Double(significand))
  }

  /// The code nearest to `value`, ties to even.
  ///
  /// - Parameter saturate: whether a magnitude too large becomes the largest finite number; otherwise it
  ///   becomes infinity, or NaN where the format has no infinity. A format with neither always saturates.
  public func encode(_ value: Double, saturate: Bool) -> UInt16 {
    if value.isNaN { return value.sign == .minus && specials != .none ? nanCode | signBit : nanCode }
    let sign: UInt16 = value.sign == .minus ? signBit : 0
    let magnitude = value.magnitude
    guard magnitude.isFinite, magnitude < Double(sign: .plus, exponent: 1100 - 80, significand: 1) else {
      return sign | overflowCode(saturate: saturate)
    }
    let exponent = magnitude == 0 ? 1 - bias : max(magnitude.exponent, 1 - bias)
    let steps = (magnitude * Double(sign: .plus, exponent: mantissaBits - exponent, significand: 1))
      .rounded(.toNearestOrEven)
    // A carry out of the mantissa runs into the exponent field, which is just what it should do.
    let code = (exponent + bias - 1) << mantissaBits + Int(steps)
    if code > Int(largestCode) { return sign | overflowCode(saturate: saturate) }
    return code == 0 && specials == .negativeZeroNaN ? 0 : sign | UInt16(code)
  }

  private func overflowCode(saturate: Bool) -> UInt16 {
    if saturate || specials == .none { return largestCode }
    return specials == .ieee ? infinityCode : nanCode
  }
}

/// float8e8m0: eight bits of exponent and nothing else; code c stands for 2^(c − 127), 255 for NaN.
///
/// Source: OCP Microscaling Formats 1.0, and ONNX's Cast for the rounding modes.
public enum Float8E8M0 {
  /// How a magnitude between two powers of two is rounded.
  public enum Rounding: String, Sendable { case up, down, nearest }

  /// The number that a code stands for.
  public static func decode(_ code: UInt8) -> Double {
    code == 255 ? .nan : Double(sign: .plus, exponent: Int(code) - 127, significand: 1)
  }

  /// The code for the magnitude of `value`; the sign is dropped. Where `saturate` is false, zero and all else
  /// outside the range become NaN.
  public static func encode(_ value: Double, rounding: Rounding = .up, saturate: Bool = true) -> UInt8 {
    if value.isNaN { return 255 }
    let smallest = Double(sign: .plus, exponent: -127, significand: 1)
    let largest = Double(sign: .plus, exponent: 127, significand: 1)
    if value.magnitude < smallest { return saturate ? 0 : 255 }
    if value.magnitude > largest { return saturate ? 254 : 255 }
    let fraction = value.magnitude.significand
    let roundsUp =
      switch rounding {
      case .up: fraction > 1
      case .down: false
      case .nearest: fraction >= 1.5
      }
    return UInt8(Int(value.exponent) + 127 + (roundsUp ? 1 : 0))
  }
}
