import GraphIR
import TensorCore

/// # Log
///
/// The natural logarithm of each element: −∞ for 0, NaN for a negative number.
///
///     output[i] = ln input[i]
///
/// - Inputs: `input` (T): any shape.
/// - Outputs: `output` (T): the shape of `input`.
/// - Attributes: `consumed_inputs` (1): a hint without effect.
/// - Types: T is float16, float or double, from 13 also bfloat16.
/// - Errors: none.
/// - Versions: 1, 6 (no consumed_inputs), 13 (bfloat16).
/// - Source: onnx/defs/math/defs.cc, old.cc.
/// - Notes: none.
package struct Log: FloatFunction {
  private static let version1 = OperatorVersion(
    since: 1,
    inputs: [.single("input", "T")],
    outputs: [.single("output", "T")],
    attributes: [.optional("consumed_inputs", .ints)],
    types: ["T": .ieeeFloats])
  private static let version6 = version1.then(
    since: 6, "no consumed_inputs", removing: ["consumed_inputs"])
  private static let version13 = version6.then(
    since: 13, "bfloat16", types: ["T": .floats])
  package static let schema = OperatorSchema("Log", versions: [version1, version6, version13])

  package init(_ node: NodeAttributes) throws {}

  package func value(_ x: Double) -> Double { log(x) }
}
