import GraphIR
import TensorCore

/// # Elu
///
/// The element itself if it is positive, and an exponential that approaches −`alpha` if it is negative.
///
///     Y[i] = x                       x ≥ 0, x = X[i]
///          = alpha · (e^x − 1)      x < 0
///
/// - Inputs: `X` (T): any shape.
/// - Outputs: `Y` (T): the shape of `X`.
/// - Attributes: `alpha`: how far negative numbers can go, by default 1. `consumed_inputs` (1): a hint
///   without effect.
/// - Types: T is float16, float or double, from 22 also bfloat16.
/// - Errors: none.
/// - Versions: 1, 6 (no consumed_inputs), 22 (bfloat16).
/// - Source: onnx/defs/math/defs.cc, old.cc.
/// - Notes: TSN-0015 (a NaN stays a NaN).
package struct Elu: FloatFunction {
  private static let version1 = OperatorVersion(
    since: 1,
    inputs: [.single("X", "T")],
    outputs: [.single("Y", "T")],
    attributes: [.float("alpha", 1.0), .optional("consumed_inputs", .ints)],
    types: ["T": .ieeeFloats])
  private static let version6 = version1.then(
    since: 6, "no consumed_inputs", removing: ["consumed_inputs"])
  private static let version22 = version6.then(
    since: 22, "bfloat16", types: ["T": .floats])
  package static let schema = OperatorSchema("Elu", versions: [version1, version6, version22])

  package let alpha: Double

  package init(_ node: NodeAttributes) throws {
    alpha = Double(try node.float("alpha"))
  }

  package func value(_ x: Double) -> Double { x < 0 ? alpha * expm1(x) : x }
}
