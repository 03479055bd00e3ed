import GraphIR
import TensorCore

/// # ScatterND
///
/// A copy of a tensor in which some slices are replaced by, or combined with, others.
///
///     output = data
///     output[indices[i…, :]…, j…] = f(output[the same], updates[i…, j…])
///
/// - Inputs: `data` (T): of rank r ≥ 1. `indices` (tensor(int64)): of rank q ≥ 1; the last axis holds tuples
///   of k ≤ r indices, each in −s…s−1 for its axis of extent s. `updates` (T): of shape indices.shape[..<q−1]
///   followed by data.shape[k...].
/// - Outputs: `output` (T): the shape of `data`.
/// - Attributes: `reduction` (from 16): f, one of none (the update), add, mul, and from 18 max and min.
/// - Types: T is any tensor; also bfloat16 from 13. Strings have no reduction but none.
/// - Errors: tuples longer than the rank; updates of another shape; an index out of range.
/// - Versions: 11, 13 (bfloat16), 16 (reduction), 18 (reductions max and min).
/// - Source: onnx/defs/tensor/defs.cc, old.cc.
/// - Notes: TSN-0022 (of several updates of one element the last one wins), TSN-0023 (an index out of range
///   is an error), TSN-0015 (max and min with NaN are NaN), TSN-0036 (sums are rounded once),
///   TSN-0052 (strings are not added).
package struct ScatterND: Scattering {
  private static let version11 = OperatorVersion(
    since: 11,
    inputs: [.single("data", "T"), .single("indices", "tensor(int64)"), .single("updates", "T")],
    outputs: [.single("output", "T")],
    types: ["T": .allTensors(ir: 3)])
  private static let version13 = version11.then(
    since: 13, "bfloat16", types: ["T": .allTensors(ir: 4)])
  private static let version16 = version13.then(
    since: 16, "reduction", attributes: [.string("reduction", "none")])
  private static let version18 = version16.then(
    since: 18, "reductions max and min")
  package static let schema = OperatorSchema(
    "ScatterND", versions: [version11, version13, version16, version18])

  let reduction: ScatterReduction

  package init(_ node: NodeAttributes) throws { reduction = try ScatterReduction(node) }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let (data, indices) = (try inputs.required(0), try inputs.required(1))
    if let rank = data.rank, let dims = indices.dims { try checkTuple(dims.last, rank: rank) }
    return [Fact(data.type)]
  }

  func positions(_ data: Tensor, _ indices: Tensor, _ updates: Tensor) throws -> [Int] {
    try checkTuple(indices.shape.last.map(Dim.value), rank: data.rank)
    let k = indices.shape.last ?? 0
    let shape = Array(indices.shape.dropLast()) + Array(data.shape[k...])
    guard updates.shape == shape else {
      throw OperatorError(.invalidShape, "updates has shape \(updates.shape), but must have shape \(shape)")
    }
    return try self.positions(of: indices, in: data.shape)
  }

  /// The flat position in data of each element of the updates.
  func positions(of indices: Tensor, in shape: [Int]) throws -> [Int] {
    let k = indices.shape.last ?? 0
    let strides = rowMajorStrides(shape)
    let slice = shape[k...].product
    let index = indices.ints()
    return try (0..<indices.shape.dropLast().product).flatMap(spending: k + slice) { tuple in
      let first = try (0..<k).reduce(0) { first, axis in
        first + (try checkedIndex(index[tuple * k + axis], extent: shape[axis])) * strides[axis]
      }
      return first..<(first + slice)
    }
  }

  private func checkTuple(_ length: Dim?, rank: Int) throws {
    guard let length else {
      throw OperatorError(.invalidShape, "indices must have rank 1 or more, but is a scalar")
    }
    guard let number = length.number else { return }
    guard number >= 0, number <= rank else {
      throw OperatorError(
        .invalidShape, "indices holds tuples of \(number) numbers, but data has only \(rank) axes")
    }
  }
}
