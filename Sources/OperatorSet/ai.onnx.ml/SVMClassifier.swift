import GraphIR
import TensorCore

/// # SVMClassifier
///
/// A support vector machine: each pair of classes has a decision function and casts a vote by its sign.
///
///     s[i, j] = Σ coefficients · kernel(X[n], support vector) + rho[i, j]      i < j, over the vectors of i
///     and j Y = label of the class with the most votes; s[i, j] > 0 is a vote for i, otherwise for j
///
/// Z holds the s of all pairs, for two classes [−s, s]; with `prob_a` and `prob_b` the probability of each
/// class, which pairwise coupling makes of 1 / (1 + exp(prob_a · s + prob_b)). Without support vectors the
/// machine is linear: Z[e] = Σ_c coefficients[e, c] · X[n, c] + rho[0], and the largest wins.
///
/// - Inputs: `X` (T1): [N, C], or [C] for one row.
/// - Outputs: `Y` (T2): [N], the labels. `Z` (tensor(float)): [N, E], scores or probabilities.
/// - Attributes: `kernel_type` (default LINEAR): LINEAR a·b, POLY (γ a·b + c)^d, RBF exp(−γ|a − b|²), SIGMOID
///   tanh(γ a·b + c). `kernel_params`: γ, c, d, by default 0. `support_vectors`, `vectors_per_class`: the
///   vectors, class after class. `coefficients`: [classes − 1, vectors]. `rho`, `prob_a`, `prob_b`: one for
///   each pair. `classlabels_ints` or `classlabels_strings`: the labels. `post_transform` (default NONE).
/// - Types: T1 is float, double, int32 or int64; T2 is int64 or string.
/// - Errors: attributes whose lengths do not fit together; features that X lacks.
/// - Versions: 1.
/// - Source: onnx/defs/traditionalml/defs.cc; Wu, Lin, Weng, "Probability estimates for multi-class
///   classification by pairwise coupling", 2004; libsvm's layout of coefficients.
/// - Notes: TSN-0063: the text does not say what Z holds, nor how two classes are written; decided as by ONNX
///   Runtime.
package struct SVMClassifier: Operator {
  private static let version1 = OperatorVersion(
    since: 1, inputs: [.single("X", "T1")], outputs: [.single("Y", "T2"), .single("Z", "tensor(float)")],
    attributes: [
      .optional("classlabels_ints", .ints), .optional("classlabels_strings", .strings),
      .optional("coefficients", .floats), .optional("kernel_params", .floats),
      .string("kernel_type", "LINEAR"), .string("post_transform", "NONE"), .optional("prob_a", .floats),
      .optional("prob_b", .floats), .optional("rho", .floats), .optional("support_vectors", .floats),
      .optional("vectors_per_class", .ints),
    ], types: ["T1": .indices | .tensors(.double, .float), "T2": .tensors(.int64, .string)])
  package static let schema = OperatorSchema("SVMClassifier", domain: "ai.onnx.ml", versions: [version1])

  let labels: ClassLabels
  let machine: SVMDecisions
  let postTransform: PostTransform

  package init(_ node: NodeAttributes) throws {
    labels = try ClassLabels(node, integers: "classlabels_ints")
    machine = try SVMDecisions(node, classes: labels.count)
    postTransform = try node.choice("post_transform")
  }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let rows = FeatureRows.dim(try inputs.required(0))
    return [.tensor(labels.elementType, [rows]), .tensor(.float, [rows, .value(machine.scoreCount)])]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let X = try FeatureRows(inputs.tensor(0))
    var positions: [Int] = []
    var Z: [Double] = []
    for n in 0..<X.rows {
      let scores = try machine.scores(X, n)
      positions.append(try machine.winner(scores))
      if let probabilities = try machine.probabilities(scores) {
        Z += try postTransform.apply(probabilities)
      } else if machine.isPair {
        Z += postTransform.applyToPair(scores[0], isProbability: postTransform != .none)
      } else {
        Z += try postTransform.apply(scores)
      }
    }
    return [
      .tensor(labels.tensor(at: positions)),
      .tensor(Tensor(.float, shape: [X.rows, machine.scoreCount], rounding: Z)),
    ]
  }
}

/// The decision functions of a classifying support vector machine.
struct SVMDecisions: Sendable {
  private let classes: Int
  private let vectors: SupportVectors?
  /// The position of the first vector of each class, and at the end their number.
  private let starts: [Int]
  private let coefficients: [Double]
  private let rho: [Double]
  private let probA: [Double]
  private let probB: [Double]

