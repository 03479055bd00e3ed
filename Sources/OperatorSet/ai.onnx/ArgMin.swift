import GraphIR
import TensorCore

/// # ArgMin
///
/// The position along an axis of the smallest element.
///
///     reduced[o] = k with data[o, k] = min data[o, …]      k along the axis
///
/// - Inputs: `data` (T): any shape of rank 1 or more.
/// - Outputs: `reduced` (tensor(int64)): positions from 0; the axis has extent 1, or is gone.
/// - Attributes: `axis` (default 0): where to look. `keepdims` (default 1): whether the axis stays with
///   extent 1. `select_last_index` (from 12, default 0): 1 names the last of equal elements, otherwise the
///   first.
/// - Types: T is any integer of a byte or more, float16, float or double; also bfloat16 from 13.
/// - Errors: `axis` out of range; an axis of extent 0.
/// - Versions: 1, 11 (negative `axis`), 12 (`select_last_index`), 13 (bfloat16).
/// - Source: onnx/defs/reduction/defs.cc, old.cc.
/// - Notes: TSN-0016 (a NaN beats every number, as in NumPy).
package struct ArgMin: ArgReduction {
  private static let version1 = OperatorVersion(
    since: 1, inputs: [.single("data", "T")], outputs: [.single("reduced", "tensor(int64)")],
    attributes: [.int("axis", 0), .int("keepdims", 1)], types: ["T": .integers | .ieeeFloats])
  private static let version11 = version1.then(since: 11, "axis may be negative")
  private static let version12 = version11.then(
    since: 12, "select_last_index", attributes: [.int("select_last_index", 0)])
  private static let version13 = version12.then(since: 13, "bfloat16", types: ["T": .integers | .floats])
  package static let schema = OperatorSchema("ArgMin", versions: [version1, version11, version12, version13])

  package var rounding: Rounding { .none }

  let arguments: ArgAxis

  package init(_ node: NodeAttributes) throws { arguments = try ArgAxis(node) }

  func isBetter<W: WideNumber>(_ a: W, _ b: W) -> Bool { a < b }
}
