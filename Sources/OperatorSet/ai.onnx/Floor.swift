import GraphIR
import TensorCore

/// # Floor
///
/// Each element rounded down to an integer.
///
///     Y[i] = ⌊X[i]⌋
///
/// - Inputs: `X` (T): any shape.
/// - Outputs: `Y` (T): the shape of `X`.
/// - Attributes: `consumed_inputs` (1): a hint without effect.
/// - Types: T is float16, float or double, from 13 also bfloat16.
/// - Errors: none.
/// - Versions: 1, 6 (no consumed_inputs), 13 (bfloat16).
/// - Source: onnx/defs/math/defs.cc, old.cc.
/// - Notes: none.
package struct Floor: FloatFunction {
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
  package static let schema = OperatorSchema("Floor", versions: [version1, version6, version13])

  package var rounding: Rounding { .none }

  package init(_ node: NodeAttributes) throws {}

  package func value(_ x: Double) -> Double { x.rounded(.down) }
}
