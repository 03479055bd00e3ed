import GraphIR
import TensorCore

/// # Softsign
///
/// Each element divided by one more than its magnitude, which squeezes it into −1…1.
///
///     output[i] = x / (1 + |x|)      x = input[i]
///
/// - Inputs: `input` (T): any shape.
/// - Outputs: `output` (T): the shape of `input`.
/// - Attributes: none.
/// - Types: T is float16, float or double, from 22 also bfloat16.
/// - Errors: none.
/// - Versions: 1, 22 (bfloat16).
/// - Source: onnx/defs/math/defs.cc, old.cc.
/// - Notes: TSN-0060: ±∞ gives NaN, as the formula does.
package struct Softsign: FloatFunction {
  private static let version1 = OperatorVersion(
    since: 1,
    inputs: [.single("input", "T")],
    outputs: [.single("output", "T")],
    types: ["T": .ieeeFloats])
  private static let version22 = version1.then(
    since: 22, "bfloat16", types: ["T": .floats])
  package static let schema = OperatorSchema("Softsign", versions: [version1, version22])

  package init(_ node: NodeAttributes) throws {}

  package func value(_ x: Double) -> Double { x / (1 + abs(x)) }
}
