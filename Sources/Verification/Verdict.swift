/// What a rewritten model does with the values that the first one gives, as far as it was tried.
public enum RewriteVerdict: String, Sendable, Codable, Comparable {
  /// Every bit of every output is the same.
  case sameBits = "same-bits"
  /// What differs is explained by rounding.
  case withinRounding = "within-rounding"
  /// Something differs that rounding does not explain.
  case different

  private var rank: Int {
    switch self {
    case .sameBits: 0
    case .withinRounding: 1
    case .different: 2
    }
  }

  public static func < (a: Self, b: Self) -> Bool { a.rank < b.rank }
}

/// One thing that a rewritten model does otherwise.
public struct RewriteDifference: Sendable, Codable {
  /// The output or inner value; empty where the models themselves differ.
  public let value: String
  /// The inputs with which it was seen, in words.
  public let trial: String
  public let description: String
}

/// What a verification found.
public struct RewriteReport: Sendable, Codable {
  public internal(set) var verdict = RewriteVerdict.sameBits
  /// Why the verdict is `different`, one line for each output and trial.
  public internal(set) var differences: [RewriteDifference] = []
  /// The first value, in the order of the first model's nodes, that both models name and that differs; the node that
  /// gives it in the rewritten model.
  public internal(set) var firstDifference: RewriteDifference?
  /// Whether nothing but signs of zeros has differed so far.
  var isZeroSignsOnly = true
  /// Trials that the first model ran.
  public internal(set) var trials = 0
  /// Trials that the first model refuses itself, or that take it far longer than others.
  public internal(set) var refusedTrials = 0
  /// The largest distance that rounding explains, relative to what rounding may do.
  public internal(set) var largestShare = 0.0
}
