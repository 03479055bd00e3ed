import GraphIR
import TensorCore

/// # ReverseSequence
///
/// The first elements of each sequence of a batch, as many as its length says, in reverse order.
///
///     Y[t, b, …] = input[t < L ? L − 1 − t : t, b, …]      L = sequence_lens[b]
///
/// - Inputs: `input` (T): of rank 2 or more. `sequence_lens` (tensor(int64)): one length in 0…T for each
///   batch.
/// - Outputs: `Y` (T): the shape of `input`.
/// - Attributes: `time_axis`, `batch_axis`: 0 and 1 (the default), or 1 and 0.
/// - Types: T is any tensor; also bfloat16 from 28.
/// - Errors: axes other than these two; a number of lengths that is not the batch's; a length out of range.
/// - Versions: 10, 28 (bfloat16).
/// - Source: onnx/defs/tensor/defs.cc, old.cc.
/// - Notes: none.
struct ReverseSequence: Operator {
  private static let version10 = OperatorVersion(
    since: 10,
    inputs: [.single("input", "T"), .single("sequence_lens", "tensor(int64)")],
    outputs: [.single("Y", "T")],
    attributes: [.int("batch_axis", 1), .int("time_axis", 0)],
    types: ["T": .allTensors(ir: 3)])
  private static let version28 = version10.then(
    since: 28, "bfloat16", types: ["T": .allTensors(ir: 4)])
  static let schema = OperatorSchema("ReverseSequence", versions: [version10, version28])

  var rounding: Rounding { .none }

  let batchAxis: Int
  let timeAxis: Int

  init(_ node: NodeAttributes) throws {
    batchAxis = try node.int("batch_axis")
    timeAxis = try node.int("time_axis")
    guard Set([batchAxis, timeAxis]) == [0, 1] else {
      throw OperatorError(
        .invalidAttribute, "batch_axis is \(batchAxis) and time_axis \(timeAxis), but they must be 0 and 1")
    }
  }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let input = try inputs.required(0)
    if let rank = input.rank { try checkRank(rank) }
    return [Fact(input.type)]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let (input, lens) = (try inputs.tensor(0), try inputs.tensor(1))
    try checkRank(input.rank)
    let lengths = lens.ints()
    guard lens.shape == [input.shape[batchAxis]] else {
      throw OperatorError(
        .invalidShape, "sequence_lens has shape \(lens.shape), but must be [\(input.shape[batchAxis])]")
    }
    if let bad = lengths.first(where: { $0 < 0 || $0 > input.shape[timeAxis] }) {
      throw OperatorError(
        .invalidValue, "sequence_lens holds \(bad), but must lie in [0, \(input.shape[timeAxis])]")
    }
    let inner = input.shape[2...].product
    var positions: [Int] = []
    positions.reserveCapacity(input.count)
    var work = Work()
    for i in 0..<input.shape[0] {
      for j in 0..<input.shape[1] {
        try work.spend(inner)
        let (t, L) = timeAxis == 0 ? (i, lengths[j]) : (j, lengths[i])
        let source = t < L ? L - 1 - t : t
        let row = timeAxis == 0 ? source * input.shape[1] + j : i * input.shape[1] + source
        positions += (row * inner)..<((row + 1) * inner)
      }
    }
    return [.tensor(input.selecting(positions, shape: input.shape))]
  }

  private func checkRank(_ rank: Int) throws {
    guard rank >= 2 else { throw OperatorError(.invalidShape, "input has rank \(rank), but needs 2 or more") }
  }
}
