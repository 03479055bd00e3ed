import GraphIR
import TensorCore

/// # ReduceSumSquare
///
/// The sum of the squares of the elements along some axes.
///
///     reduced[o] = Σ data[o, k]²      k over the folded axes; 0 where there are none
///
/// - Inputs: `data` (T): any shape. `axes` (tensor(int64), from 18), optional: the axes to fold, negative
///   from the end.
/// - Outputs: `reduced` (T): the folded axes have extent 1, or are gone.
/// - Attributes: `axes` (before 18): the axes to fold. No axes at all means all, unless
///   `noop_with_empty_axes` (from 18, default 0) is 1: then each element is a group of its own. `keepdims`
///   (default 1): whether folded axes stay with extent 1.
/// - Types: T is float16, float, double or an integer of 32 or 64 bits; also bfloat16 from 13.
/// - Errors: an axis out of range or named twice.
/// - Versions: 1, 11 (negative `axes`), 13 (bfloat16), 18 (`axes` becomes an input, `noop_with_empty_axes`).
/// - Source: onnx/defs/reduction/defs.cc, old.cc, utils.cc.
/// - Notes: TSN-0025 (empty groups); integers wrap.
package struct ReduceSumSquare: NumberReduction {
  private static let version1 = OperatorVersion(
    since: 1, inputs: [.single("data", "T")], outputs: [.single("reduced", "T")],
    attributes: [.optional("axes", .ints), .int("keepdims", 1)], types: ["T": .ieeeFloats | .integers32And64])
  private static let version11 = version1.then(since: 11, "axes may be negative")
  private static let version13 = version11.then(
    since: 13, "bfloat16", types: ["T": .floats | .integers32And64])
  private static let version18 = version13.then(
    since: 18, "axes becomes an input", inputs: [.single("data", "T"), .optional("axes", "tensor(int64)")],
    attributes: [.int("noop_with_empty_axes", 0)], removing: ["axes"])
  package static let schema = OperatorSchema(
    "ReduceSumSquare", versions: [version1, version11, version13, version18])

  package var rounding: Rounding { .sumOfProducts }

  package let axes: ReductionAxes

  package init(_ node: NodeAttributes) throws { axes = try ReductionAxes(node) }

  package func value<W: WideNumber>(_ group: ArraySlice<W>, _ type: ElementType) throws -> W {
    try group.wideSumOfSquares()
  }
}
