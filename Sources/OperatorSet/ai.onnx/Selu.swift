import GraphIR
import TensorCore

/// # Selu
///
/// Elu, scaled so that deep networks keep mean and variance.
///
///     Y[i] = gamma · x                       x > 0, x = X[i]
///          = gamma · alpha · (e^x − 1)      x ≤ 0
///
/// - Inputs: `X` (T): any shape.
/// - Outputs: `Y` (T): the shape of `X`.
/// - Attributes: `alpha`, `gamma`: the two coefficients, by default 1.67326… and 1.05070…; in version 1
///   rounded to 1.6732 and 1.0507. `consumed_inputs` (1): a hint without effect.
/// - Types: T is float16, float or double, from 22 also bfloat16.
/// - Errors: none.
/// - Versions: 1, 6 (defaults with all digits of a float), 22 (bfloat16).
/// - Source: onnx/defs/math/defs.cc, old.cc.
/// - Notes: TSN-0015 (a NaN stays a NaN).
package struct Selu: FloatFunction {
  private static let version1 = OperatorVersion(
    since: 1,
    inputs: [.single("X", "T")],
    outputs: [.single("Y", "T")],
    attributes: [
      .float("alpha", 1.673200011253357), .optional("consumed_inputs", .ints),
      .float("gamma", 1.0506999492645264),
    ],
    types: ["T": .ieeeFloats])
  private static let version6 = version1.then(
    since: 6, "defaults with all digits of a float",
    attributes: [.float("alpha", 1.6732631921768188), .float("gamma", 1.0507010221481323)],
    removing: ["consumed_inputs"])
  private static let version22 = version6.then(
    since: 22, "bfloat16", types: ["T": .floats])
  package static let schema = OperatorSchema("Selu", versions: [version1, version6, version22])

  package let alpha: Double
  package let gamma: Double

  package init(_ node: NodeAttributes) throws {
    alpha = Double(try node.float("alpha"))
    gamma = Double(try node.float("gamma"))
  }

  package func value(_ x: Double) -> Double { gamma * (x > 0 ? x : alpha * expm1(x)) }
}
