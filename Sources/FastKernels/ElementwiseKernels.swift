import Execution
import GraphIR
import OperatorSet
import TensorCore

/// Functions of single float elements, and of pairs of them after broadcasting.
enum ElementwiseKernels {
  static let all =
    [
      unary("relu.float", for: Relu.self) { _ in Rectifier() },
      unary("leakyrelu.float", for: LeakyRelu.self) { LeakyRectifier(alpha: Float($0.alpha)) },
      unary("sigmoid.float", for: Sigmoid.self) { _ in Logistic() },
      unary("hardsigmoid.float", for: HardSigmoid.self) {
        Ramp(alpha: Float($0.alpha), beta: Float($0.beta))
      },
      unary("tanh.float", for: Tanh.self) { _ in HyperbolicTangent() },
      unary("exp.float", for: Exp.self) { _ in Exponential() },
      unary("erf.float", for: Erf.self) { _ in ErrorFunction() },
      unary("neg.float", for: Neg.self) { _ in Negation() },
      unary("sqrt.float", for: Sqrt.self) { _ in SquareRoot() },
      unary("reciprocal.float", for: Reciprocal.self) { _ in Inverse() },
      Kernel("clip.float", for: Clip.self, clip),
      Kernel("sum.float", for: Sum.self, sum),
      Kernel("pow.float", for: Pow.self, pow),
    ] + [
      binary("add.float", for: Add.self, Addition()),
      binary("sub.float", for: Sub.self, Subtraction()),
      binary("mul.float", for: Mul.self, Multiplication()),
      binary("div.float", for: Div.self, Quotient()),
    ]

  private static func unary<Definition: Operator, Function: VectorFunction>(
    _ name: String, for definition: Definition.Type, _ function: @escaping @Sendable (Definition) -> Function
  ) -> Kernel {
    Kernel(name, for: definition) { definition, inputs, context in
      let x = try inputs.tensor(0)
      guard x.elementType == .float else { return nil }
      return [.tensor(map(x, function(definition), context))]
    }
  }

  private static func binary<Definition: Operator & BroadcastOperator, Function: VectorPairFunction>(
    _ name: String, for definition: Definition.Type, _ function: Function
  ) -> Kernel {
    Kernel(name, for: definition) { definition, inputs, context in
      let (a, b) = (try inputs.tensor(0), try inputs.tensor(1))
      guard a.elementType == .float, definition.legacyBroadcast == nil else { return nil }
      return [.tensor(try zip(a, b, function, context))]
    }
  }

  private static func clip(_ clip: Clip, _ inputs: Inputs<Value>, _ context: KernelContext) throws -> [Value]?
  {
    let x = try inputs.tensor(0)
    guard x.elementType == .float else { return nil }
    let low: Double? = try inputs[1] == nil ? clip.attributeBounds?.min.map(Double.init) : inputs.scalar(1)
    let high: Double? = try inputs[2] == nil ? clip.attributeBounds?.max.map(Double.init) : inputs.scalar(2)
    let bounds = (low ?? -.infinity, high ?? .infinity)
    guard !bounds.0.isNaN, !bounds.1.isNaN else { return nil }
    return [.tensor(map(x, Limits(low: Float(bounds.0), high: Float(bounds.1)), context))]
  }

  private static func sum(_ sum: Sum, _ inputs: Inputs<Value>, _ context: KernelContext) throws -> [Value]? {
    let terms = try inputs.tensors()
    // More than two terms are rounded once by the definition, but after each addition here.
    guard terms.count == 2, terms[0].elementType == .float, sum.broadcasts || terms[0].shape == terms[1].shape
    else {
      return nil
    }
    return [.tensor(try zip(terms[0], terms[1], Addition(), context))]
  }

  /// The powers that networks use: squares, cubes and square roots.
  private static func pow(_ pow: Pow, _ inputs: Inputs<Value>, _ context: KernelContext) throws -> [Value]? {
    let (x, y) = (try inputs.tensor(0), try inputs.tensor(1))
    guard x.elementType == .float, y.count == 1, y.rank <= x.rank, let exponent = y.doubles().first else {
      return nil
    }
    switch exponent {
    case 2: return [.tensor(map(x, Square(), context))]
    case 3: return [.tensor(map(x, Cube(), context))]
    default: return nil
    }
  }
}

// MARK: - The functions

private struct Rectifier: VectorFunction {
  func value(_ x: Vector) -> Vector { x.replacing(with: 0, where: x .< 0) }
}

private struct LeakyRectifier: VectorFunction {
  let alpha: Float
  func value(_ x: Vector) -> Vector { x.replacing(with: x * alpha, where: x .< 0) }
}

private struct Logistic: VectorFunction {
  func value(_ x: Vector) -> Vector { logisticFunction(x) }
}

private struct Ramp: VectorFunction {
  let alpha: Float
  let beta: Float
  func value(_ x: Vector) -> Vector { (x * alpha + beta).limited(0, 1) }
}

private struct HyperbolicTangent: VectorFunction {
  func value(_ x: Vector) -> Vector { hyperbolicTangent(x) }
}

private struct Exponential: VectorFunction {
  func value(_ x: Vector) -> Vector { exponential(x) }
}

private struct ErrorFunction: VectorFunction {
  func value(_ x: Vector) -> Vector { errorFunction(x) }
}

private struct Negation: VectorFunction {
  func value(_ x: Vector) -> Vector { x.negated }
}

private struct SquareRoot: VectorFunction {
  func value(_ x: Vector) -> Vector { x.squareRoot() }
}

private struct Inverse: VectorFunction {
  func value(_ x: Vector) -> Vector { 1 / x }
}

private struct Square: VectorFunction {
  func value(_ x: Vector) -> Vector { x * x }
}

private struct Cube: VectorFunction {
  /// In double: rounded twice to floats, a cube beside the largest number would be infinite.
  func value(_ x: Vector) -> Vector {
    let x = SIMD8<Double>(x)
    return Vector(x * x * x)
  }
}

private struct Limits: VectorFunction {
  let low: Float
  let high: Float
  func value(_ x: Vector) -> Vector { x.limited(low, high) }
}

private struct Addition: VectorPairFunction {
  func value(_ a: Vector, _ b: Vector) -> Vector { a + b }
}

private struct Subtraction: VectorPairFunction {
  func value(_ a: Vector, _ b: Vector) -> Vector { a - b }
}

private struct Multiplication: VectorPairFunction {
  func value(_ a: Vector, _ b: Vector) -> Vector { a * b }
}

private struct Quotient: VectorPairFunction {
  func value(_ a: Vector, _ b: Vector) -> Vector { a / b }
}
