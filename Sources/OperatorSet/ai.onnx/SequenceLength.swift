import GraphIR
import TensorCore

/// # SequenceLength
///
/// The number of tensors in a sequence.
///
///     length = n for input_sequence = [t₁, …, tₙ]
///
/// - Inputs: `input_sequence` (S).
/// - Outputs: `length` (I): a scalar.
/// - Attributes: none.
/// - Types: S is any sequence of tensors, I is int64.
/// - Errors: none.
/// - Versions: 11.
/// - Source: onnx/defs/sequence/defs.cc.
/// - Notes: none.
struct SequenceLength: Operator {
  private static let version11 = OperatorVersion(
    since: 11,
    inputs: [.single("input_sequence", "S")],
    outputs: [.single("length", "I")],
    types: ["S": .allSequences(ir: 3), "I": .tensors(.int64)])
  static let schema = OperatorSchema("SequenceLength", versions: [version11])

  var rounding: Rounding { .none }

  init(_ node: NodeAttributes) throws {}

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    [.tensor(.int64, [])]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    [.tensor(Tensor(int64: [try inputs.sequence(0).values.count], shape: []))]
  }
}
