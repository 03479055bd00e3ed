import GraphIR
import TensorCore

/// # GatherND
///
/// Slices of a tensor, each picked by a tuple of indices for its leading axes.
///
///     output[b…, i…, j…] = data[b…, indices[b…, i…, :]…, j…]      b of batch_dims axes
///
/// - Inputs: `data` (T): a tensor of rank r ≥ 1. `indices` (tensor(int64)): of rank q ≥ 1; the last axis
///   holds tuples of k ≤ r − b indices, each in −s…s−1 for its axis of extent s.
/// - Outputs: `output` (T): of shape indices.shape[..<q−1] followed by data.shape[b+k...].
/// - Attributes: `batch_dims` (from 12): the number b of leading axes that both inputs share.
/// - Types: T is any tensor; also bfloat16 from 13.
/// - Errors: b not below both ranks; tuples longer than the axes left; batch axes that differ; an index out
///   of range.
/// - Versions: 11, 12 (batch_dims), 13 (bfloat16).
/// - Source: onnx/defs/tensor/defs.cc, old.cc.
/// - Notes: TSN-0023 (an index out of range is an error).
package struct GatherND: Operator {
  private static let version11 = OperatorVersion(
    since: 11,
    inputs: [.single("data", "T"), .single("indices", "tensor(int64)")],
    outputs: [.single("output", "T")],
    types: ["T": .allTensors(ir: 3)])
  private static let version12 = version11.then(
    since: 12, "batch_dims", attributes: [.int("batch_dims", 0)])
  private static let version13 = version12.then(
    since: 13, "bfloat16", types: ["T": .allTensors(ir: 4)])
  package static let schema = OperatorSchema("GatherND", versions: [version11, version12, version13])

  package var rounding: Rounding { .none }

  package let batchDims: Int

  package init(_ node: NodeAttributes) throws { batchDims = node.optionalInt("batch_dims") ?? 0 }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let (data, indices) = (try inputs.required(0), try inputs.required(1))
    guard let type = data.elementType else { return [.unknown] }
    guard let x = data.dims, let i = indices.dims else { return [.tensor(type, nil)] }
    try checkRanks(x.count, i.count)
    guard let length = i.last?.number else { return [.tensor(type, nil)] }
    try checkTuple(length, rank: x.count)
    return [.tensor(type, Array(i.dropLast()) + Array(x[(batchDims + length)...]))]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let (data, indices) = (try inputs.tensor(0), try inputs.tensor(1))
    try checkRanks(data.rank, indices.rank)
    let k = indices.shape[indices.rank - 1]
    try checkTuple(k, rank: data.rank)
    guard data.shape[..<batchDims] == indices.shape[..<batchDims] else {
      throw OperatorError(
        .invalidShape, "the first \(batchDims) axes of data \(data.shape) and indices \(indices.shape) differ"
      )
    }
    let shape = Array(indices.shape.dropLast()) + Array(data.shape[(batchDims + k)...])
    guard try elementCount(shape) > 0 else { return [.tensor(data.selecting([], shape: shape))] }
    let strides = rowMajorStrides(data.shape)
    let (batch, slice) = (data.shape[batchDims...].product, data.shape[(batchDims + k)...].product)
    let tuples = indices.shape[batchDims...].dropLast().product
    let index = indices.ints()
    let starts = try (0..<(index.count / k)).map(spending: k) { tuple in
      try (0..<k).reduce(tuple / tuples * batch) { start, i in
        let (number, axis) = (index[tuple * k + i], batchDims + i)
        return try start + checkedIndex(number, extent: data.shape[axis]) * strides[axis]
      }
    }
    return [.tensor(data.selecting(blocksAt: starts, of: slice, shape: shape))]
  }

  private func checkRanks(_ data: Int, _ indices: Int) throws {
    guard batchDims >= 0, batchDims < data, batchDims < indices else {
      throw OperatorError(
        .invalidAttribute,
        "batch_dims is \(batchDims), but must lie below the ranks of data (\(data)) and "
          + "indices (\(indices))")
    }
  }

  private func checkTuple(_ length: Int, rank: Int) throws {
    guard length >= 1, length <= rank - batchDims else {
      throw OperatorError(
        .invalidShape,
        "indices holds tuples of \(length), but must hold 1 to \(rank - batchDims) numbers each")
    }
  }
}
