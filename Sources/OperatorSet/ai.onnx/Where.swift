import GraphIR
import TensorCore

/// # Where
///
/// Elements of one of two tensors, as a third says, after broadcasting.
///
///     output[i] = X[i] if condition[i], else Y[i]
///
/// - Inputs: `condition` (B), `X` (T), `Y` (T): shapes that broadcast to a common one.
/// - Outputs: `output` (T): the common shape.
/// - Attributes: none.
/// - Types: B is bool; T is any type of IR version 3, from 16 also bfloat16.
/// - Errors: shapes that do not broadcast.
/// - Versions: 9, 16 (bfloat16).
/// - Source: onnx/defs/tensor/defs.cc, old.cc.
/// - Notes: none.
package struct Where: Operator {
  private static let version9 = OperatorVersion(
    since: 9,
    inputs: [.single("condition", "B"), .single("X", "T"), .single("Y", "T")],
    outputs: [.single("output", "T")],
    types: ["B": .bool, "T": .allTensors(ir: 3)])
  private static let version16 = version9.then(
    since: 16, "bfloat16", types: ["T": .allTensors(ir: 4)])
  package static let schema = OperatorSchema("Where", versions: [version9, version16])

  package var rounding: Rounding { .none }

  package init(_ node: NodeAttributes) throws {}

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let (X, Y) = (try inputs.required(1), try inputs.required(2))
    guard let type = X.elementType ?? Y.elementType else { return [.unknown] }
    return [.tensor(type, try broadcastDims([try inputs.required(0).dims, X.dims, Y.dims]))]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let (condition, X, Y) = (try inputs.tensor(0), try inputs.tensor(1), try inputs.tensor(2))
    let shape = try broadcastShape([condition.shape, X.shape, Y.shape])
    let choices = condition.broadcast(to: shape).bools()
    let both = Tensor.joining(
      [X.broadcast(to: shape), Y.broadcast(to: shape)], as: X.elementType, shape: [2 * choices.count])
    let positions = try choices.enumerated().map(spending: 1) { i, isX in isX ? i : choices.count + i }
    return [.tensor(both.selecting(positions, shape: shape))]
  }
}
