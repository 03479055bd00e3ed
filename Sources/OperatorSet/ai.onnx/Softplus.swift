import GraphIR
import TensorCore

/// # Softplus
///
/// A smooth Relu: the logarithm of one plus the exponential.
///
///     Y[i] = ln(e^X[i] + 1)
///
/// - Inputs: `X` (T): any shape.
/// - Outputs: `Y` (T): the shape of `X`.
/// - Attributes: none.
/// - Types: T is float16, float or double, from 22 also bfloat16.
/// - Errors: none.
/// - Versions: 1, 22 (bfloat16).
/// - Source: onnx/defs/math/defs.cc, old.cc.
/// - Notes: none.
package struct Softplus: FloatFunction {
  private static let version1 = OperatorVersion(
    since: 1,
    inputs: [.single("X", "T")],
    outputs: [.single("Y", "T")],
    types: ["T": .ieeeFloats])
  private static let version22 = version1.then(
    since: 22, "bfloat16", types: ["T": .floats])
  package static let schema = OperatorSchema("Softplus", versions: [version1, version22])

  package init(_ node: NodeAttributes) throws {}

  package func value(_ x: Double) -> Double { softplus(x) }
}
