import GraphIR
import TensorCore

/// # SVMRegressor
///
/// A support vector machine that predicts a number, or tells members of one class from outliers.
///
///     Y[n] = Σₖ coefficients[k] · kernel(X[n], support_vectors[k]) + rho      one_class: its sign, 1 or −1
///
/// Without support vectors the machine is linear: Y[n] = Σ_c coefficients[c] · X[n, c] + rho.
///
/// - Inputs: `X` (T): [N, C], or [C] for one row.
/// - Outputs: `Y` (tensor(float)): [N, 1].
/// - Attributes: `kernel_type` (default LINEAR): LINEAR a·b, POLY (γ a·b + c)^d, RBF exp(−γ|a − b|²), SIGMOID
///   tanh(γ a·b + c). `kernel_params`: γ, c, d, by default 0. `support_vectors`: [n_supports, C].
///   `n_supports` (default 0). `coefficients`: one for each vector, or for each feature. `rho`: one number.
///   `one_class` (default 0): 1 asks for the sign. `post_transform` (default NONE).
/// - Types: T is float, double, int32 or int64.
/// - Errors: attributes whose lengths do not fit together; features that X lacks.
/// - Versions: 1.
/// - Source: onnx/defs/traditionalml/defs.cc.
/// - Notes: TSN-0045 (a single score is transformed too), TSN-0046 (LOGISTIC), TSN-0047 (PROBIT).
package struct SVMRegressor: TransformsTargets {
  private static let version1 = OperatorVersion(
    since: 1, inputs: [.single("X", "T")], outputs: [.single("Y", "tensor(float)")],
    attributes: [
      .optional("coefficients", .floats), .optional("kernel_params", .floats),
      .string("kernel_type", "LINEAR"), .int("n_supports", 0), .int("one_class", 0),
      .string("post_transform", "NONE"), .optional("rho", .floats), .optional("support_vectors", .floats),
    ], types: ["T": .indices | .tensors(.double, .float)])
  package static let schema = OperatorSchema("SVMRegressor", domain: "ai.onnx.ml", versions: [version1])

  let vectors: SupportVectors?
  package let coefficients: [Double]
  package let rho: Double
  package let isOneClass: Bool
  let postTransform: PostTransform
  var leavesSingleScores = false

  package init(_ node: NodeAttributes) throws {
    let count = try node.int("n_supports")
    coefficients = (node.optionalFloats("coefficients") ?? []).map(Double.init)
    vectors = count > 0 ? try SupportVectors(node, count: count) : nil
    isOneClass = try node.flag("one_class")
    postTransform = try node.choice("post_transform")
    guard let first = node.optionalFloats("rho")?.first, count <= 0 || coefficients.count == count else {
      throw OperatorError(
        .invalidAttribute,
        "rho must hold a number, and coefficients one for each of \(count) vectors, "
          + "but holds \(coefficients.count)")
    }
    rho = Double(first)
  }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    [.tensor(.float, [FeatureRows.dim(try inputs.required(0)), 1])]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let X = try FeatureRows(inputs.tensor(0))
    guard vectors != nil || X.features == coefficients.count else {
      throw OperatorError(
        .invalidShape, "X has \(X.features) features, but \(coefficients.count) coefficients are given")
    }
    let Y = try (0..<X.rows).flatMap { n in
      let terms = try vectors?.kernels(X, n)[...] ?? X.row(n)
      let score = try dotProduct(coefficients[...], terms) + rho
      return isOneClass ? [score > 0 ? 1 : -1] : try transformed([score])
    }
    return [.tensor(Tensor(.float, shape: [X.rows, 1], rounding: Y))]
  }
}