  init(_ node: NodeAttributes, classes: Int) throws {
    self.classes = classes
    func floats(_ name: String) -> [Double] { (node.optionalFloats(name) ?? []).map(Double.init) }
    coefficients = floats("coefficients")
    rho = floats("rho")
    (probA, probB) = (floats("prob_a"), floats("prob_b"))
    let counts = node.optionalInts("vectors_per_class") ?? []
    guard counts.allSatisfy({ $0 >= 0 && $0 < 1 << 31 }) else {
      throw OperatorError(.invalidAttribute, "vectors_per_class \(counts) must hold counts")
    }
    starts = counts.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1) }
    let total = starts.last ?? 0
    vectors = total > 0 ? try SupportVectors(node, count: total) : nil
    let pairs = classes * (classes - 1) / 2
    let fits =
      total == 0
      ? rho.count >= 1 && coefficients.count % classes == 0
      : counts.count == classes && rho.count >= pairs && coefficients.count >= (classes - 1) * total
        && probA.count == probB.count && (probA.isEmpty || probA.count >= pairs)
    guard fits else {
      throw OperatorError(
        .invalidAttribute,
        "\(coefficients.count) coefficients, \(rho.count) rho and \(probA.count) prob_a do not "
          + "make a machine of \(total) vectors for \(classes) classes")
    }
  }

  /// Whether one decision function tells two classes apart, without probabilities.
  var isPair: Bool { vectors != nil && classes == 2 && probA.isEmpty }

  /// The numbers that Z holds for one row.
  var scoreCount: Int {
    vectors == nil || !probA.isEmpty || classes <= 2 ? classes : classes * (classes - 1) / 2
  }

  /// The decision of each pair of classes for row `n`; of each class where the machine is linear.
  func scores(_ X: FeatureRows, _ n: Int) throws -> [Double] {
    guard let vectors else { return try linearScores(X, n) }
    let kernels = try vectors.kernels(X, n)
    var scores: [Double] = []
    var work = Work()
    for i in 0..<classes {
      for j in (i + 1)..<max(classes, i + 1) {
        try work.spend(starts[i + 1] - starts[i] + starts[j + 1] - starts[j])
        var sum = CompensatedSum(rho[scores.count])
        for k in starts[i]..<starts[i + 1] { sum.add(coefficients[(j - 1) * vectors.count + k], kernels[k]) }
        for k in starts[j]..<starts[j + 1] { sum.add(coefficients[i * vectors.count + k], kernels[k]) }
        scores.append(sum.value)
      }
    }
    return scores
  }

  private func linearScores(_ X: FeatureRows, _ n: Int) throws -> [Double] {
    let features = coefficients.count / classes
    guard X.features == features else {
      throw OperatorError(
        .invalidShape, "X has \(X.features) features, but there are coefficients for \(features)")
    }
    return try (0..<classes).map {
      try dotProduct(coefficients[($0 * features)..<(($0 + 1) * features)], X.row(n)) + rho[0]
    }
  }

  /// The class with the most votes, or for a linear machine with the largest score; of equals the first.
  func winner(_ scores: [Double]) throws -> Int {
    try Work.spend(scores.count)
    guard vectors != nil else {
      let winner = try extremeIndex(scores, selectsLast: false) { $0 > $1 } ?? 0
      guard classes == 2 else { return winner }
      // Of two classes the second wins already by a score that is large enough.
      let isPositive = coefficients.allSatisfy { $0 >= 0 }
      return scores[winner] >= 0.5 && isPositive || scores[winner] > 0 && !isPositive ? 1 : winner
    }
    var votes = [Int64](repeating: 0, count: classes)
    var pair = 0
    for i in 0..<classes {
      for j in (i + 1)..<max(classes, i + 1) {
        votes[scores[pair] > 0 ? i : j] += 1
        pair += 1
      }
    }
    return try extremeIndex(votes, selectsLast: false) { $0 > $1 } ?? 0
  }

  /// The probability of each class, where the machine was trained for them.
  func probabilities(_ scores: [Double]) throws -> [Double]? {
    guard vectors != nil, !probA.isEmpty else { return nil }
    try Work.spend(classes * classes)
    var r = [[Double]](repeating: [Double](repeating: 0, count: classes), count: classes)
    var pair = 0
    for i in 0..<classes {
      for j in (i + 1)..<max(classes, i + 1) {
        let p = logistic(-(scores[pair] * probA[pair] + probB[pair]))
        r[i][j] = min(max(p, 1e-7), 1 - 1e-7)
        r[j][i] = 1 - r[i][j]
        pair += 1
      }
    }
    return try coupledProbabilities(r)
  }
}

/// The probabilities p that fit the pairwise ones r[i][j] = p[i] / (p[i] + p[j]) best: they minimise
/// Σ (r[j][i] p[i] − r[i][j] p[j])², found by the paper's iteration with its stopping rule.
func coupledProbabilities(_ r: [[Double]]) throws -> [Double] {
  let n = r.count
  var p = [Double](repeating: 1 / Double(n), count: n)
  var Q = [[Double]](repeating: p, count: n)
  for i in 0..<n {
    Q[i][i] = 0
    for j in 0..<n where j != i {
      Q[i][j] = -r[j][i] * r[i][j]
      Q[i][i] += r[j][i] * r[j][i]
    }
  }
  for _ in 0..<100 {
    try Work.spend(n * n)
    var Qp: [Double] = try Q.map { try dotProduct($0[...], p[...]) }
    var pQp: Double = try dotProduct(p[...], Qp[...])
    if Qp.allSatisfy({ abs($0 - pQp) < 0.005 / Double(n) }) { break }
    for i in 0..<n {
      let step: Double = (pQp - Qp[i]) / Q[i][i]
      let scale = 1 + step
      p[i] += step
      pQp = (pQp + step * (step * Q[i][i] + 2 * Qp[i])) / (scale * scale)
      for j in 0..<n {
        Qp[j] = (Qp[j] + step * Q[i][j]) / scale
        p[j] /= scale
      }
    }
  }
  return p
}
