import GraphIR
import TensorCore

/// An operator of two broadcast integer inputs that works on their bits: C[i] = f(A[i], B[i]).
protocol BitFunction: Operator {
  /// f(a, b) on numbers extended to 64 bits by their sign, or by zeros; what the type has no room for is
  /// dropped from the result.
  func value(_ a: Int64, _ b: Int64, type: ElementType) -> Int64
}

extension BitFunction {
  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let (a, b) = (try inputs.required(0), try inputs.required(1))
    guard let type = a.elementType ?? b.elementType else { return [.unknown] }
    return [.tensor(type, try broadcastDims([a.dims, b.dims]))]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let (a, b) = try broadcastOperands(inputs, nil)
    let y = try zip(a.integers(), b.integers()).map(spending: 1) { value($0, $1, type: a.elementType) }
    return [.tensor(Tensor(a.elementType, shape: a.shape, wrapping: y))]
  }
}
