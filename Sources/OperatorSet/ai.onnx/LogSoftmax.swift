import GraphIR
import TensorCore

/// # LogSoftmax
///
/// The logarithms of the normalised exponentials along an axis.
///
///     Y[i] = X[i] − log(Σⱼ exp(X[j]))      i, j along the axis
///
/// - Inputs: `input` (T): any shape of rank 1 or more.
/// - Outputs: `output` (T): the shape of `input`.
/// - Attributes: `axis`: the axis along which to normalise (from 13, by default the last); before, the tensor
///   is flattened to a matrix at this axis (by default 1), and each row is normalised.
/// - Types: T is float16, float or double; also bfloat16 from 13.
/// - Errors: `axis` out of range.
/// - Versions: 1, 11 (negative `axis`), 13 (one axis instead of a flattened tail; bfloat16).
/// - Source: onnx/defs/math/defs.cc, old.cc.
/// - Notes: TSN-0026 (flattening before 13); TSN-0015 (a NaN makes its whole line NaN).
package struct LogSoftmax: LineFunction {
  private static let version1 = OperatorVersion(
    since: 1, inputs: [.single("input", "T")], outputs: [.single("output", "T")],
    attributes: [.int("axis", 1)], types: ["T": .ieeeFloats])
  private static let version11 = version1.then(since: 11, "axis may be negative")
  private static let version13 = version11.then(
    since: 13, "normalises along one axis, not over the flattened tail; bfloat16",
    attributes: [.int("axis", -1)], types: ["T": .floats])
  package static let schema = OperatorSchema("LogSoftmax", versions: [version1, version11, version13])

  package let lines: LineAxes

  package init(_ node: NodeAttributes) throws { lines = try LineAxes(node) }

  func values(_ line: [Double]) throws -> [Double] {
    // x − max is taken first, so that no digits of it are lost beside a large logarithm.
    let largest = line.max() ?? 0
    guard largest.isFinite else {
      let logOfSum = try line[...].logSumExp()
      return line.map { $0 - logOfSum }
    }
    let logOfSum = try line.map { $0 - largest }[...].logSumExp()
    return line.map { ($0 - largest) - logOfSum }
  }
}
