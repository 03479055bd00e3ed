import GraphIR
import TensorCore

/// # ThresholdedRelu
///
/// The element itself if it is larger than a threshold, otherwise 0: as the standard's operator, which took its
/// place in opset 10.
///
///     Y[i] = X[i] if X[i] > alpha, else 0
///
/// - Inputs: `X` (T): any shape.
/// - Outputs: `Y` (T): the shape of `X`.
/// - Attributes: `alpha`: the threshold, by default 1.
/// - Types: T is float16, float or double.
/// - Errors: none.
/// - Versions: 1, experimental: in ONNX's releases to 1.4.
/// - Source: onnx/defs/experiments/defs.cc of ONNX 1.4.
/// - Notes: TSN-0015 (a NaN is not larger than the threshold, so it gives 0).
struct ExperimentalThresholdedRelu: FloatFunction, ExperimentalOperator {
  static let schema = OperatorSchema(
    "ThresholdedRelu",
    versions: [
      OperatorVersion(
        since: 1, inputs: [.single("X", "T")], outputs: [.single("Y", "T")],
        attributes: [.float("alpha", 1)], types: ["T": .ieeeFloats])
    ])

  var rounding: Rounding { .none }
  static let lastRelease = "1.4"

  let alpha: Double

  init(_ node: NodeAttributes) throws { alpha = Double(try node.float("alpha")) }

  func value(_ x: Double) -> Double { x > alpha ? x : 0 }
}
