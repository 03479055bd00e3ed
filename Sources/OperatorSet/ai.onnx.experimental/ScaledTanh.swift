import GraphIR
import TensorCore

/// # ScaledTanh
///
/// The hyperbolic tangent with two scales, one on either side.
///
///     output[i] = alpha · tanh(beta · input[i])
///
/// - Inputs: `input` (T): any shape.
/// - Outputs: `output` (T): the shape of `input`.
/// - Attributes: `alpha`, `beta`: the text names no default, so both must be given.
/// - Types: T is float16, float or double.
/// - Errors: `alpha` or `beta` missing.
/// - Versions: 1, experimental: in ONNX's releases to 1.4.
/// - Source: onnx/defs/experiments/defs.cc of ONNX 1.4.
/// - Notes: none.
struct ScaledTanh: FloatFunction, ExperimentalOperator {
  static let schema = OperatorSchema(
    "ScaledTanh",
    versions: [
      OperatorVersion(
        since: 1, inputs: [.single("input", "T")], outputs: [.single("output", "T")],
        attributes: [.optional("alpha", .float), .optional("beta", .float)], types: ["T": .ieeeFloats])
    ])
  static let lastRelease = "1.4"

  let alpha: Double
  let beta: Double

  init(_ node: NodeAttributes) throws {
    alpha = Double(try node.float("alpha"))
    beta = Double(try node.float("beta"))
  }

  func value(_ x: Double) -> Double { alpha * tanh(beta * x) }
}
