import GraphIR
import TensorCore

/// # Celu
///
/// An exponential linear unit whose derivative is continuous for every `alpha`.
///
///     Y[i] = max(0, x) + min(0, alpha · (e^(x/alpha) − 1))      x = X[i]
///
/// Both arms have the sign of x, whatever the sign of alpha, so that one of the two terms is always 0.
///
/// - Inputs: `X` (T): any shape.
/// - Outputs: `Y` (T): the shape of `X`.
/// - Attributes: `alpha`: the shape of the negative side, by default 1.
/// - Types: T is float, from 28 also bfloat16, double and float16.
/// - Errors: none.
/// - Versions: 12, 28 (float16, double and bfloat16).
/// - Source: onnx/defs/math/defs.cc, old.cc.
/// - Notes: TSN-0015 (a NaN stays a NaN).
package struct Celu: FloatFunction {
  private static let version12 = OperatorVersion(
    since: 12,
    inputs: [.single("X", "T")],
    outputs: [.single("Y", "T")],
    attributes: [.float("alpha", 1.0)],
    types: ["T": .tensors(.float)])
  private static let version28 = version12.then(
    since: 28, "float16, double and bfloat16", types: ["T": .floats])
  package static let schema = OperatorSchema("Celu", versions: [version12, version28])

  package let alpha: Double

  package init(_ node: NodeAttributes) throws {
    alpha = Double(try node.float("alpha"))
  }

  package func value(_ x: Double) -> Double { x > 0 ? x : alpha * expm1(x / alpha) }
}
