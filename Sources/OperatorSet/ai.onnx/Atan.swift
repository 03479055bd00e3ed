import GraphIR
import TensorCore

/// # Atan
///
/// The angle, from −π/2 to π/2, whose tangent each element is.
///
///     output[i] = arctan input[i]
///
/// - Inputs: `input` (T): any shape.
/// - Outputs: `output` (T): the shape of `input`.
/// - Attributes: none.
/// - Types: T is float16, float or double, from 22 also bfloat16.
/// - Errors: none.
/// - Versions: 7, 22 (bfloat16).
/// - Source: onnx/defs/math/defs.cc, old.cc.
/// - Notes: none.
package struct Atan: FloatFunction {
  private static let version7 = OperatorVersion(
    since: 7,
    inputs: [.single("input", "T")],
    outputs: [.single("output", "T")],
    types: ["T": .ieeeFloats])
  private static let version22 = version7.then(
    since: 22, "bfloat16", types: ["T": .floats])
  package static let schema = OperatorSchema("Atan", versions: [version7, version22])

  package init(_ node: NodeAttributes) throws {}

  package func value(_ x: Double) -> Double { atan(x) }
}
