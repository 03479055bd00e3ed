import GraphIR
import TensorCore

/// # ScatterElements
///
/// A copy of a tensor in which some elements are replaced by, or combined with, others.
///
///     output = data
///     output[i…, with indices[i…] at the axis] = f(output[the same], updates[i…])
///
/// - Inputs: `data` (T): of rank r ≥ 1. `indices` (Tind): of the same rank, each in −s…s−1 for an axis of
///   extent s; its other extents do not exceed those of `data`. `updates` (T): of the shape of `indices`.
/// - Outputs: `output` (T): the shape of `data`.
/// - Attributes: `axis`: by default 0. `reduction` (from 16): f, one of none (the update), add, mul, and from
///   18 max and min.
/// - Types: T is any tensor; also bfloat16 from 13. Tind is int32 or int64. Strings have no reduction but
///   none.
/// - Errors: `axis` out of range; shapes that do not fit; an index out of range.
/// - Versions: 11, 13 (bfloat16), 16 (reduction), 18 (reductions max and min).
/// - Source: onnx/defs/tensor/defs.cc, old.cc.
/// - Notes: TSN-0022 (of several updates of one element the last one wins), TSN-0023 (an index out of range
///   is an error), TSN-0015 (max and min with NaN are NaN), TSN-0036 (sums are rounded once).
package struct ScatterElements: ElementScatter {
  private static let version11 = OperatorVersion(
    since: 11,
    inputs: [.single("data", "T"), .single("indices", "Tind"), .single("updates", "T")],
    outputs: [.single("output", "T")],
    attributes: [.int("axis", 0)],
    types: ["T": .allTensors(ir: 3), "Tind": .indices])
  private static let version13 = version11.then(
    since: 13, "bfloat16", types: ["T": .allTensors(ir: 4)])
  private static let version16 = version13.then(
    since: 16, "reduction", attributes: [.string("reduction", "none")])
  private static let version18 = version16.then(
    since: 18, "reductions max and min")
  package static let schema = OperatorSchema(
    "ScatterElements", versions: [version11, version13, version16, version18])

  package let axis: Int
  let reduction: ScatterReduction

  package init(_ node: NodeAttributes) throws {
    axis = try node.int("axis")
    reduction = try ScatterReduction(node)
  }
}
