import GraphIR
import TensorCore

/// Squeeze and Unsqueeze: `axes` becomes an input.
///
/// - Up: 12 → 13: the attribute becomes a constant.
/// - Down: 13 → 12: constant axes become an attribute.
/// - Refused: down, axes that callers may change.
/// - Source: versions 11 and 13 of the definitions.
enum SqueezeUnsqueezeAdapter: Adapter {
  static let operators = ["Squeeze", "Unsqueeze"]
  static let adaptations = [
    Adaptation(
      since: 13, up: { try $0.moveIntsToInput("axes", 1) }, down: { try $0.moveInputToInts(1, "axes") })
  ]
}
