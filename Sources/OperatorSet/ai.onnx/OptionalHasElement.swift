import GraphIR
import TensorCore

/// # OptionalHasElement
///
/// Whether there is a value.
///
///     output = input is given and is not none
///
/// - Inputs: `input` (O): an optional; from 18 it may be omitted, or be a tensor or sequence, which is a
///   value.
/// - Outputs: `output` (B): a scalar.
/// - Attributes: none.
/// - Types: O is an optional of a tensor or sequence, from 18 also these themselves; the types are those of
///   IR version 3, from 28 all. B is bool.
/// - Errors: none.
/// - Versions: 15, 18 (the input may be omitted, or no optional), 28 (every type).
/// - Source: onnx/defs/optional/defs.cc, old.cc.
/// - Notes: TSN-0034 (an empty sequence is a value).
struct OptionalHasElement: Operator {
  private static let version15 = OperatorVersion(
    since: 15,
    inputs: [.single("input", "O")],
    outputs: [.single("output", "B")],
    types: ["O": .allOptionals(ir: 3), "B": .bool])
  private static let version18 = version15.then(
    since: 18, "the input may be omitted, or no optional", inputs: [.optional("input", "O")],
    types: ["O": .controlFlow(ir: 3)])
  private static let version28 = version18.then(
    since: 28, "every type", types: ["O": .everyControlFlow(ir: 14)])
  static let schema = OperatorSchema("OptionalHasElement", versions: [version15, version18, version28])

  var rounding: Rounding { .none }

  init(_ node: NodeAttributes) throws {}

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    [.tensor(.bool, [])]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let hasElement =
      switch inputs[0] {
      case nil, .optional(nil, _)?: false
      default: true
      }
    return [.tensor(Tensor(bools: [hasElement], shape: []))]
  }
}
