import GraphIR
import TensorCore

/// An operator whose derivative is known.
///
/// Gradients are tensors of `double`, so that a chain of operators is computed wide and rounded once at its
/// end.
package protocol Differentiable: Operator {
  /// dL/dx of every input x, given dL/dy of every output y, for whatever L is made of the outputs:
  /// dL/dxᵢ = Σₖ dL/dyₖ · ∂yₖ/∂xᵢ. Nil for an input that no gradient reaches: an integer, a shape, an input
  /// left out.
  func inputGradients(_ node: Evaluation) throws -> [Tensor?]
}

/// An operator that runs graphs, whose derivative is that of the runs.
package protocol DifferentiableControlFlow: Operator {
  /// The same, with the runs of the node's graphs at hand.
  func inputGradients(_ node: Evaluation, _ runs: inout BodyRuns) throws -> [Tensor?]
}

/// One evaluation of an operator that is being differentiated: what went in, and dL/d of what came out.
package struct Evaluation {
  package let inputs: Inputs<Value>
  /// Tensors of `double`; nil where L does not depend on the output. At least one is there.
  package let outputGradients: [Tensor?]
  package let context: any EvaluationContext

  package init(inputs: Inputs<Value>, outputGradients: [Tensor?], context: any EvaluationContext) {
    self.inputs = inputs
    self.outputGradients = outputGradients
    self.context = context
  }

  /// dL/d of one output, or nil where L does not depend on it.
  func gradient(_ output: Int = 0) -> Tensor? {
    output < outputGradients.count ? outputGradients[output] : nil
  }

  /// The elements of the gradient of the only differentiable output.
  func dY() throws -> [Double] {
    guard let gradient = gradient() else {
      throw OperatorError(.internalError, "the first output has no gradient")
    }
    return gradient.doubles()
  }

  /// The elements of an input.
  func x(_ index: Int = 0) throws -> [Double] { try inputs.tensor(index).doubles() }
}

extension Tensor {
  /// A gradient: a tensor of `double`.
  static func gradient(_ elements: [Double], _ shape: [Int]) -> Tensor {
    Tensor(.double, shape: shape, elements: elements)
  }

  /// The gradient of a tensor that was repeated to this one's shape: the sum over the axes along which it
  /// was.
  func summed(to shape: [Int]) throws -> Tensor {
    if shape == self.shape { return self }
    let positions = Tensor(int64: Array(0..<shape.product), shape: shape).broadcast(to: self.shape)
    return .gradient(try scatteredSum(doubles(), to: positions.ints(), count: shape.product), shape)
  }
}

/// Σ of the elements that go to each of `count` positions; those below 0 go nowhere.
func scatteredSum(_ elements: [Double], to positions: [Int], count: Int) throws -> [Double] {
  var sums = [CompensatedSum](repeating: CompensatedSum(), count: count)
  try zip(elements, positions).forEach(spending: 1) { element, position in
    if position >= 0 { sums[position].add(element) }
  }
  return sums.map(\.value)
}
