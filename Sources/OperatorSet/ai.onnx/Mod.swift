import GraphIR
import TensorCore

/// # Mod
///
/// What is left of a division, element by element, after broadcasting.
///
///     C[i] = A[i] − ⌊A[i] / B[i]⌋ · B[i]                 fmod = 0: the sign of B
///          = A[i] − (A[i] / B[i] toward zero) · B[i]      fmod = 1: the sign of A
///
/// - Inputs: `A` (T), `B` (T): shapes that broadcast to a common one.
/// - Outputs: `C` (T): the common shape.
/// - Attributes: `fmod`: 0 (the default) rounds the quotient down, 1 toward zero.
/// - Types: T is float16, float, double or any integer, from 13 also bfloat16.
/// - Errors: shapes that do not broadcast; an integer divided by 0 (invalidValue); floating numbers with
///   `fmod` 0 in 13; `fmod` other than 0 and 1.
/// - Versions: 10, 13 (bfloat16), 28 (floating numbers with fmod 0).
/// - Source: onnx/defs/math/defs.cc, old.cc.
/// - Notes: TSN-0006 (signs; what ONNX's own cases ask: integers with `fmod` 1 in every version, and floating
///   numbers with `fmod` 0 in 10, though its text asks for 1).
package struct Mod: Division {
  private static let version10 = OperatorVersion(
    since: 10,
    inputs: [.single("A", "T"), .single("B", "T")],
    outputs: [.single("C", "T")],
    attributes: [.int("fmod", 0)],
    types: ["T": .integers | .ieeeFloats])
  private static let version13 = version10.then(
    since: 13, "bfloat16", types: ["T": .integers | .floats])
  private static let version28 = version13.then(
    since: 28, "floating numbers with fmod 0")
  package static let schema = OperatorSchema("Mod", versions: [version10, version13, version28])

  package let truncates: Bool
  package let floatsNeedTruncation: Bool
  package var legacyBroadcast: LegacyBroadcast? { nil }

  package init(_ node: NodeAttributes) throws {
    let fmod = try node.int("fmod")
    guard fmod == 0 || fmod == 1 else {
      throw OperatorError(.invalidAttribute, "attribute 'fmod' is \(fmod), but must be 0 or 1")
    }
    truncates = fmod == 1
    floatsNeedTruncation = node.since == 13
  }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let (a, b) = (try inputs.required(0), try inputs.required(1))
    guard let type = a.elementType ?? b.elementType else { return [.unknown] }
    try check(type)
    return [.tensor(type, try broadcastDims([a.dims, b.dims]))]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    try check(inputs.tensor(0).elementType)
    return [.tensor(try dividedElements(inputs))]
  }

  private func check(_ type: ElementType) throws {
    if floatsNeedTruncation && !truncates && type.isFloating {
      throw OperatorError(
        .invalidAttribute, "A is \(type), for which this version needs attribute 'fmod' = 1")
    }
  }

  package func value(_ a: Double, _ b: Double) -> Double {
    let remainder = fmod(a, b)
    if truncates || remainder.isNaN { return remainder }
    if remainder == 0 { return b.sign == .minus ? -0.0 : 0 }
    return remainder.sign == b.sign ? remainder : remainder + b
  }

  package func value<I: FixedWidthInteger>(_ a: I, _ b: I) throws -> I {
    if b == 0 { throw divisionByZero(a) }
    let remainder = a.remainderReportingOverflow(dividingBy: b).partialValue
    return truncates || remainder == 0 || (remainder < 0) == (b < 0) ? remainder : remainder + b
  }
}
