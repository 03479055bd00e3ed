import GraphIR
import TensorCore

/// # Scale
///
/// Each element times one number.
///
///     output[i] = scale · input[i]
///
/// - Inputs: `input` (T): any shape.
/// - Outputs: `output` (T): the shape of `input`.
/// - Attributes: `scale`: by default 1.
/// - Types: T is float16, float or double.
/// - Errors: none.
/// - Versions: 1, experimental: in ONNX's releases to 1.4.
/// - Source: onnx/defs/experiments/defs.cc of ONNX 1.4.
/// - Notes: none.
struct Scale: FloatFunction, ExperimentalOperator {
  static let schema = OperatorSchema(
    "Scale",
    versions: [
      OperatorVersion(
        since: 1, inputs: [.single("input", "T")], outputs: [.single("output", "T")],
        attributes: [.float("scale", 1)], types: ["T": .ieeeFloats])
    ])
  static let lastRelease = "1.4"

  let scale: Double

  init(_ node: NodeAttributes) throws { scale = Double(try node.float("scale")) }

  func value(_ x: Double) -> Double { scale * x }
}
