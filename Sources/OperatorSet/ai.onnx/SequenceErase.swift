import GraphIR
import TensorCore

/// # SequenceErase
///
/// A copy of a sequence with one tensor less.
///
///     output_sequence = input_sequence[..<position] + input_sequence[position + 1...]
///
/// - Inputs: `input_sequence` (S): n tensors. `position` (I), optional: which to leave out, in −n…n−1,
///   negative from the end; by default the last.
/// - Outputs: `output_sequence` (S): n − 1 tensors.
/// - Attributes: none.
/// - Types: S is any sequence of tensors, I is int32 or int64.
/// - Errors: `position` out of range; an empty sequence.
/// - Versions: 11.
/// - Source: onnx/defs/sequence/defs.cc.
/// - Notes: none.
struct SequenceErase: Operator {
  private static let version11 = OperatorVersion(
    since: 11,
    inputs: [.single("input_sequence", "S"), .optional("position", "I")],
    outputs: [.single("output_sequence", "S")],
    types: ["S": .allSequences(ir: 3), "I": .indices])
  static let schema = OperatorSchema("SequenceErase", versions: [version11])

  var rounding: Rounding { .none }

  init(_ node: NodeAttributes) throws {}

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    [Fact(try inputs.required(0).type)]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    var (values, element) = try inputs.sequence(0)
    let position: Int64 = try inputs[1] == nil ? -1 : inputs.scalar(1)
    values.remove(at: try checkedIndex(Int(position), extent: values.count, name: "position"))
    return [.sequence(values, of: element)]
  }
}
