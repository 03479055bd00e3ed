import GraphIR
import TensorCore

/// # Normalizer
///
/// Each row divided by its norm; a row whose norm is 0 stays as it is.
///
///     Y[n, c] = X[n, c] / norm(X[n])      MAX: max x,  L1: Σ |x|,  L2: √Σ x²
///
/// - Inputs: `X` (T): [N, C], or [C] for one row.
/// - Outputs: `Y` (tensor(float)): the shape of `X`.
/// - Attributes: `norm` (default MAX): MAX, L1 or L2.
/// - Types: T is float, double, int32 or int64.
/// - Errors: another rank.
/// - Versions: 1.
/// - Source: onnx/defs/traditionalml/defs.cc.
/// - Notes: TSN-0049 (MAX is the largest number, not magnitude; L1 and L2 are the norms of those names,
///   though the formulas are written for numbers that are not negative).
package struct Normalizer: HasOtherReadings {
  private static let version1 = OperatorVersion(
    since: 1, inputs: [.single("X", "T")], outputs: [.single("Y", "tensor(float)")],
    attributes: [.string("norm", "MAX")], types: ["T": .indices | .tensors(.double, .float)])
  package static let schema = OperatorSchema("Normalizer", domain: "ai.onnx.ml", versions: [version1])

  enum Norm: String, CaseIterable, Sendable {
    case max = "MAX"
    case l1 = "L1"
    case l2 = "L2"

    func callAsFunction(_ row: ArraySlice<Double>) throws -> Double {
      switch self {
      case .max: row.max() ?? 0
      case .l1: try row.map(\.magnitude)[...].wideSum()
      case .l2: try row.wideSumOfSquares().squareRoot()
      }
    }
  }

  let norm: Norm
  /// Whether L1 and L2 are as the formulas are written: X / Σ x, and √(X² / Σ x²) without signs.
  var readsFormulas = false

  package init(_ node: NodeAttributes) throws { norm = try node.choice("norm") }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    [.tensor(.float, try inputs.required(0).dims)]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let input = try inputs.tensor(0)
    let X = try FeatureRows(input)
    let Y = try (0..<X.rows).flatMap(spending: X.features) { n in
      let row = X.row(n)
      let divisor = readsFormulas && norm == .l1 ? try row.wideSum() : try norm(row)
      return row.map { x in
        let value = divisor == 0 ? x : x / divisor
        return readsFormulas && norm == .l2 && divisor != 0 ? value.magnitude : value
      }
    }
    return [.tensor(Tensor(.float, shape: input.shape, rounding: Y))]
  }

  package var otherReadings: [(note: String, definition: Normalizer)] {
    var other = self
    other.readsFormulas = true
    return [("TSN-0049", other)]
  }
}
