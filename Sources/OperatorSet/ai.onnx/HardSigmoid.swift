import GraphIR
import TensorCore

/// # HardSigmoid
///
/// A piecewise linear approximation of the logistic function.
///
///     Y[i] = max(0, min(1, alpha · X[i] + beta))
///
/// - Inputs: `X` (T): any shape.
/// - Outputs: `Y` (T): the shape of `X`.
/// - Attributes: `alpha`: the slope, by default 0.2. `beta`: the value at 0, by default 0.5.
///   `consumed_inputs` (1): a hint without effect.
/// - Types: T is float16, float or double, from 22 also bfloat16.
/// - Errors: none.
/// - Versions: 1, 6 (no consumed_inputs), 22 (bfloat16).
/// - Source: onnx/defs/math/defs.cc, old.cc.
/// - Notes: TSN-0015 (a NaN stays a NaN).
package struct HardSigmoid: FloatFunction {
  private static let version1 = OperatorVersion(
    since: 1,
    inputs: [.single("X", "T")],
    outputs: [.single("Y", "T")],
    attributes: [
      .float("alpha", 0.20000000298023224), .float("beta", 0.5), .optional("consumed_inputs", .ints),
    ],
    types: ["T": .ieeeFloats])
  private static let version6 = version1.then(
    since: 6, "no consumed_inputs", removing: ["consumed_inputs"])
  private static let version22 = version6.then(
    since: 22, "bfloat16", types: ["T": .floats])
  package static let schema = OperatorSchema("HardSigmoid", versions: [version1, version6, version22])

  package let alpha: Double
  package let beta: Double

  package init(_ node: NodeAttributes) throws {
    alpha = Double(try node.float("alpha"))
    beta = Double(try node.float("beta"))
  }

  package func value(_ x: Double) -> Double {
    let y = alpha * x + beta
    return y < 0 ? 0 : y > 1 ? 1 : y
  }
}
