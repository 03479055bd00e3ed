/// What became of one case.
public enum Verdict: String, Sendable, CaseIterable, Codable {
  /// Every output is as the case says, within its tolerance.
  case pass
  /// The text leaves the values open, and they lie inside the set that it allows.
  case passWithinSet = "pass-within-set"
  case wrongValue = "wrong-value"
  case wrongShape = "wrong-shape"
  case wrongType = "wrong-type"
  /// The provider refused a model or an input that it must accept.
  case rejected
  /// The provider ran what it must refuse.
  case shouldHaveRejected = "should-have-rejected"
  /// The provider says that it does not have what the model asks for.
  case unsupported
  /// Another provider than the one asked for did the work.
  case fallback
  /// The process ended while it ran the case.
  case crash
  case timeout
  /// There was nothing to try: the case holds no values.
  case skipped

  /// Whether the provider does as the specification says.
  public var isPass: Bool { self == .pass || self == .passWithinSet }
}
