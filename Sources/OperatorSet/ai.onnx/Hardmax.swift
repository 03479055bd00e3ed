import GraphIR
import TensorCore

/// # Hardmax
///
/// One for the first of the largest elements along an axis, zero for all others.
///
///     Y[i] = i = min { j : X[j] = max X } ? 1 : 0      i, j along the axis
///
/// - Inputs: `input` (T): any shape of rank 1 or more.
/// - Outputs: `output` (T): the shape of `input`.
/// - Attributes: `axis`: the axis along which to look (from 13, by default the last); before, the tensor is
///   flattened to a matrix at this axis (by default 1), and each row is a line.
/// - Types: T is float16, float or double; also bfloat16 from 13.
/// - Errors: `axis` out of range.
/// - Versions: 1, 11 (negative `axis`), 13 (one axis instead of a flattened tail; bfloat16).
/// - Source: onnx/defs/math/defs.cc, old.cc.
/// - Notes: TSN-0026 (flattening before 13); TSN-0016 (a NaN counts as the largest, as in ArgMax).
struct Hardmax: LineFunction {
  private static let version1 = OperatorVersion(
    since: 1, inputs: [.single("input", "T")], outputs: [.single("output", "T")],
    attributes: [.int("axis", 1)], types: ["T": .ieeeFloats])
  private static let version11 = version1.then(since: 11, "axis may be negative")
  private static let version13 = version11.then(
    since: 13, "looks along one axis, not over the flattened tail; bfloat16", attributes: [.int("axis", -1)],
    types: ["T": .floats])
  static let schema = OperatorSchema("Hardmax", versions: [version1, version11, version13])

  var rounding: Rounding { .none }

  let lines: LineAxes

  init(_ node: NodeAttributes) throws { lines = try LineAxes(node) }

  func values(_ line: [Double]) throws -> [Double] {
    let hit = try extremeIndex(line, selectsLast: false) { $0 > $1 }
    return line.indices.map { $0 == hit ? 1 : 0 }
  }
}
