import GraphIR
import TensorCore

/// # Gather
///
/// Slices of a tensor along an axis, picked by their indices.
///
///     output[j₀ … j_{axis−1}, i…, j_{axis} …] = data[j₀ … j_{axis−1}, indices[i…], j_{axis} …]
///
/// - Inputs: `data` (T): a tensor of rank 1 or more. `indices` (Tind): of any rank, each in −s…s−1 for an
///   axis of extent s.
/// - Outputs: `output` (T): the shape of `data` with the axis replaced by the shape of `indices`.
/// - Attributes: `axis`: by default 0.
/// - Types: T is any tensor; also bfloat16 from 13. Tind is int32 or int64.
/// - Errors: `axis` out of range; an index out of range.
/// - Versions: 1, 11 (indices may be negative), 13 (bfloat16).
/// - Source: onnx/defs/tensor/defs.cc, old.cc.
/// - Notes: TSN-0023 (an index out of range is an error; nothing is clamped or filled).
package struct Gather: Operator {
  private static let version1 = OperatorVersion(
    since: 1,
    inputs: [.single("data", "T"), .single("indices", "Tind")],
    outputs: [.single("output", "T")],
    attributes: [.int("axis", 0)],
    types: ["T": .allTensors(ir: 3), "Tind": .indices])
  private static let version11 = version1.then(
    since: 11, "indices may be negative")
  private static let version13 = version11.then(
    since: 13, "bfloat16", types: ["T": .allTensors(ir: 4)])
  package static let schema = OperatorSchema("Gather", versions: [version1, version11, version13])

  package var rounding: Rounding { .none }

  package let axis: Int

  package init(_ node: NodeAttributes) throws { axis = try node.int("axis") }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let (data, indices) = (try inputs.required(0), try inputs.required(1))
    guard let type = data.elementType else { return [.unknown] }
    guard let dims = data.dims else { return [.tensor(type, nil)] }
    let axis = try resolveAxis(axis, rank: dims.count)
    guard let indexDims = indices.dims else { return [.tensor(type, nil)] }
    var fact = Fact.tensor(type, Array(dims[..<axis]) + indexDims + Array(dims[(axis + 1)...]))
    if let shape = indices.numericShape, let numbers = indices.integers {
      fact.elements = try data.elements(rearrangedBy: { try gather($0, numbers, shape: shape) })
    }
    return [fact]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let indices = try inputs.tensor(1)
    return [.tensor(try gather(inputs.tensor(0), indices.ints(), shape: indices.shape))]
  }

  private func gather(_ data: Tensor, _ indices: [Int], shape: [Int]) throws -> Tensor {
    let axis = try resolveAxis(axis, rank: data.rank)
    let view = AxisView(data.shape, axis: axis)
    let picked = try indices.map { try checkedIndex($0, extent: view.length) }
    let result = Array(data.shape[..<axis]) + shape + Array(data.shape[(axis + 1)...])
    guard try elementCount(result) > 0 else { return data.selecting([], shape: result) }
    let starts = try (0..<view.outer).flatMap(spending: picked.count) { o in
      picked.map { view.position(o, $0, 0) }
    }
    return data.selecting(blocksAt: starts, of: view.inner, shape: result)
  }
}
