import GraphIR
import TensorCore

/// # Mean
///
/// The mean of the numbers at each index of several tensors, after broadcasting.
///
///     mean[i] = (data_0[i] + … + data_{n−1}[i]) / n
///
/// - Inputs: `data_0` (T), one or more: shapes that broadcast to a common one; before 8 they must be equal.
/// - Outputs: `mean` (T): the common shape.
/// - Attributes: `consumed_inputs` (1): a hint without effect.
/// - Types: T is float16, float or double, from 13 also bfloat16.
/// - Errors: shapes that do not broadcast, before 8 shapes that differ.
/// - Versions: 1, 6 (no consumed_inputs), 8 (broadcasts by NumPy's rule), 13 (bfloat16).
/// - Source: onnx/defs/math/defs.cc, old.cc.
/// - Notes: TSN-0036 (the sum is rounded once), TSN-0050 (a sum of −0 is −0).
package struct Mean: SummedFunction {
  private static let version1 = OperatorVersion(
    since: 1,
    inputs: [.variadic("data_0", "T")],
    outputs: [.single("mean", "T")],
    attributes: [.optional("consumed_inputs", .ints)],
    types: ["T": .ieeeFloats])
  private static let version6 = version1.then(
    since: 6, "no consumed_inputs", removing: ["consumed_inputs"])
  private static let version8 = version6.then(
    since: 8, "broadcasts by NumPy's rule")
  private static let version13 = version8.then(
    since: 13, "bfloat16", types: ["T": .floats])
  package static let schema = OperatorSchema("Mean", versions: [version1, version6, version8, version13])

  package let broadcasts: Bool

  package init(_ node: NodeAttributes) throws { broadcasts = node.since >= 8 }

  package func value(sum: Double, count: Int) -> Double { sum / Double(count) }
}
