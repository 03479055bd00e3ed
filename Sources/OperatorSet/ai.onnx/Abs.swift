import GraphIR
import TensorCore

/// # Abs
///
/// The magnitude of each element. That of the smallest integer of a type wraps to itself.
///
///     Y[i] = |X[i]|
///
/// - Inputs: `X` (T): any shape.
/// - Outputs: `Y` (T): the shape of `X`.
/// - Attributes: `consumed_inputs` (1): a hint without effect.
/// - Types: T is float16, float or double, from 6 also integers, from 13 also bfloat16.
/// - Errors: none.
/// - Versions: 1, 6 (integers), 13 (bfloat16).
/// - Source: onnx/defs/math/defs.cc, old.cc.
/// - Notes: none.
package struct Abs: NumberFunction {
  private static let version1 = OperatorVersion(
    since: 1,
    inputs: [.single("X", "T")],
    outputs: [.single("Y", "T")],
    attributes: [.optional("consumed_inputs", .ints)],
    types: ["T": .ieeeFloats])
  private static let version6 = version1.then(
    since: 6, "integers", removing: ["consumed_inputs"], types: ["T": .integers | .ieeeFloats])
  private static let version13 = version6.then(
    since: 13, "bfloat16", types: ["T": .integers | .floats])
  package static let schema = OperatorSchema("Abs", versions: [version1, version6, version13])

  package var rounding: Rounding { .none }

  package init(_ node: NodeAttributes) throws {}

  package func value<W: WideNumber>(_ x: W) -> W { x > .zero ? x : .zero &- x }
}
