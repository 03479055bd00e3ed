import GraphIR
import TensorCore

/// # Trilu
///
/// The upper or lower triangle of matrices, zeros elsewhere.
///
///     output[…, i, j] = (upper ? j − i ≥ k : j − i ≤ k) ? input[…, i, j] : 0
///
/// - Inputs: `input` (T): [*, N, M]. `k` (tensor(int64)), optional: the diagonal at which the triangle ends,
///   by default 0, the main one; positive ones lie above it.
/// - Outputs: `output` (T): the shape of `input`.
/// - Attributes: `upper`: 1 keeps the upper triangle, 0 the lower one.
/// - Types: T is any tensor; strings have the empty string for zero.
/// - Errors: a rank below 2; a `k` of other than one element.
/// - Versions: 14.
/// - Source: onnx/defs/tensor/defs.cc.
/// - Notes: none.
struct Trilu: Operator {
  private static let version14 = OperatorVersion(
    since: 14,
    inputs: [.single("input", "T"), .optional("k", "tensor(int64)")],
    outputs: [.single("output", "T")],
    attributes: [.int("upper", 1)],
    types: ["T": .allTensors(ir: 4)])
  static let schema = OperatorSchema("Trilu", versions: [version14])

  var rounding: Rounding { .none }

  let upper: Bool

  init(_ node: NodeAttributes) throws { upper = try node.flag("upper") }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let input = try inputs.required(0)
    if let rank = input.rank { try checkRank(rank) }
    return [Fact(input.type)]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let input = try inputs.tensor(0)
    try checkRank(input.rank)
    let k: Int64 = try inputs[1] == nil ? 0 : inputs.scalar(1)
    let (N, M) = (input.shape[input.rank - 2], input.shape[input.rank - 1])
    // Position input.count is the zero, which is laid after the input.
    let positions = try (0..<input.count).map(spending: 1) { flat in
      let distance = Int64(flat % M - flat / M % N)
      return (upper ? distance >= k : distance <= k) ? flat : input.count
    }
    let type = input.elementType
    return [.tensor(.selecting(positions, from: [input, .zero(type)], as: type, shape: input.shape))]
  }

  private func checkRank(_ rank: Int) throws {
    guard rank >= 2 else { throw OperatorError(.invalidShape, "input has rank \(rank), but needs [*, N, M]") }
  }
}
