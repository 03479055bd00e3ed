import Oracle
import TensorCore

/// Whether rounding explains how a value of the rewritten model differs.
struct RewriteJudgement {
  /// How far the worst element is, relative to what rounding may do; at most 1 where it is explained.
  private(set) var share = 0.0
  /// Whether nothing but the signs of zeros differs.
  private(set) var isZeroSignsOnly = true
  /// Whether nothing but numbers differs: no types, no shapes.
  private(set) var isOfNumbers = true
  private(set) var words = ""

  var isExplained: Bool { share <= 1 }

  /// - Parameters:
  ///   - noisy: what the first model gives with noise; nil where such a run gave nothing.
  ///   - freeUlps: units in the last place that are explained in any case, in a tensor that noise reaches.
  init(_ got: Value?, _ want: Value?, _ noisy: [Value?], freeUlps: Double) {
    switch (got, want) {
    case (.tensor(let got)?, .tensor(let want)?)
    where got.elementType == want.elementType && got.shape == want.shape
      && want.elementType.arithmetic != .complex
      && want.elementType != .string:
      let noise = noisy.compactMap { value -> [Double]? in
        guard case .tensor(let tensor)? = value, tensor.shape == want.shape else { return nil }
        return tensor.doubles()
      }
      judge(got, want, Noise(noise, around: want.doubles()), freeUlps)
    case (.sequence(let got, _)?, .sequence(let want, _)?) where got.count == want.count:
      for index in got.indices {
        let inner = noisy.map { value -> Value? in
          guard case .sequence(let values, _)? = value, index < values.count else { return nil }
          return values[index]
        }
        take(RewriteJudgement(got[index], want[index], inner, freeUlps: freeUlps))
      }
    case (.optional(let got?, _)?, .optional(let want?, _)?):
      let inner = noisy.map { value -> Value? in
        guard case .optional(let value, _)? = value else { return nil }
        return value
      }
      take(RewriteJudgement(got, want, inner, freeUlps: freeUlps))
    default:
      guard got.map(ValueBits.init) != want.map(ValueBits.init) else { return }
      refuse("\(Self.text(got)) instead of \(Self.text(want))")
    }
  }

  private static func text(_ value: Value?) -> String { value.map { "\($0.type)" } ?? "nothing" }

  private mutating func refuse(_ words: String) {
    (share, isZeroSignsOnly, isOfNumbers, self.words) = (.infinity, false, false, words)
  }

  private mutating func take(_ other: RewriteJudgement) {
    isZeroSignsOnly = isZeroSignsOnly && other.isZeroSignsOnly
    isOfNumbers = isOfNumbers && other.isOfNumbers
    if other.share > share { (share, words) = (other.share, other.words) }
  }

  private mutating func judge(_ got: Tensor, _ want: Tensor, _ noise: Noise, _ freeUlps: Double) {
    let (a, b) = (got.doubles(), want.doubles())
    let isRounded = want.elementType.isFloating && noise.movesAnything
    let ulps = isRounded ? 2 * freeUlps * want.elementType.unitRoundoff : 0
    for index in a.indices {
      if a[index] == b[index] || (a[index].isNaN && b[index].isNaN) { continue }
      isZeroSignsOnly = false
      let bound = noise.size(at: index) + ulps * max(abs(b[index]), want.elementType.smallestNormal)
      let distance = abs(a[index] - b[index])
      let part =
        distance.isFinite
        ? (bound > 0 ? distance / bound : .infinity) : noise.isWild(at: index) ? 1 : .infinity
      guard part > share else { continue }
      share = part
      words =
        "element \(index) of \(want.elementType)\(want.shape) is \(a[index]) instead of \(b[index])"
        + (bound > 0 ? ", of which rounding explains \(bound)" : "")
    }
  }
}

/// How far noise moves the elements of a tensor. What one element may move is no excuse for its neighbours:
/// beside a number of 10³⁰ all others would be explained.
private struct Noise {
  private var largest: [Double]
  private var wild: Set<Int> = []
  private(set) var movesAnything = false

  init(_ runs: [[Double]], around center: [Double]) {
    largest = Array(repeating: 0, count: center.count)
    for run in runs {
      for (index, value) in run.enumerated() where value != center[index] {
        if value.isNaN && center[index].isNaN { continue }
        movesAnything = true
        let distance = abs(value - center[index])
        if distance.isFinite {
          largest[index] = max(largest[index], distance)
        } else {
          wild.insert(index)
        }
      }
    }
  }

  func size(at index: Int) -> Double { largest[index] }

  /// Whether noise makes the element finite or takes it out of the finite.
  func isWild(at index: Int) -> Bool { wild.contains(index) }
}
