import GraphIR
import TensorCore

/// How alike two rows of features are, by the kernel of a support vector machine.
struct SVMKernel: Sendable {
  enum Kind: String, CaseIterable, Sendable {
    case linear = "LINEAR"
    case polynomial = "POLY"
    case radial = "RBF"
    case sigmoid = "SIGMOID"
  }

  let kind: Kind
  private let gamma: Double
  private let coef0: Double
  private let degree: Double

  init(_ node: NodeAttributes) throws {
    kind = try node.choice("kernel_type")
    let parameters = (node.optionalFloats("kernel_params") ?? []).map(Double.init)
    guard parameters.isEmpty || parameters.count == 3 else {
      throw OperatorError(
        .invalidAttribute,
        "kernel_params holds \(parameters.count) numbers, but must hold gamma, coef0 and degree")
    }
    gamma = parameters.isEmpty ? 0 : parameters[0]
    coef0 = parameters.isEmpty ? 0 : parameters[1]
    degree = parameters.isEmpty ? 0 : parameters[2]
  }

  func callAsFunction(_ a: ArraySlice<Double>, _ b: ArraySlice<Double>) throws -> Double {
    switch kind {
    case .linear: return try dotProduct(a, b)
    case .polynomial: return pow(gamma * (try dotProduct(a, b)) + coef0, degree)
    case .sigmoid: return tanh(gamma * (try dotProduct(a, b)) + coef0)
    case .radial:
      let difference = zip(a, b).map { $0 - $1 }
      return exp(-gamma * (try difference[...].wideSumOfSquares()))
    }
  }
}

/// The support vectors of a machine, all of the same length.
struct SupportVectors: Sendable {
  let count: Int
  let features: Int
  private let values: [Double]
  let kernel: SVMKernel

  init(_ node: NodeAttributes, count: Int) throws {
    values = (node.optionalFloats("support_vectors") ?? []).map(Double.init)
    kernel = try SVMKernel(node)
    guard count > 0, !values.isEmpty, values.count % count == 0 else {
      throw OperatorError(
        .invalidAttribute, "support_vectors holds \(values.count) numbers, which are not \(count) vectors")
    }
    self.count = count
    features = values.count / count
  }

  /// The kernel of row `n` of X with each vector.
  func kernels(_ X: FeatureRows, _ n: Int) throws -> [Double] {
    guard X.features == features else {
      throw OperatorError(.invalidShape, "X has \(X.features) features, but a support vector has \(features)")
    }
    return try (0..<count).map { try kernel(X.row(n), values[($0 * features)..<(($0 + 1) * features)]) }
  }
}
