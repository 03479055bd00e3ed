import GraphIR
import TensorCore

/// # SequenceAt
///
/// One tensor of a sequence.
///
///     tensor = input_sequence[position]
///
/// - Inputs: `input_sequence` (S): n tensors. `position` (I): a scalar in −n…n−1, negative from the end.
/// - Outputs: `tensor` (T).
/// - Attributes: none.
/// - Types: T is any tensor, S a sequence of it, I is int32 or int64.
/// - Errors: `position` out of range.
/// - Versions: 11.
/// - Source: onnx/defs/sequence/defs.cc.
/// - Notes: none.
struct SequenceAt: Operator {
  private static let version11 = OperatorVersion(
    since: 11,
    inputs: [.single("input_sequence", "S"), .single("position", "I")],
    outputs: [.single("tensor", "T")],
    types: ["S": .allSequences(ir: 3), "T": .allTensors(ir: 3), "I": .indices])
  static let schema = OperatorSchema("SequenceAt", versions: [version11])

  var rounding: Rounding { .none }

  init(_ node: NodeAttributes) throws {}

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    guard case .sequence(let element)? = try inputs.required(0).type else { return [.unknown] }
    return [Fact(element)]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let (values, _) = try inputs.sequence(0)
    let position: Int64 = try inputs.scalar(1)
    return [values[try checkedIndex(Int(position), extent: values.count, name: "position")]]
  }
}
