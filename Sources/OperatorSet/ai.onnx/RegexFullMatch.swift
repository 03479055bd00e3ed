import GraphIR
import TensorCore

/// # RegexFullMatch
///
/// Which strings match a regular expression as a whole.
///
///     Y[i] = whether pattern matches all of X[i]
///
/// - Inputs: `X` (T1): strings of any shape.
/// - Outputs: `Y` (T2): the shape of X.
/// - Attributes: `pattern`: the expression, in the syntax of RE2.
/// - Types: T1 is string, T2 is bool.
/// - Errors: a pattern that is missing, that RE2 does not allow, or whose program is too large.
/// - Versions: 20.
/// - Source: onnx/defs/text/defs.cc; github.com/google/re2/wiki/Syntax.
/// - Notes: TSN-0041: the time is linear in the length of a string; limits on patterns.
struct RegexFullMatch: Operator {
  private static let version20 = OperatorVersion(
    since: 20,
    inputs: [.single("X", "T1")],
    outputs: [.single("Y", "T2")],
    attributes: [.optional("pattern", .string)],
    types: ["T1": .string, "T2": .tensors(.bool)])
  static let schema = OperatorSchema("RegexFullMatch", versions: [version20])

  var rounding: Rounding { .none }

  let expression: RegularExpression

  init(_ node: NodeAttributes) throws {
    guard let pattern = node.optionalString("pattern") else {
      throw OperatorError(.invalidAttribute, "attribute 'pattern' is missing: there is nothing to match")
    }
    expression = try RegularExpression(pattern)
  }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    [.tensor(.bool, try inputs.required(0).dims)]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let X = try inputs.tensor(0)
    let Y = try X.strings.map(expression.matches)
    return [.tensor(Tensor(bools: Y, shape: X.shape))]
  }
}
