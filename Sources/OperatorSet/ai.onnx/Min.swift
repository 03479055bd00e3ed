import GraphIR
import TensorCore

/// # Min
///
/// The smallest number at each index of several tensors, after broadcasting.
///
///     min[i] = min(data_0[i], data_1[i], …)
///
/// - Inputs: `data_0` (T), one or more: shapes that broadcast to a common one; before 8 they must be equal.
/// - Outputs: `min` (T): the common shape.
/// - Attributes: `consumed_inputs` (1): a hint without effect.
/// - Types: T is float16, float or double, from 12 also integers, from 13 also bfloat16.
/// - Errors: shapes that do not broadcast, before 8 shapes that differ.
/// - Versions: 1, 6 (no consumed_inputs), 8 (broadcasts by NumPy's rule), 12 (integers), 13 (bfloat16).
/// - Source: onnx/defs/math/defs.cc, old.cc.
/// - Notes: TSN-0015 (a NaN wins).
package struct Min: FoldedFunction {
  private static let version1 = OperatorVersion(
    since: 1,
    inputs: [.variadic("data_0", "T")],
    outputs: [.single("min", "T")],
    attributes: [.optional("consumed_inputs", .ints)],
    types: ["T": .ieeeFloats])
  private static let version6 = version1.then(
    since: 6, "no consumed_inputs", removing: ["consumed_inputs"])
  private static let version8 = version6.then(
    since: 8, "broadcasts by NumPy's rule")
  private static let version12 = version8.then(
    since: 12, "integers", types: ["T": .integers | .ieeeFloats])
  private static let version13 = version12.then(
    since: 13, "bfloat16", types: ["T": .integers | .floats])
  package static let schema = OperatorSchema(
    "Min", versions: [version1, version6, version8, version12, version13])

  package var rounding: Rounding { .none }

  package let broadcasts: Bool

  package init(_ node: NodeAttributes) throws { broadcasts = node.since >= 8 }

  package func value<W: WideNumber>(_ a: W, _ b: W) -> W { a.isNaN || a < b ? a : b }
}
