import GraphIR
import TensorCore

/// A function of single elements: dL/dX[i] = dL/dY[i] · f′(X[i]).
protocol DifferentiableFunction: Differentiable {
  /// f′(x). At a kink one of the subgradients, as TSN-0042 says.
  func derivative(_ x: Double) -> Double
}

extension DifferentiableFunction {
  package func inputGradients(_ node: Evaluation) throws -> [Tensor?] {
    let dX = try zip(node.dY(), node.x()).map(spending: 1) { $0 * derivative($1) }
    return [.gradient(dX, try node.inputs.tensor(0).shape)]
  }
}

/// The sign of x, 0 for 0: the derivative of |x|.
func signum(_ x: Double) -> Double { x > 0 ? 1 : x < 0 ? -1 : x }

// MARK: - Algebra

extension Abs: DifferentiableFunction {
  func derivative(_ x: Double) -> Double { signum(x) }
}

extension Neg: DifferentiableFunction {
  func derivative(_ x: Double) -> Double { -1 }
}

extension Reciprocal: DifferentiableFunction {
  func derivative(_ x: Double) -> Double { -1 / (x * x) }
}

extension Sqrt: DifferentiableFunction {
  func derivative(_ x: Double) -> Double { 0.5 / x.squareRoot() }
}

// MARK: - Steps, whose derivative is 0 wherever they have one

extension Floor: DifferentiableFunction {
  func derivative(_ x: Double) -> Double { 0 }
}

extension Ceil: DifferentiableFunction {
  func derivative(_ x: Double) -> Double { 0 }
}

extension Round: DifferentiableFunction {
  func derivative(_ x: Double) -> Double { 0 }
}

extension Sign: DifferentiableFunction {
  func derivative(_ x: Double) -> Double { 0 }
}

// MARK: - Exponential, logarithm, error function

extension Exp: DifferentiableFunction {
  func derivative(_ x: Double) -> Double { exp(x) }
}

extension Log: DifferentiableFunction {
  func derivative(_ x: Double) -> Double { 1 / x }
}

extension Erf: DifferentiableFunction {
  func derivative(_ x: Double) -> Double { 2 / Double.pi.squareRoot() * exp(-x * x) }
}

// MARK: - Trigonometric and hyperbolic functions

extension Sin: DifferentiableFunction {
  func derivative(_ x: Double) -> Double { cos(x) }
}

extension Cos: DifferentiableFunction {
  func derivative(_ x: Double) -> Double { -sin(x) }
}

extension Tan: DifferentiableFunction {
  func derivative(_ x: Double) -> Double { 1 / (cos(x) * cos(x)) }
}

extension Asin: DifferentiableFunction {
  func derivative(_ x: Double) -> Double { 1 / ((1 - x) * (1 + x)).squareRoot() }
}

extension Acos: DifferentiableFunction {
  func derivative(_ x: Double) -> Double { -1 / ((1 - x) * (1 + x)).squareRoot() }
}

extension Atan: DifferentiableFunction {
  func derivative(_ x: Double) -> Double { 1 / (1 + x * x) }
}

extension Sinh: DifferentiableFunction {
  func derivative(_ x: Double) -> Double { cosh(x) }
}

extension Cosh: DifferentiableFunction {
  func derivative(_ x: Double) -> Double { sinh(x) }
}

extension Tanh: DifferentiableFunction {
  func derivative(_ x: Double) -> Double { 1 / (cosh(x) * cosh(x)) }
}

extension Asinh: DifferentiableFunction {
  func derivative(_ x: Double) -> Double { 1 / hypot(1, x) }
}

extension Acosh: DifferentiableFunction {
  func derivative(_ x: Double) -> Double { 1 / ((x - 1).squareRoot() * (x + 1).squareRoot()) }
}

extension Atanh: DifferentiableFunction {
  func derivative(_ x: Double) -> Double { 1 / ((1 - x) * (1 + x)) }
}
