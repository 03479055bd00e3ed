import GraphIR
import TensorCore

/// # Acos
///
/// The angle, from 0 to π, whose cosine each element is; NaN outside −1…1.
///
///     output[i] = arccos input[i]
///
/// - Inputs: `input` (T): any shape.
/// - Outputs: `output` (T): the shape of `input`.
/// - Attributes: none.
/// - Types: T is float16, float or double, from 22 also bfloat16.
/// - Errors: none.
/// - Versions: 7, 22 (bfloat16).
/// - Source: onnx/defs/math/defs.cc, old.cc.
/// - Notes: none.
package struct Acos: FloatFunction {
  private static let version7 = OperatorVersion(
    since: 7,
    inputs: [.single("input", "T")],
    outputs: [.single("output", "T")],
    types: ["T": .ieeeFloats])
  private static let version22 = version7.then(
    since: 22, "bfloat16", types: ["T": .floats])
  package static let schema = OperatorSchema("Acos", versions: [version7, version22])

  package init(_ node: NodeAttributes) throws {}

  package func value(_ x: Double) -> Double { acos(x) }
}
