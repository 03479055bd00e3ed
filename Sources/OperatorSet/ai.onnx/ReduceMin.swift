import GraphIR
import TensorCore

/// # ReduceMin
///
/// The smallest of the elements along some axes; for bool, false is less than true.
///
///     reduced[o] = min data[o, k]      k over the folded axes; where there are none, +∞ or the type's
///     largest number
///
/// - Inputs: `data` (T): any shape. `axes` (tensor(int64), from 18), optional: the axes to fold, negative
///   from the end.
/// - Outputs: `reduced` (T): the folded axes have extent 1, or are gone.
/// - Attributes: `axes` (before 18): the axes to fold. No axes at all means all, unless
///   `noop_with_empty_axes` (from 18, default 0) is 1: then each element is a group of its own. `keepdims`
///   (default 1): whether folded axes stay with extent 1.
/// - Types: T is float16, float, double or an integer of 32 or 64 bits; int8 and uint8 from 12, bfloat16 from
///   13, bool from 20.
/// - Errors: an axis out of range or named twice.
/// - Versions: 1, 11 (negative `axes`), 12 (int8, uint8), 13 (bfloat16), 18 (`axes` becomes an input,
///   `noop_with_empty_axes`), 20 (bool).
/// - Source: onnx/defs/reduction/defs.cc, old.cc, utils.cc.
/// - Notes: TSN-0015 (a NaN makes its group NaN), TSN-0025 (empty groups).
package struct ReduceMin: NumberReduction {
  private static let version1 = OperatorVersion(
    since: 1, inputs: [.single("data", "T")], outputs: [.single("reduced", "T")],
    attributes: [.optional("axes", .ints), .int("keepdims", 1)], types: ["T": .ieeeFloats | .integers32And64])
  private static let version11 = version1.then(since: 11, "axes may be negative")
  private static let version12 = version11.then(
    since: 12, "int8 and uint8", types: ["T": .ieeeFloats | .integers32And64 | .tensors(.int8, .uint8)])
  private static let version13 = version12.then(
    since: 13, "bfloat16", types: ["T": .floats | .integers32And64 | .tensors(.int8, .uint8)])
  private static let version18 = version13.then(
    since: 18, "axes becomes an input", inputs: [.single("data", "T"), .optional("axes", "tensor(int64)")],
    attributes: [.int("noop_with_empty_axes", 0)], removing: ["axes"])
  private static let version20 = version18.then(
    since: 20, "bool", types: ["T": .floats | .integers32And64 | .tensors(.bool, .int8, .uint8)])
  package static let schema = OperatorSchema(
    "ReduceMin", versions: [version1, version11, version12, version13, version18, version20])

  package var rounding: Rounding { .none }

  package let axes: ReductionAxes

  package init(_ node: NodeAttributes) throws { axes = try ReductionAxes(node) }

  package func value<W: WideNumber>(_ group: ArraySlice<W>, _ type: ElementType) throws -> W {
    try group.reduce(type.limits().highest, spending: 1) { $1.isNaN || $1 < $0 ? $1 : $0 }
  }
}
