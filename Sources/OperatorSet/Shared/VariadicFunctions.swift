import GraphIR
import TensorCore

/// An operator that takes any number of tensors of one type and makes one number of those at each index.
package protocol VariadicFunction: Operator {
  /// Whether shapes may differ and are broadcast to a common one.
  var broadcasts: Bool { get }
  /// The result for tensors that have one shape; there is at least one.
  func combine(_ tensors: [Tensor], type: ElementType, shape: [Int]) throws -> Tensor
}

extension VariadicFunction {
  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let facts = try inputs.variadic()
    guard let type = facts.lazy.compactMap(\.elementType).first else { return [.unknown] }
    let dims = facts.map(\.dims)
    return [.tensor(type, broadcasts ? try broadcastDims(dims) : try equalDims(dims))]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let type = try inputs.tensor(0).elementType
    let tensors = try inputs.tensors()
    if !broadcasts { try requireEqualShapes(tensors) }
    let shape = try broadcastShape(tensors.map(\.shape))
    return [.tensor(try combine(tensors.map { $0.broadcast(to: shape) }, type: type, shape: shape))]
  }
}

/// A variadic operator that goes through its inputs from first to last: y = f(… f(f(x0, x1), x2) …).
package protocol FoldedFunction: VariadicFunction {
  /// f(a, b).
  func value<W: WideNumber>(_ a: W, _ b: W) -> W
}

extension FoldedFunction {
  package func combine(_ tensors: [Tensor], type: ElementType, shape: [Int]) throws -> Tensor {
    try type.inWideNumbers(FoldElements(function: self, tensors: tensors, type: type, shape: shape))
  }
}

private struct FoldElements<Function: FoldedFunction>: WideBody {
  let function: Function
  let tensors: [Tensor]
  let type: ElementType
  let shape: [Int]
  func run<W: WideNumber>(_: W.Type) throws -> Tensor {
    var y = tensors.first.map(W.elements) ?? []
    for tensor in tensors.dropFirst() {
      try W.elements(of: tensor).enumerated().forEach(spending: 1) { i, x in
        y[i] = function.value(y[i], x)
      }
    }
    return Tensor(type, shape: shape, wide: y)
  }
}

/// A variadic operator on floating tensors, defined by the sum of the numbers at each index.
package protocol SummedFunction: VariadicFunction {
  /// The result, given the sum of `count` numbers.
  func value(sum: Double, count: Int) -> Double
}

extension SummedFunction {
  package func combine(_ tensors: [Tensor], type: ElementType, shape: [Int]) throws -> Tensor {
    let x = tensors.map { $0.doubles() }
    let y = try (0..<(x.first?.count ?? 0)).map(spending: x.count) { i -> Double in
      var sum = CompensatedSum(x[0][i])
      for k in x.indices.dropFirst() { sum.add(x[k][i]) }
      return value(sum: sum.value, count: x.count)
    }
    return Tensor(type, shape: shape, rounding: y)
  }
}
