import Conformance

/// When a value counts as near enough to the reference's.
public struct Criterion: Sendable, Codable {
  public var reading = ToleranceReading.onnx
  public var tolerance = Tolerance.onnx
  /// What `ulp` allows, in units in the last place.
  public var ulps: UInt64 = 4

  public init() {}
}
