import GraphIR
import TensorCore

/// # Mish
///
/// Each element times the hyperbolic tangent of its Softplus.
///
///     Y[i] = x · tanh(ln(1 + e^x))      x = X[i]
///
/// - Inputs: `X` (T): any shape.
/// - Outputs: `Y` (T): the shape of `X`.
/// - Attributes: none.
/// - Types: T is float16, float or double, from 22 also bfloat16.
/// - Errors: none.
/// - Versions: 18, 22 (bfloat16).
/// - Source: onnx/defs/math/defs.cc, old.cc.
/// - Notes: TSN-0060: −∞ gives NaN, as the formula does.
package struct Mish: FloatFunction {
  private static let version18 = OperatorVersion(
    since: 18,
    inputs: [.single("X", "T")],
    outputs: [.single("Y", "T")],
    types: ["T": .ieeeFloats])
  private static let version22 = version18.then(
    since: 22, "bfloat16", types: ["T": .floats])
  package static let schema = OperatorSchema("Mish", versions: [version18, version22])

  package init(_ node: NodeAttributes) throws {}

  package func value(_ x: Double) -> Double { x * tanh(softplus(x)) }
}
