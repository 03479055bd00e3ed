import GraphIR
import TensorCore

/// # SequenceConstruct
///
/// A sequence of the given tensors.
///
///     output_sequence = [inputs₀, inputs₁, …]
///
/// - Inputs: `inputs` (T), variadic: tensors of one element type, of any shapes.
/// - Outputs: `output_sequence` (S).
/// - Attributes: none.
/// - Types: T is any tensor, S a sequence of it.
/// - Errors: tensors of different element types.
/// - Versions: 11.
/// - Source: onnx/defs/sequence/defs.cc.
/// - Notes: none.
struct SequenceConstruct: Operator {
  private static let version11 = OperatorVersion(
    since: 11,
    inputs: [.variadic("inputs", "T")],
    outputs: [.single("output_sequence", "S")],
    types: ["T": .allTensors(ir: 3), "S": .allSequences(ir: 3)])
  static let schema = OperatorSchema("SequenceConstruct", versions: [version11])

  var rounding: Rounding { .none }

  init(_ node: NodeAttributes) throws {}

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    var types: [ValueType] = []
    for input in try inputs.variadic() {
      guard let type = input.type else { return [.unknown] }
      types.append(type)
    }
    return [Fact(.sequence(try sharedType(types)))]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let values = try inputs.variadic()
    return [.sequence(values, of: try sharedType(values.map(\.type)))]
  }
}
