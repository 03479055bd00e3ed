import GraphIR
import TensorCore

/// # Relu
///
/// The element itself if it is positive, otherwise 0.
///
///     Y[i] = max(0, X[i])
///
/// - Inputs: `X` (T): any shape.
/// - Outputs: `Y` (T): the shape of `X`.
/// - Attributes: `consumed_inputs` (1): a hint without effect.
/// - Types: T is float16, float or double, from 13 also bfloat16, from 14 also signed integers.
/// - Errors: none.
/// - Versions: 1, 6 (no consumed_inputs), 13 (bfloat16), 14 (signed integers).
/// - Source: onnx/defs/math/defs.cc, old.cc.
/// - Notes: TSN-0015 (a NaN stays a NaN).
package struct Relu: NumberFunction {
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
  private static let version14 = version13.then(
    since: 14, "signed integers", types: ["T": .floats | .signedIntegers])
  package static let schema = OperatorSchema("Relu", versions: [version1, version6, version13, version14])

  package var rounding: Rounding { .none }

  package init(_ node: NodeAttributes) throws {}

  package func value<W: WideNumber>(_ x: W) -> W { x < .zero ? .zero : x }
}
