import GraphIR
import TensorCore

/// # LinearClassifier
///
/// Scores that are linear in the features; the class with the largest score wins.
///
///     score[n, e] = Σ_c coefficients[e, c] · X[n, c] + intercepts[e]
///     Y = label of the largest score,  Z = post_transform(score)
///
/// With two labels and one row of coefficients, the score s is that of the second label: Y is that label if s
/// > 0, and Z = [1 − s, s], or [σ(−s), σ(s)] for LOGISTIC.
///
/// - Inputs: `X` (T1): [N, C], or [C] for one row.
/// - Outputs: `Y` (T2): [N], the labels. `Z` (tensor(float)): [N, E], the scores.
/// - Attributes: `coefficients`: [E, C]. `intercepts`: [E], by default 0. `classlabels_ints` or
///   `classlabels_strings`: the labels. `post_transform` (default NONE). `multi_class`: without effect.
/// - Types: T1 is float, double, int32 or int64; T2 is int64 or string.
/// - Errors: numbers of coefficients, intercepts, labels and features that do not fit together.
/// - Versions: 1.
/// - Source: onnx/defs/traditionalml/defs.cc.
/// - Notes: TSN-0063: the text leaves the case of two labels open; it is decided as by ONNX Runtime.
package struct LinearClassifier: Operator {
  private static let version1 = OperatorVersion(
    since: 1, inputs: [.single("X", "T1")], outputs: [.single("Y", "T2"), .single("Z", "tensor(float)")],
    attributes: [
      .optional("classlabels_ints", .ints), .optional("classlabels_strings", .strings),
      .required("coefficients", .floats), .optional("intercepts", .floats), .int("multi_class", 0),
      .string("post_transform", "NONE"),
    ], types: ["T1": .indices | .tensors(.double, .float), "T2": .tensors(.int64, .string)])
  package static let schema = OperatorSchema("LinearClassifier", domain: "ai.onnx.ml", versions: [version1])

  let labels: ClassLabels
  let scores: LinearScores
  let postTransform: PostTransform

  package init(_ node: NodeAttributes) throws {
    labels = try ClassLabels(node, integers: "classlabels_ints")
    let intercepts = node.optionalFloats("intercepts") ?? []
    let rows = intercepts.isEmpty ? labels.count : intercepts.count
    scores = try LinearScores(node, rows: rows)
    postTransform = try node.choice("post_transform")
    guard rows == labels.count || (rows == 1 && labels.count == 2) else {
      throw OperatorError(
        .invalidAttribute, "intercepts holds \(rows) numbers, but there are \(labels.count) classes")
    }
  }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let rows = FeatureRows.dim(try inputs.required(0))
    return [.tensor(labels.elementType, [rows]), .tensor(.float, [rows, .value(labels.count)])]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let X = try FeatureRows(inputs.tensor(0))
    var positions: [Int] = []
    var Z: [Double] = []
    for n in 0..<X.rows {
      let row = try scores.row(X, n)
      if row.count < labels.count {
        positions.append(row[0] > 0 ? 1 : 0)
        Z += postTransform.applyToPair(row[0], isProbability: true)
      } else {
        positions.append(try extremeIndex(row, selectsLast: false) { $0 > $1 } ?? 0)
        Z += try postTransform.apply(row)
      }
    }
    return [
      .tensor(labels.tensor(at: positions)),
      .tensor(Tensor(.float, shape: [X.rows, labels.count], rounding: Z)),
    ]
  }
}

/// Several linear functions of the features.
struct LinearScores: Sendable {
  let rows: Int
  private let coefficients: [Double]
  private let intercepts: [Double]

  /// Reads `coefficients` and `intercepts` for `rows` functions.
  init(_ node: NodeAttributes, rows: Int) throws {
    self.rows = rows
    coefficients = (node.optionalFloats("coefficients") ?? []).map(Double.init)
    intercepts = (node.optionalFloats("intercepts") ?? []).map(Double.init)
    guard rows > 0, coefficients.count % rows == 0, intercepts.isEmpty || intercepts.count == rows else {
      throw OperatorError(
        .invalidAttribute,
        "\(coefficients.count) coefficients and \(intercepts.count) intercepts do not make "
          + "\(rows) scores")
    }
  }

  /// The values of all functions for row `n` of X.
  func row(_ X: FeatureRows, _ n: Int) throws -> [Double] {
    _ = try elementCount([X.rows, rows])
    guard coefficients.count / rows == X.features else {
      throw OperatorError(
        .invalidShape,
        "X has \(X.features) features, but \(coefficients.count / rows) coefficients are given for each score"
      )
    }
    return try (0..<rows).map { e in
      try dotProduct(coefficients[(e * X.features)..<((e + 1) * X.features)], X.row(n))
        + (intercepts.isEmpty ? 0 : intercepts[e])
    }
  }
}
