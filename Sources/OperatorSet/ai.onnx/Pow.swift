import GraphIR
import TensorCore

/// # Pow
///
/// Each element of a tensor raised to a power, after broadcasting.
///
///     Z[i] = X[i]^Y[i]
///
/// - Inputs: `X` (T): the bases. `Y` (T, from 12 T1): the exponents. Shapes that broadcast to a common one.
/// - Outputs: `Z` (T): the common shape. Integers wrap.
/// - Attributes: `broadcast` (before 7): 1 lets Y be stretched to the shape of X. `axis` (before 7): the
///   axis of X at which Y begins; by default Y is aligned at the end.
/// - Types: T is float16, float or double, from 12 also int32 and int64, from 13 also bfloat16; T1 is
///   float16, float, double or any integer (from 12), from 15 also bfloat16.
/// - Errors: shapes that do not broadcast; the integer 0 raised to a negative power (invalidValue).
/// - Versions: 1, 7 (broadcasts by NumPy's rule), 12 (integer bases of 32 and 64 bits, exponents of any
///   type), 13 (bfloat16), 15 (bfloat16 exponents).
/// - Source: onnx/defs/math/defs.cc, old.cc.
/// - Notes: TSN-0007 (integers: exact and wrapping; a negative exponent gives the quotient toward zero).
package struct Pow: Operator {
  private static let version1 = OperatorVersion(
    since: 1,
    inputs: [.single("X", "T"), .single("Y", "T")],
    outputs: [.single("Z", "T")],
    attributes: [.optional("axis", .int), .int("broadcast", 0)],
    types: ["T": .ieeeFloats])
  private static let version7 = version1.then(
    since: 7, "broadcasts by NumPy's rule", removing: ["axis", "broadcast"])
  private static let version12 = version7.then(
    since: 12, "integer bases of 32 and 64 bits, exponents of any type",
    inputs: [.single("X", "T"), .single("Y", "T1")],
    types: ["T": .ieeeFloats | .indices, "T1": .integers | .ieeeFloats])
  private static let version13 = version12.then(
    since: 13, "bfloat16", types: ["T": .floats | .indices])
  private static let version15 = version13.then(
    since: 15, "bfloat16 exponents", types: ["T1": .integers | .floats])
  package static let schema = OperatorSchema(
    "Pow", versions: [version1, version7, version12, version13, version15])

  package let legacyBroadcast: LegacyBroadcast?

  package init(_ node: NodeAttributes) throws { legacyBroadcast = LegacyBroadcast(node) }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let (X, Y) = (try inputs.required(0), try inputs.required(1))
    guard let type = X.elementType else { return [.unknown] }
    return [.tensor(type, try binaryDims(X, Y, legacyBroadcast))]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let (X, Y) = try broadcastOperands(inputs, legacyBroadcast)
    let (type, shape) = (X.elementType, X.shape)
    switch (type.isFloating, Y.elementType.isFloating) {
    case (true, true):
      let z = try zip(X.doubles(), Y.doubles()).map(spending: 1) { pow($0, $1) }
      return [.tensor(Tensor(type, shape: shape, rounding: z))]
    case (true, false):
      let z = try zip(X.doubles(), exponents(Y)).map(spending: 1) { power($0, $1) }
      return [.tensor(Tensor(type, shape: shape, rounding: z))]
    case (false, true):
      let z = try zip(X.integers(), Y.doubles()).map(spending: 1) { try power($0, $1) }
      return [.tensor(Tensor(type, shape: shape, wrapping: z))]
    case (false, false):
      let z = try zip(X.integers(), exponents(Y)).map(spending: 1) { try power($0, $1) }
      return [.tensor(Tensor(type, shape: shape, wrapping: z))]
    }
  }

  /// Integer exponents by sign and magnitude, which hold those of uint64 too.
  private func exponents(_ Y: Tensor) throws -> [Exponent] {
    Y.elementType.arithmetic == .unsigned
      ? UInt64.elements(of: Y).map { Exponent(isNegative: false, magnitude: $0) }
      : Y.integers().map { Exponent(isNegative: $0 < 0, magnitude: $0.magnitude) }
  }

  private struct Exponent {
    let isNegative: Bool
    let magnitude: UInt64
    var isOdd: Bool { magnitude & 1 == 1 }
    var double: Double { isNegative ? -Double(magnitude) : Double(magnitude) }
  }

  /// The power of a floating number; exponents over 2^53 keep their parity.
  private func power(_ x: Double, _ y: Exponent) -> Double {
    let size = pow(x.magnitude, y.double)
    return y.isOdd && x.sign == .minus ? -size : size
  }

  /// The exact power of an integer, wrapped; one with a negative exponent is truncated toward zero.
  private func power(_ x: Int64, _ y: Exponent) throws -> Int64 {
    if y.isNegative {
      if x == 0 {
        throw OperatorError(.invalidValue, "X holds 0 where the exponent -\(y.magnitude) is negative")
      }
      return x == 1 ? 1 : x == -1 ? (y.isOdd ? -1 : 1) : 0
    }
    var (result, square, rest) = (Int64(1), x, y.magnitude)
    while rest > 0 {
      if rest & 1 == 1 { result = result &* square }
      square = square &* square
      rest >>= 1
    }
    return result
  }

  /// The power of an integer with a floating exponent: exact where the exponent is whole, else truncated.
  private func power(_ x: Int64, _ y: Double) throws -> Int64 {
    if let magnitude = UInt64(exactly: y.magnitude) {
      return try power(x, Exponent(isNegative: y < 0, magnitude: magnitude))
    }
    return Int64(clamping: pow(Double(x), y))
  }
}
