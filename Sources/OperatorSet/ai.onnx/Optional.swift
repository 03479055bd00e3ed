import GraphIR
import TensorCore

/// # Optional
///
/// A value as one that may be absent, or an absent one.
///
///     output = some(input), or none of the given type
///
/// - Inputs: `input` (V), optional: the value; where it is omitted, the result is none.
/// - Outputs: `output` (O).
/// - Attributes: `type`: the type of the value; needed where `input` is omitted.
/// - Types: V is any tensor or sequence of the types of IR version 3, from 28 of all; O is an optional of it.
/// - Errors: neither `input` nor `type`; an `input` of another type than `type`.
/// - Versions: 15, 28 (every type).
/// - Source: onnx/defs/optional/defs.cc, old.cc.
/// - Notes: TSN-0034 (none is not an empty sequence). Swift's own Optional would be hidden by a type of this
///   name.
struct OptionalOperator: Operator {
  private static let version15 = OperatorVersion(
    since: 15,
    inputs: [.optional("input", "V")],
    outputs: [.single("output", "O")],
    attributes: [.optional("type", .type)],
    types: ["V": .allTensors(ir: 3) | .allSequences(ir: 3), "O": .allOptionals(ir: 3)])
  private static let version28 = version15.then(
    since: 28, "every type",
    types: ["V": .allTensors(ir: 14) | .allSequences(ir: 14), "O": .everyOptional(ir: 14)])
  static let schema = OperatorSchema("Optional", versions: [version15, version28])

  var rounding: Rounding { .none }

  let type: ValueType?

  init(_ node: NodeAttributes) throws {
    type = node.optionalType("type")
    guard type != nil || node.hasInput(0) else {
      throw OperatorError(.invalidAttribute, "attribute 'type' is needed where the input is omitted")
    }
  }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    guard let input = inputs[0] else { return [Fact(type.map(ValueType.optional))] }
    if let given = input.type { try check(given) }
    return [Fact(input.type.map(ValueType.optional))]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    if let input = inputs[0] {
      try check(input.type)
      return [.optional(input, of: input.type)]
    }
    guard let type else { throw OperatorError(.invalidAttribute, "attribute 'type' is missing") }
    return [.optional(nil, of: type)]
  }

  private func check(_ input: ValueType) throws {
    guard let type, type.withoutShape != input.withoutShape else { return }
    throw OperatorError(.invalidType, "input is \(input), but attribute 'type' says \(type)")
  }
}
