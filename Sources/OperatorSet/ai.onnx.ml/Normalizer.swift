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
/// - Notes: MAX is the largest number, not magnitude, as the text says and ONNX Runtime does. For L1 the text
///   has Σ x, but ONNX's reference and ONNX Runtime sum magnitudes.
struct Normalizer: Operator {
  private static let version1 = OperatorVersion(
    since: 1, inputs: [.single("X", "T")], outputs: [.single("Y", "tensor(float)")],
    attributes: [.string("norm", "MAX")], types: ["T": .indices | .tensors(.double, .float)])
  static let schema = OperatorSchema("Normalizer", domain: "ai.onnx.ml", versions: [version1])

  enum Norm: String, CaseIterable, Sendable {
    case max = "MAX"
    case l1 = "L1"
    case l2 = "L2"

    func callAsFunction(_ row: ArraySlice<Double>) -> Double {
      switch self {
      case .max: row.max() ?? 0
      case .l1: row.map(\.magnitude)[...].wideSum()
      case .l2: row.wideSumOfSquares().squareRoot()
      }
    }
  }

  let norm: Norm

  init(_ node: NodeAttributes) throws { norm = try node.choice("norm") }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    [.tensor(.float, try inputs.required(0).dims)]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let input = try inputs.tensor(0)
    let X = try FeatureRows(input)
    let Y = (0..<X.rows).flatMap { n in
      let divisor = norm(X.row(n))
      return X.row(n).map { divisor == 0 ? $0 : $0 / divisor }
    }
    return [.tensor(Tensor(.float, shape: input.shape, rounding: Y))]
  }
}
