import GraphIR
import TensorCore

/// # Not
///
/// The negation of each element.
///
///     Y[i] = not X[i]
///
/// - Inputs: `X` (T): any shape.
/// - Outputs: `Y` (T): the shape of `X`.
/// - Attributes: none.
/// - Types: T is bool.
/// - Errors: none.
/// - Versions: 1.
/// - Source: onnx/defs/logical/defs.cc.
/// - Notes: none.
package struct Not: Operator {
  private static let version1 = OperatorVersion(
    since: 1,
    inputs: [.single("X", "T")],
    outputs: [.single("Y", "T")],
    types: ["T": .bool])
  package static let schema = OperatorSchema("Not", versions: [version1])

  package var rounding: Rounding { .none }

  package init(_ node: NodeAttributes) throws {}

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    [Fact(try inputs.required(0).type)]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let X = try inputs.tensor(0)
    return [.tensor(Tensor(bools: try X.bools().map(spending: 1) { !$0 }, shape: X.shape))]
  }
}
