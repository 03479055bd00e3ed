import GraphIR
import TensorCore

/// # Round
///
/// Each element rounded to the nearest integer, halves to the even one.
///
///     Y[i] = the integer nearest to X[i]
///
/// - Inputs: `X` (T): any shape.
/// - Outputs: `Y` (T): the shape of `X`.
/// - Attributes: none.
/// - Types: T is float16, float or double, from 22 also bfloat16.
/// - Errors: none.
/// - Versions: 11, 22 (bfloat16).
/// - Source: onnx/defs/math/defs.cc, old.cc.
/// - Notes: TSN-0013 (halves go to even; −0, NaN and infinities stay).
package struct Round: FloatFunction {
  private static let version11 = OperatorVersion(
    since: 11,
    inputs: [.single("X", "T")],
    outputs: [.single("Y", "T")],
    types: ["T": .ieeeFloats])
  private static let version22 = version11.then(
    since: 22, "bfloat16", types: ["T": .floats])
  package static let schema = OperatorSchema("Round", versions: [version11, version22])

  package var rounding: Rounding { .none }

  package init(_ node: NodeAttributes) throws {}

  package func value(_ x: Double) -> Double { x.rounded(.toNearestOrEven) }
}
