import GraphIR
import TensorCore

/// # ThresholdedRelu
///
/// The element itself if it is larger than a threshold, otherwise 0.
///
///     Y[i] = X[i] if X[i] > alpha, else 0
///
/// - Inputs: `X` (T): any shape.
/// - Outputs: `Y` (T): the shape of `X`.
/// - Attributes: `alpha`: the threshold, by default 1.
/// - Types: T is float16, float or double, from 22 also bfloat16.
/// - Errors: none.
/// - Versions: 10, 22 (bfloat16).
/// - Source: onnx/defs/math/defs.cc, old.cc.
/// - Notes: TSN-0015 (a NaN is not larger than the threshold, so it gives 0).
package struct ThresholdedRelu: FloatFunction {
  private static let version10 = OperatorVersion(
    since: 10,
    inputs: [.single("X", "T")],
    outputs: [.single("Y", "T")],
    attributes: [.float("alpha", 1.0)],
    types: ["T": .ieeeFloats])
  private static let version22 = version10.then(
    since: 22, "bfloat16", types: ["T": .floats])
  package static let schema = OperatorSchema("ThresholdedRelu", versions: [version10, version22])

  package var rounding: Rounding { .none }

  package let alpha: Double

  package init(_ node: NodeAttributes) throws {
    alpha = Double(try node.float("alpha"))
  }

  package func value(_ x: Double) -> Double { x > alpha ? x : 0 }
}
