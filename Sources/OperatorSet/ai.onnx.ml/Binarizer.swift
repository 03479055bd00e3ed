import GraphIR
import TensorCore

/// # Binarizer
///
/// One for what is larger than a threshold, zero for the rest.
///
///     Y[i] = X[i] > threshold ? 1 : 0
///
/// - Inputs: `X` (T): any shape.
/// - Outputs: `Y` (T): the shape of `X`.
/// - Attributes: `threshold` (default 0).
/// - Types: T is float, double, int32 or int64.
/// - Errors: none.
/// - Versions: 1.
/// - Source: onnx/defs/traditionalml/defs.cc.
/// - Notes: TSN-0067 (NaN gives 0).
struct Binarizer: FloatFunction {
  private static let version1 = OperatorVersion(
    since: 1, inputs: [.single("X", "T")], outputs: [.single("Y", "T")],
    attributes: [.float("threshold", 0.0)], types: ["T": .indices | .tensors(.double, .float)])
  static let schema = OperatorSchema("Binarizer", domain: "ai.onnx.ml", versions: [version1])

  var rounding: Rounding { .none }

  let threshold: Float

  init(_ node: NodeAttributes) throws { threshold = try node.float("threshold") }

  func value(_ x: Double) -> Double { x > Double(threshold) ? 1 : 0 }
}
