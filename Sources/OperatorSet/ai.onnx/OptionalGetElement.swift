import GraphIR
import TensorCore

/// # OptionalGetElement
///
/// The value in an optional.
///
///     output = x for input = some(x), and input itself where it is no optional
///
/// - Inputs: `input` (O): an optional that is not none; from 18 also a tensor or sequence.
/// - Outputs: `output` (V).
/// - Attributes: none.
/// - Types: O is an optional of a tensor or sequence, from 18 also these themselves; V is such a value. The
///   types are those of IR version 3, from 28 all.
/// - Errors: none.
/// - Versions: 15, 18 (tensors and sequences pass through), 28 (every type).
/// - Source: onnx/defs/optional/defs.cc, old.cc.
/// - Notes: TSN-0034: an `input` that is none, undefined by the text, is an error.
struct OptionalGetElement: Operator {
  private static let version15 = OperatorVersion(
    since: 15,
    inputs: [.single("input", "O")],
    outputs: [.single("output", "V")],
    types: ["O": .allOptionals(ir: 3), "V": .allTensors(ir: 3) | .allSequences(ir: 3)])
  private static let version18 = version15.then(
    since: 18, "tensors and sequences pass through", types: ["O": .controlFlow(ir: 3)])
  private static let version28 = version18.then(
    since: 28, "every type",
    types: ["O": .everyControlFlow(ir: 14), "V": .allTensors(ir: 14) | .allSequences(ir: 14)])
  static let schema = OperatorSchema("OptionalGetElement", versions: [version15, version18, version28])

  var rounding: Rounding { .none }

  init(_ node: NodeAttributes) throws {}

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let type = try inputs.required(0).type
    if case .optional(let element)? = type { return [Fact(element)] }
    return [Fact(type)]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let input = try inputs.required(0)
    guard case .optional(let element, let type) = input else { return [input] }
    guard let element else {
      throw OperatorError(.invalidValue, "input is none of \(type), but must hold a value")
    }
    return [element]
  }
}
