import GraphIR
import TensorCore

/// # Cosh
///
/// The hyperbolic cosine of each element.
///
///     output[i] = (e^x + e^−x) / 2      x = input[i]
///
/// - Inputs: `input` (T): any shape.
/// - Outputs: `output` (T): the shape of `input`.
/// - Attributes: none.
/// - Types: T is float16, float or double, from 22 also bfloat16.
/// - Errors: none.
/// - Versions: 9, 22 (bfloat16).
/// - Source: onnx/defs/math/defs.cc, old.cc.
/// - Notes: none.
package struct Cosh: FloatFunction {
  private static let version9 = OperatorVersion(
    since: 9,
    inputs: [.single("input", "T")],
    outputs: [.single("output", "T")],
    types: ["T": .ieeeFloats])
  private static let version22 = version9.then(
    since: 22, "bfloat16", types: ["T": .floats])
  package static let schema = OperatorSchema("Cosh", versions: [version9, version22])

  package init(_ node: NodeAttributes) throws {}

  package func value(_ x: Double) -> Double { cosh(x) }
}
