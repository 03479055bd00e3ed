import GraphIR
import TensorCore

/// What the operators of ai.onnx.ml do with scores at the end.
enum PostTransform: String, CaseIterable, Sendable {
  case none = "NONE"
  case softmax = "SOFTMAX"
  case logistic = "LOGISTIC"
  case softmaxZero = "SOFTMAX_ZERO"
  case probit = "PROBIT"

  /// The scores of one row, transformed; a single score too (TSN-0045).
  func apply(_ scores: [Double]) throws -> [Double] {
    try Work.spend(scores.count)
    switch self {
    case .none: return scores
    case .probit: return scores.map(standardNormalQuantile)
    case .logistic: return scores.map(OperatorSet.logistic)
    case .softmax:
      let logSum = try scores[...].logSumExp()
      return scores.map { exp($0 - logSum) }
    case .softmaxZero:
      // Scores of zero stay zero and do not count.
      let others = scores.filter { $0.magnitude > 1e-7 }
      let logSum = try others[...].logSumExp()
      return scores.map { $0.magnitude > 1e-7 ? exp($0 - logSum) : 0 }
    }
  }

  /// The scores of two classes of which only the score `s` of the second is known: 1 − s and s for a
  /// probability, −s and s for a margin.
  func applyToPair(_ s: Double, isProbability: Bool) -> [Double] {
    switch self {
    case .logistic: [OperatorSet.logistic(-s), OperatorSet.logistic(s)]
    case .probit: [1 - s, s].map(standardNormalQuantile)
    default: isProbability ? [1 - s, s] : [-s, s]
    }
  }
}

/// An operator of ai.onnx.ml that transforms the scores of its targets. A single one is transformed too,
/// since the text has no exception; other runtimes leave it (TSN-0045).
protocol TransformsTargets: HasOtherReadings {
  var postTransform: PostTransform { get }
  /// Whether a single score stays as it is but for PROBIT: the other reading.
  var leavesSingleScores: Bool { get set }
}

extension TransformsTargets {
  func transformed(_ scores: [Double]) throws -> [Double] {
    scores.count == 1 && leavesSingleScores && postTransform != .probit
      ? scores : try postTransform.apply(scores)
  }

  package var otherReadings: [(note: String, definition: Self)] {
    var other = self
    other.leavesSingleScores = true
    return [("TSN-0045", other)]
  }
}

/// The number x that a standard normal variable stays below with probability p, Φ(x) = p: −∞ at 0, ∞ at 1,
/// NaN beyond.
///
/// Halley's iteration on Φ(x) − p, from a closed approximation that is good to three digits.
///
/// Source of the start: S. Winitzki, "A handy approximation for the error function and its inverse", 2008.
func standardNormalQuantile(_ p: Double) -> Double {
  guard p > 0, p < 1 else { return p == 0 ? -.infinity : p == 1 ? .infinity : .nan }
  // Above ½ by symmetry: 1 − p is exact there, and the lower tail loses no digits.
  guard p <= 0.5 else { return -standardNormalQuantile(1 - p) }
  let a = 0.147
  let l = log(4 * p * (1 - p))
  let v = 2 / (Double.pi * a) + l / 2
  // Taken from 0, so that ½ gives 0 and not −0.
  var x = 0 - (2 * ((v * v - l / a).squareRoot() - v)).squareRoot()
  for _ in 0..<3 {
    // Near the centre both sides are taken from ½, where erf keeps the digits that erfc would lose.
    let scaled = x / 2.0.squareRoot()
    let error = p > 0.25 ? erf(scaled) / 2 - (p - 0.5) : erfc(-scaled) / 2 - p
    let step = error * (2 * Double.pi).squareRoot() * exp(x * x / 2)
    x -= step / (1 + x * step / 2)
  }
  return x
}
