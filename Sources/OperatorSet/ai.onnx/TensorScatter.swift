import GraphIR
import TensorCore

/// # TensorScatter
///
/// A cache of sequences with new elements written into each of them.
///
///     present_cache = past_cache
///     present_cache[b, …, write_indices[b] + s, …] = update[b, …, s, …]      circular: the index modulo its
/// extent
///
/// - Inputs: `past_cache` (T): [batch, …, max_sequence_length, …]. `update` (T): the same but for the axis,
///   which is not longer. `write_indices` (tensor(int64)), optional: [batch], by default zeros.
/// - Outputs: `present_cache` (T): the shape of `past_cache`.
/// - Attributes: `axis`: the sequence axis, by default −2; not 0. `mode`: linear, where everything must fit,
///   or circular.
/// - Types: T is any tensor of IR version 12.
/// - Errors: shapes that do not fit; an axis of 0; a negative index; in linear mode elements beyond the end.
/// - Versions: 24.
/// - Source: onnx/defs/tensor/defs.cc.
/// - Notes: none.
struct TensorScatter: Operator {
  private static let version24 = OperatorVersion(
    since: 24,
    inputs: [
      .single("past_cache", "T"), .single("update", "T"), .optional("write_indices", "tensor(int64)"),
    ],
    outputs: [.single("present_cache", "T")],
    attributes: [.int("axis", -2), .string("mode", "linear")],
    types: ["T": .allTensors(ir: 12)])
  static let schema = OperatorSchema("TensorScatter", versions: [version24])

  var rounding: Rounding { .none }

  enum Mode: String, CaseIterable { case linear, circular }

  let axis: Int
  let mode: Mode

  init(_ node: NodeAttributes) throws {
    axis = try node.int("axis")
    mode = try node.choice("mode")
  }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let past = try inputs.required(0)
    if let rank = past.rank { _ = try sequenceAxis(rank: rank) }
    return [Fact(past.type)]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let (past, update) = (try inputs.tensor(0), try inputs.tensor(1))
    let axis = try sequenceAxis(rank: past.rank)
    guard update.rank == past.rank, removing(axis, from: update.shape) == removing(axis, from: past.shape),
      update.shape[axis] <= past.shape[axis]
    else {
      throw OperatorError(
        .invalidShape, "update of shape \(update.shape) does not fit into past_cache of shape \(past.shape)")
    }
    let starts = try starts(inputs.optionalTensor(2), batches: past.shape[0])
    let (cache, new) = (AxisView(past.shape, axis: axis), AxisView(update.shape, axis: axis))
    var sources = Array(0..<past.count)
    var work = Work()
    let perBatch = past.shape[0] == 0 ? 1 : cache.outer / past.shape[0]
    for o in 0..<cache.outer {
      for s in 0..<new.length {
        try work.spend(cache.inner)
        let index = try cacheIndex(starts[o / perBatch], s, cache.length)
        for i in 0..<cache.inner { sources[cache.position(o, index, i)] = past.count + new.position(o, s, i) }
      }
    }
    return [.tensor(.selecting(sources, from: [past, update], as: past.elementType, shape: past.shape))]
  }

  private func starts(_ indices: Tensor?, batches: Int) throws -> [Int] {
    guard let indices else { return [Int](repeating: 0, count: batches) }
    guard indices.shape == [batches] else {
      throw OperatorError(.invalidShape, "write_indices has shape \(indices.shape), but must be [\(batches)]")
    }
    let starts = indices.ints()
    if let negative = starts.first(where: { $0 < 0 }) {
      throw OperatorError(.invalidValue, "write_indices holds \(negative), but must not be negative")
    }
    return starts
  }

  private func cacheIndex(_ start: Int, _ s: Int, _ length: Int) throws -> Int {
    if mode == .circular { return (start % length + s) % length }
    guard start < length, start + s < length else {
      throw OperatorError(
        .invalidValue,
        "element \(s) written from index \(start) on lies beyond the cache's length of \(length)")
    }
    return start + s
  }

  private func sequenceAxis(rank: Int) throws -> Int {
    let resolved = try resolveAxis(axis, rank: rank)
    guard resolved > 0 else {
      throw OperatorError(.invalidAttribute, "axis is \(axis), the batch axis, but must be another one")
    }
    return resolved
  }
}
