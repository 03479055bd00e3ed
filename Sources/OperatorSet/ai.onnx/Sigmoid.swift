import GraphIR
import TensorCore

/// # Sigmoid
///
/// The logistic function of each element, a number between 0 and 1.
///
///     Y[i] = 1 / (1 + e^−X[i])
///
/// - Inputs: `X` (T): any shape.
/// - Outputs: `Y` (T): the shape of `X`.
/// - Attributes: `consumed_inputs` (1): a hint without effect.
/// - Types: T is float16, float or double, from 13 also bfloat16.
/// - Errors: none.
/// - Versions: 1, 6 (no consumed_inputs), 13 (bfloat16).
/// - Source: onnx/defs/math/defs.cc, old.cc.
/// - Notes: none.
package struct Sigmoid: FloatFunction {
  private static let version1 = OperatorVersion(
    since: 1,
    inputs: [.single("X", "T")],
    outputs: [.single("Y", "T")],
    attributes: [.optional("consumed_inputs", .ints)],
    types: ["T": .ieeeFloats])
  private static let version6 = version1.then(
    since: 6, "no consumed_inputs", removing: ["consumed_inputs"])
  private static let version13 = version6.then(
    since: 13, "bfloat16", types: ["T": .floats])
  package static let schema = OperatorSchema("Sigmoid", versions: [version1, version6, version13])

  package init(_ node: NodeAttributes) throws {}

  package func value(_ x: Double) -> Double { logistic(x) }
}
