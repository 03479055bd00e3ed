/// What a rewriting promises of the values that a model gives, for every input that it takes. Where the model fails,
/// the rewritten one may give values: what is left out can no longer fail.
public enum Promise: Int, Comparable, CaseIterable, Sendable {
  /// Every bit stays: NaN, zeros of both signs, infinities and subnormals included.
  case sameBits
  /// Values stay within what rounding explains, since the same is computed in another order.
  case withinRounding
  /// Some values change.
  case otherValues

  /// As in a sentence: same bits.
  public var words: String {
    switch self {
    case .sameBits: "same bits"
    case .withinRounding: "within rounding"
    case .otherValues: "other values"
    }
  }

  public static func < (a: Promise, b: Promise) -> Bool { a.rawValue < b.rawValue }
}
