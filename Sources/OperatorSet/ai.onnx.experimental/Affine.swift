import GraphIR
import TensorCore

/// # Affine
///
/// A straight line through each element.
///
///     Y[i] = alpha · X[i] + beta
///
/// - Inputs: `X` (T): any shape.
/// - Outputs: `Y` (T): the shape of `X`.
/// - Attributes: `alpha`: by default 1. `beta`: by default 0.
/// - Types: T is float16, float or double.
/// - Errors: none.
/// - Versions: 1, experimental: in ONNX's releases to 1.4.
/// - Source: onnx/defs/experiments/defs.cc of ONNX 1.4.
/// - Notes: none.
struct Affine: FloatFunction, ExperimentalOperator {
  static let schema = OperatorSchema(
    "Affine",
    versions: [
      OperatorVersion(
        since: 1, inputs: [.single("X", "T")], outputs: [.single("Y", "T")],
        attributes: [.float("alpha", 1), .float("beta", 0)], types: ["T": .ieeeFloats])
    ])
  static let lastRelease = "1.4"

  let alpha: Double
  let beta: Double

  init(_ node: NodeAttributes) throws {
    alpha = Double(try node.float("alpha"))
    beta = Double(try node.float("beta"))
  }

  func value(_ x: Double) -> Double { alpha * x + beta }
}
