import GraphIR
import TensorCore

/// # Swish
///
/// Each element times a logistic function of it.
///
///     Y[i] = x / (1 + e^(−alpha · x))      x = X[i]
///
/// - Inputs: `X` (T): any shape.
/// - Outputs: `Y` (T): the shape of `X`.
/// - Attributes: `alpha`: the factor before the logistic function, by default 1.
/// - Types: T is float16, bfloat16, float or double.
/// - Errors: none.
/// - Versions: 24.
/// - Source: onnx/defs/nn/defs.cc.
/// - Notes: TSN-0060: −∞ gives NaN, as x · 0 does.
package struct Swish: FloatFunction {
  private static let version24 = OperatorVersion(
    since: 24,
    inputs: [.single("X", "T")],
    outputs: [.single("Y", "T")],
    attributes: [.float("alpha", 1.0)],
    types: ["T": .floats])
  package static let schema = OperatorSchema("Swish", versions: [version24])

  package let alpha: Double

  package init(_ node: NodeAttributes) throws {
    alpha = Double(try node.float("alpha"))
  }

  package func value(_ x: Double) -> Double { x * logistic(alpha * x) }
}
