import GraphIR
import TensorCore

/// An operator that asks something of each element of a floating tensor: Y[i] = p(X[i]), of type bool.
protocol FloatPredicate: Operator {
  /// p(x).
  func holds(_ x: Double) -> Bool
}

extension FloatPredicate {
  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    [.tensor(.bool, try inputs.required(0).dims)]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let x = try inputs.tensor(0)
    return [.tensor(Tensor(bools: try x.doubles().map(spending: 1, holds), shape: x.shape))]
  }
}
