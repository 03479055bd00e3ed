import GraphIR
import TensorCore

/// # BitwiseNot
///
/// Each integer with all its bits turned over.
///
///     Y[i] = not X[i]      bit by bit
///
/// - Inputs: `X` (T): any shape.
/// - Outputs: `Y` (T): the shape of `X`.
/// - Attributes: none.
/// - Types: T is any integer.
/// - Errors: none.
/// - Versions: 18.
/// - Source: onnx/defs/logical/defs.cc.
/// - Notes: none.
struct BitwiseNot: Operator {
  private static let version18 = OperatorVersion(
    since: 18,
    inputs: [.single("X", "T")],
    outputs: [.single("Y", "T")],
    types: ["T": .integers])
  static let schema = OperatorSchema("BitwiseNot", versions: [version18])

  var rounding: Rounding { .none }

  init(_ node: NodeAttributes) throws {}

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    [Fact(try inputs.required(0).type)]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let X = try inputs.tensor(0)
    return [
      .tensor(Tensor(X.elementType, shape: X.shape, wrapping: try X.integers().map(spending: 1) { ~$0 }))
    ]
  }
}
