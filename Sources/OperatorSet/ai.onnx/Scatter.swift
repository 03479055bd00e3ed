import GraphIR
import TensorCore

/// # Scatter
///
/// A copy of a tensor in which some elements are replaced.
///
///     output = data
///     output[i…, with indices[i…] at the axis] = updates[i…]
///
/// - Inputs: `data` (T): of rank r ≥ 1. `indices` (Tind): of the same rank. `updates` (T): of the shape of
///   `indices`.
/// - Outputs: `output` (T): the shape of `data`.
/// - Attributes: `axis`: by default 0.
/// - Types: T is any tensor; Tind is int32 or int64.
/// - Errors: `axis` out of range; shapes that do not fit; an index out of range.
/// - Versions: 9, 11 (deprecated in favour of ScatterElements).
/// - Source: onnx/defs/tensor/defs.cc, old.cc.
/// - Notes: TSN-0022 (of several updates of one element the last one wins), TSN-0023 (an index out of range
///   is an error).
struct Scatter: ElementScatter {
  private static let version9 = OperatorVersion(
    since: 9,
    inputs: [.single("data", "T"), .single("indices", "Tind"), .single("updates", "T")],
    outputs: [.single("output", "T")],
    attributes: [.int("axis", 0)],
    types: ["T": .allTensors(ir: 3), "Tind": .indices])
  private static let version11 = version9.then(
    since: 11, "deprecated in favour of ScatterElements", deprecated: true)
  static let schema = OperatorSchema("Scatter", versions: [version9, version11])

  let axis: Int
  let reduction = ScatterReduction.none

  init(_ node: NodeAttributes) throws { axis = try node.int("axis") }
}
