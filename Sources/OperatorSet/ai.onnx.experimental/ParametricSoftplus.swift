import GraphIR
import TensorCore

/// # ParametricSoftplus
///
/// Softplus with two scales, one on either side.
///
///     Y[i] = alpha · ln(e^(beta · X[i]) + 1)
///
/// - Inputs: `X` (T): any shape.
/// - Outputs: `Y` (T): the shape of `X`.
/// - Attributes: `alpha`, `beta`: the text names no default, so both must be given.
/// - Types: T is float16, float or double.
/// - Errors: `alpha` or `beta` missing.
/// - Versions: 1, experimental: in ONNX's releases to 1.4.
/// - Source: onnx/defs/experiments/defs.cc of ONNX 1.4.
/// - Notes: none.
struct ParametricSoftplus: FloatFunction, ExperimentalOperator {
  static let schema = OperatorSchema(
    "ParametricSoftplus",
    versions: [
      OperatorVersion(
        since: 1, inputs: [.single("X", "T")], outputs: [.single("Y", "T")],
        attributes: [.optional("alpha", .float), .optional("beta", .float)], types: ["T": .ieeeFloats])
    ])
  static let lastRelease = "1.4"

  let alpha: Double
  let beta: Double

  init(_ node: NodeAttributes) throws {
    alpha = Double(try node.float("alpha"))
    beta = Double(try node.float("beta"))
  }

  func value(_ x: Double) -> Double { alpha * softplus(beta * x) }
}
