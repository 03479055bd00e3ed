import GraphIR
import TensorCore

/// # GatherElements
///
/// Elements of a tensor, each picked by an index along one axis.
///
///     output[i…] = data[i…, with indices[i…] at the axis]
///
/// - Inputs: `data` (T): of rank r ≥ 1. `indices` (Tind): of the same rank, each in −s…s−1 for an axis of
///   extent s; its other extents do not exceed those of `data`.
/// - Outputs: `output` (T): the shape of `indices`.
/// - Attributes: `axis`: by default 0.
/// - Types: T is any tensor; also bfloat16 from 13. Tind is int32 or int64.
/// - Errors: `axis` out of range; ranks that differ; an index out of range.
/// - Versions: 11, 13 (bfloat16).
/// - Source: onnx/defs/tensor/defs.cc, old.cc.
/// - Notes: TSN-0023 (an index out of range is an error).
package struct GatherElements: Operator {
  private static let version11 = OperatorVersion(
    since: 11,
    inputs: [.single("data", "T"), .single("indices", "Tind")],
    outputs: [.single("output", "T")],
    attributes: [.int("axis", 0)],
    types: ["T": .allTensors(ir: 3), "Tind": .indices])
  private static let version13 = version11.then(
    since: 13, "bfloat16", types: ["T": .allTensors(ir: 4)])
  package static let schema = OperatorSchema("GatherElements", versions: [version11, version13])

  package var rounding: Rounding { .none }

  package let axis: Int

  package init(_ node: NodeAttributes) throws { axis = try node.int("axis") }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let (data, indices) = (try inputs.required(0), try inputs.required(1))
    guard let type = data.elementType else { return [.unknown] }
    if let rank = data.rank { _ = try resolveAxis(axis, rank: rank) }
    return [.tensor(type, indices.dims)]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let (data, indices) = (try inputs.tensor(0), try inputs.tensor(1))
    let axis = try resolveAxis(axis, rank: data.rank)
    let positions = try elementPositions(of: indices, along: axis, in: data)
    return [.tensor(data.selecting(positions, shape: indices.shape))]
  }
}
