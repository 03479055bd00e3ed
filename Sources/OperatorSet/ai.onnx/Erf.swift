import GraphIR
import TensorCore

/// # Erf
///
/// The error function of each element.
///
///     output[i] = 2/√π ∫ e^(−t²) dt      t from 0 to input[i]
///
/// - Inputs: `input` (T): any shape.
/// - Outputs: `output` (T): the shape of `input`. For integers (before 13) the value is truncated toward
///   zero.
/// - Attributes: none.
/// - Types: T is float16, float, double or any integer, from 13 also bfloat16, from 13 without integers.
/// - Errors: none.
/// - Versions: 9, 13 (bfloat16; no integers).
/// - Source: onnx/defs/math/defs.cc, old.cc.
/// - Notes: none.
package struct Erf: FloatFunction {
  private static let version9 = OperatorVersion(
    since: 9,
    inputs: [.single("input", "T")],
    outputs: [.single("output", "T")],
    types: ["T": .integers | .ieeeFloats])
  private static let version13 = version9.then(
    since: 13, "bfloat16; no integers", types: ["T": .floats])
  package static let schema = OperatorSchema("Erf", versions: [version9, version13])

  package init(_ node: NodeAttributes) throws {}

  package func value(_ x: Double) -> Double { erf(x) }
}
