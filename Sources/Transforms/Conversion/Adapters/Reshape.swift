import GraphIR
import TensorCore

/// Reshape: `shape` becomes an input; `allowzero` comes.
///
/// - Up: 4 → 5: the attribute becomes a constant.
/// - Down: 14 → 13: `allowzero` is dropped where a constant shape has no 0. 5 → 4: a constant shape becomes
///   an attribute.
/// - Refused: down, a shape that callers may change; `allowzero` with a 0, or with a shape that callers may
///   change.
/// - Source: versions 1, 5 and 14 of the definition.
enum ReshapeAdapter: Adapter {
  static let operators = ["Reshape"]
  static let adaptations = [
    Adaptation(
      since: 5, up: { try $0.moveIntsToInput("shape", 1) }, down: { try $0.moveInputToInts(1, "shape") }),
    Adaptation(since: 14, down: dropAllowZero),
  ]

  private static func dropAllowZero(_ node: inout NodeConversion) throws {
    guard try node.int("allowzero") == 1, node.inputFact(1).integers?.contains(0) == false else { return }
    node.set("allowzero", nil)
  }
}
