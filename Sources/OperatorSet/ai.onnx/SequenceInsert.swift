import GraphIR
import TensorCore

/// # SequenceInsert
///
/// A copy of a sequence with one tensor more.
///
///     output_sequence = input_sequence[..<position] + [tensor] + input_sequence[position...]
///
/// - Inputs: `input_sequence` (S): tensors of one type. `tensor` (T): of the same element type. `position` (I),
///   optional: where to insert, in −n…n for n elements, negative from the end; by default at the end.
/// - Outputs: `output_sequence` (S): n + 1 tensors.
/// - Attributes: none.
/// - Types: T is any tensor, S a sequence of it, I is int32 or int64.
/// - Errors: `position` out of range; a tensor of another element type than the sequence's.
/// - Versions: 11.
/// - Source: onnx/defs/sequence/defs.cc.
/// - Notes: none.
struct SequenceInsert: Operator {
  private static let version11 = OperatorVersion(
    since: 11,
    inputs: [.single("input_sequence", "S"), .single("tensor", "T"), .optional("position", "I")],
    outputs: [.single("output_sequence", "S")],
    types: ["T": .allTensors(ir: 3), "S": .allSequences(ir: 3), "I": .indices])
  static let schema = OperatorSchema("SequenceInsert", versions: [version11])

  var rounding: Rounding { .none }

  init(_ node: NodeAttributes) throws {}

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    guard case .sequence(let element)? = try inputs.required(0).type,
      let tensor = try inputs.required(1).type
    else { return [.unknown] }
    return [Fact(.sequence(try elementType(element, with: tensor)))]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let (values, element) = try inputs.sequence(0)
    let tensor = try inputs.required(1)
    let position: Int64 = try inputs[2] == nil ? Int64(values.count) : inputs.scalar(2)
    guard position >= -Int64(values.count), position <= Int64(values.count) else {
      throw OperatorError(
        .invalidValue, "position is \(position), but must lie in [-\(values.count), \(values.count)]")
    }
    var result = values
    result.insert(tensor, at: Int(position) + (position < 0 ? values.count : 0))
    try checkSize(ofSequence: result)
    return [.sequence(result, of: try elementType(element, with: tensor.type))]
  }

  /// The type that the elements share once `tensor` is among them: dims that differ are forgotten.
  private func elementType(_ element: ValueType, with tensor: ValueType) throws -> ValueType {
    guard let shared = element.union(tensor) else {
      throw OperatorError(.invalidType, "tensor is \(tensor), but the sequence holds \(element)")
    }
    return shared
  }
}
