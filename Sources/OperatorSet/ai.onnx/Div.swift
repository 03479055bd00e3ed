import GraphIR
import TensorCore

/// # Div
///
/// The quotient of two tensors, element by element, after broadcasting.
///
///     C[i] = A[i] / B[i]                   floating numbers
///          = A[i] / B[i] toward zero      integers
///
/// - Inputs: `A` (T), `B` (T): shapes that broadcast to a common one.
/// - Outputs: `C` (T): the common shape. The smallest integer divided by −1 wraps to itself.
/// - Attributes: `broadcast` (before 7): 1 lets B be stretched to the shape of A. `axis` (before 7): the
///   axis of A at which B begins; by default B is aligned at the end. `consumed_inputs` (1): a hint without
///   effect.
/// - Types: T is float16, float or double, from 6 also integers of 32 and 64 bits, from 13 also bfloat16,
///   from 14 also integers of 8 and 16 bits.
/// - Errors: shapes that do not broadcast; an integer divided by 0 (invalidValue).
/// - Versions: 1, 6 (integers of 32 and 64 bits), 7 (broadcasts by NumPy's rule), 13 (bfloat16), 14
///   (integers of 8 and 16 bits).
/// - Source: onnx/defs/math/defs.cc, old.cc.
/// - Notes: TSN-0005 (integers are truncated; division by 0 is an error).
package struct Div: Division {
  private static let version1 = OperatorVersion(
    since: 1,
    inputs: [.single("A", "T"), .single("B", "T")],
    outputs: [.single("C", "T")],
    attributes: [.optional("axis", .int), .int("broadcast", 0), .optional("consumed_inputs", .ints)],
    types: ["T": .ieeeFloats])
  private static let version6 = version1.then(
    since: 6, "integers of 32 and 64 bits", removing: ["consumed_inputs"],
    types: ["T": .ieeeFloats | .integers32And64])
  private static let version7 = version6.then(
    since: 7, "broadcasts by NumPy's rule", removing: ["axis", "broadcast"])
  private static let version13 = version7.then(
    since: 13, "bfloat16", types: ["T": .floats | .integers32And64])
  private static let version14 = version13.then(
    since: 14, "integers of 8 and 16 bits", types: ["T": .integers | .floats])
  package static let schema = OperatorSchema(
    "Div", versions: [version1, version6, version7, version13, version14])

  package var rounding: Rounding { .once }

  package let legacyBroadcast: LegacyBroadcast?

  package init(_ node: NodeAttributes) throws { legacyBroadcast = LegacyBroadcast(node) }

  package func value(_ a: Double, _ b: Double) -> Double { a / b }

  package func value<I: FixedWidthInteger>(_ a: I, _ b: I) throws -> I {
    if b == 0 { throw divisionByZero(a) }
    return a.dividedReportingOverflow(by: b).partialValue
  }
}
