import GraphIR
import TensorCore

/// # IsNaN
///
/// Which elements are not a number.
///
///     Y[i] = (X[i] is NaN)
///
/// - Inputs: `X` (T1): any shape.
/// - Outputs: `Y` (T2): the shape of `X`.
/// - Attributes: none.
/// - Types: T1 is float16, float or double, from 13 also bfloat16, from 20 also float8; T2 is bool.
/// - Errors: none.
/// - Versions: 9, 13 (bfloat16), 20 (float8).
/// - Source: onnx/defs/tensor/defs.cc, old.cc.
/// - Notes: none.
package struct IsNaN: FloatPredicate {
  private static let version9 = OperatorVersion(
    since: 9,
    inputs: [.single("X", "T1")],
    outputs: [.single("Y", "T2")],
    types: ["T1": .ieeeFloats, "T2": .bool])
  private static let version13 = version9.then(
    since: 13, "bfloat16", types: ["T1": .floats])
  private static let version20 = version13.then(
    since: 20, "float8", types: ["T1": .floats | .float8s])
  package static let schema = OperatorSchema("IsNaN", versions: [version9, version13, version20])

  package var rounding: Rounding { .none }

  package init(_ node: NodeAttributes) throws {}

  func holds(_ x: Double) -> Bool { x.isNaN }
}
