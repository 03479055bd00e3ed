import GraphIR
import TensorCore

/// # LeakyRelu
///
/// The element itself if it is not negative, otherwise a small part of it.
///
///     Y[i] = x              x ≥ 0, x = X[i]
///          = alpha · x      x < 0
///
/// - Inputs: `X` (T): any shape.
/// - Outputs: `Y` (T): the shape of `X`.
/// - Attributes: `alpha`: the slope for negative numbers, by default 0.01. `consumed_inputs` (1): a hint
///   without effect.
/// - Types: T is float16, float or double, from 16 also bfloat16.
/// - Errors: none.
/// - Versions: 1, 6 (no consumed_inputs), 16 (bfloat16).
/// - Source: onnx/defs/math/defs.cc, old.cc.
/// - Notes: TSN-0015 (a NaN stays a NaN).
package struct LeakyRelu: FloatFunction {
  private static let version1 = OperatorVersion(
    since: 1,
    inputs: [.single("X", "T")],
    outputs: [.single("Y", "T")],
    attributes: [.float("alpha", 0.009999999776482582), .optional("consumed_inputs", .ints)],
    types: ["T": .ieeeFloats])
  private static let version6 = version1.then(
    since: 6, "no consumed_inputs", removing: ["consumed_inputs"])
  private static let version16 = version6.then(
    since: 16, "bfloat16", types: ["T": .floats])
  package static let schema = OperatorSchema("LeakyRelu", versions: [version1, version6, version16])

  package let alpha: Double

  package init(_ node: NodeAttributes) throws {
    alpha = Double(try node.float("alpha"))
  }

  package func value(_ x: Double) -> Double { x < 0 ? alpha * x : x }
}
