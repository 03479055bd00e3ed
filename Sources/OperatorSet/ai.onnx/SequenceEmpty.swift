import GraphIR
import TensorCore

/// # SequenceEmpty
///
/// A sequence without tensors.
///
///     output = []
///
/// - Inputs: none.
/// - Outputs: `output` (S).
/// - Attributes: `dtype`: the element type of the tensors that it might hold, by default float.
/// - Types: S is any sequence of tensors.
/// - Errors: a `dtype` that is no element type.
/// - Versions: 11.
/// - Source: onnx/defs/sequence/defs.cc.
/// - Notes: none.
struct SequenceEmpty: Operator {
  private static let version11 = OperatorVersion(
    since: 11,
    inputs: [],
    outputs: [.single("output", "S")],
    attributes: [.optional("dtype", .int)],
    types: ["S": .allSequences(ir: 3)])
  static let schema = OperatorSchema("SequenceEmpty", versions: [version11])

  var rounding: Rounding { .none }

  let dtype: ElementType

  init(_ node: NodeAttributes) throws {
    dtype = node.has("dtype") ? try node.elementType("dtype") : .float
  }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    [Fact(.sequence(.tensor(dtype, nil)))]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    [.sequence([], of: .tensor(dtype, nil))]
  }
}
