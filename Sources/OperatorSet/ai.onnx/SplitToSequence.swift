import GraphIR
import TensorCore

/// # SplitToSequence
///
/// A tensor cut along an axis into the tensors of a sequence.
///
///     output_sequence[k][…, i, …] = input[…, offsetₖ + i, …]      0 ≤ i < splitₖ
///
/// - Inputs: `input` (T). `split` (I), optional: a list of extents that sum up to the axis, or a scalar, the
///   extent of every part but perhaps the last; by default 1.
/// - Outputs: `output_sequence` (S): the parts in order.
/// - Attributes: `axis`: along which to cut, by default 0. `keepdims`: 0 drops the axis, where `split` is
///   omitted; otherwise it has no effect.
/// - Types: T is any tensor, S a sequence of it, also bfloat16 from 24; I is int32 or int64.
/// - Errors: `axis` out of range; extents that are negative or do not sum up; a scalar `split` below 1.
/// - Versions: 11, 24 (bfloat16).
/// - Source: onnx/defs/sequence/defs.cc, old.cc.
/// - Notes: none.
struct SplitToSequence: Operator {
  private static let version11 = OperatorVersion(
    since: 11,
    inputs: [.single("input", "T"), .optional("split", "I")],
    outputs: [.single("output_sequence", "S")],
    attributes: [.int("axis", 0), .int("keepdims", 1)],
    types: ["T": .allTensors(ir: 3), "I": .indices, "S": .allSequences(ir: 3)])
  private static let version24 = version11.then(
    since: 24, "bfloat16", types: ["T": .allTensors(ir: 4), "S": .allSequences(ir: 4)])
  static let schema = OperatorSchema("SplitToSequence", versions: [version11, version24])

  var rounding: Rounding { .none }

  let axis: Int
  let keepDims: Bool

  init(_ node: NodeAttributes) throws {
    axis = try node.int("axis")
    keepDims = try node.flag("keepdims")
  }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let input = try inputs.required(0)
    guard let type = input.elementType else { return [.unknown] }
    guard var dims = input.dims else { return [Fact(.sequence(.tensor(type, nil)))] }
    let axis = try resolveAxis(axis, rank: dims.count)
    if inputs[1] == nil {
      dims[axis] = 1
      if !keepDims { dims.remove(at: axis) }
    } else {
      dims[axis] = try extentOfEveryPart(inputs[1], of: dims[axis].number)
    }
    return [Fact(.sequence(.tensor(type, dims)))]
  }

  /// The extent that all parts have, where it is known and one.
  private func extentOfEveryPart(_ split: Fact?, of extent: Int?) throws -> Dim {
    guard let extent, let split, let numbers = split.integers, let rank = split.rank else { return .unknown }
    let parts = try parts(numbers, isScalar: rank == 0, of: extent)
    guard let first = parts.first, parts.allSatisfy({ $0 == first }) else { return .unknown }
    return .value(first)
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let input = try inputs.tensor(0)
    let axis = try resolveAxis(axis, rank: input.rank)
    let split = try inputs.optionalTensor(1)
    let extents = try parts(split?.ints() ?? [1], isScalar: (split?.rank ?? 0) == 0, of: input.shape[axis])
    var tensors = try splitting(input, axis: axis, into: extents)
    if split == nil && !keepDims { tensors = tensors.map { $0.reshaped(removing(axis, from: $0.shape)) } }
    let element =
      tensors.isEmpty
      ? .tensor(input.elementType, nil) : try sharedType(tensors.map { Value.tensor($0).type })
    return [.sequence(tensors.map(Value.tensor), of: element)]
  }

  /// The extents of the parts.
  private func parts(_ split: [Int], isScalar: Bool, of extent: Int) throws -> [Int] {
    guard isScalar else {
      try checkParts(split, of: extent)
      return split
    }
    guard let part = split.first, part > 0 else {
      throw OperatorError(.invalidValue, "split is \(split), but a scalar must be positive")
    }
    _ = try elementCount([extent / part + 1])
    return stride(from: 0, to: extent, by: part).map { min(part, extent - $0) }
  }
}
