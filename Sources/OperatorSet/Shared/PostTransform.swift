import GraphIR
import TensorCore

/// What the operators of ai.onnx.ml do with scores at the end.
enum PostTransform: String, CaseIterable, Sendable {
  case none = "NONE"
  case softmax = "SOFTMAX"
  case logistic = "LOGISTIC"
  case softmaxZero = "SOFTMAX_ZERO"
  case probit = "PROBIT"

  /// The scores of one row, transformed. A single score is changed by PROBIT only, as ONNX Runtime does.
  func apply(_ scores: [Double]) -> [Double] {
    switch self {
    case .probit: return scores.map(Self.probit)
    case _ where scores.count == 1: return scores
    case .none: return scores
    case .logistic: return scores.map(Self.logistic)
    case .softmax:
      let logSum = scores[...].logSumExp()
      return scores.map { exp($0 - logSum) }
    case .softmaxZero:
      // Scores of zero stay zero and do not count.
      let others = scores.filter { $0.magnitude > 1e-7 }
      let logSum = others[...].logSumExp()
      return scores.map { $0.magnitude > 1e-7 ? exp($0 - logSum) : 0 }
    }
  }

  /// The scores of two classes of which only the score `s` of the second is known: 1 − s and s for a
  /// probability, −s and s for a margin.
  func applyToPair(_ s: Double, isProbability: Bool) -> [Double] {
    switch self {
    case .logistic: [Self.logistic(-s), Self.logistic(s)]
    case .probit: [1 - s, s].map(Self.probit)
    default: isProbability ? [1 - s, s] : [-s, s]
    }
  }

  /// 1 / (1 + e⁻ˣ), without overflow.
  static func logistic(_ x: Double) -> Double {
    let v = 1 / (1 + exp(-x.magnitude))
    return x < 0 ? 1 - v : v
  }

  /// √2 · erf⁻¹(2p − 1) by the closed approximation that ONNX's reference and ONNX Runtime share, which is
  /// good to three digits.
  ///
  /// Source: S. Winitzki, "A handy approximation for the error function and its inverse", 2008.
  static func probit(_ p: Double) -> Double {
    let a = 0.147
    let x = 2 * p - 1
    let l = log((1 - x) * (1 + x))
    let v = 2 / (Double.pi * a) + l / 2
    let root = ((v * v - l / a).squareRoot() - v).squareRoot()
    return 2.0.squareRoot() * (x < 0 ? -root : root)
  }
}
