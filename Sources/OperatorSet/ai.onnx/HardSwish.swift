import GraphIR
import TensorCore

/// # HardSwish
///
/// Each element times a piecewise linear approximation of its Sigmoid.
///
///     Y[i] = x · max(0, min(1, x/6 + ½))      x = X[i]
///
/// - Inputs: `X` (T): any shape.
/// - Outputs: `Y` (T): the shape of `X`.
/// - Attributes: none.
/// - Types: T is float16, float or double, from 22 also bfloat16.
/// - Errors: none.
/// - Versions: 14, 22 (bfloat16).
/// - Source: onnx/defs/math/defs.cc, old.cc.
/// - Notes: TSN-0015 (a NaN stays a NaN).
package struct HardSwish: FloatFunction {
  private static let version14 = OperatorVersion(
    since: 14,
    inputs: [.single("X", "T")],
    outputs: [.single("Y", "T")],
    types: ["T": .ieeeFloats])
  private static let version22 = version14.then(
    since: 22, "bfloat16", types: ["T": .floats])
  package static let schema = OperatorSchema("HardSwish", versions: [version14, version22])

  package init(_ node: NodeAttributes) throws {}

  package func value(_ x: Double) -> Double {
    let gate = x / 6 + 0.5
    return x * (gate < 0 ? 0 : gate > 1 ? 1 : gate)
  }
}
