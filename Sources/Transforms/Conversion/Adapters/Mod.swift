import GraphIR
import TensorCore

/// Mod: in 13 floating numbers need `fmod` 1, from 28 on they do not.
///
/// - Refused: down, 28 → 27: `fmod` 0 where A is floating or of a type that is not known.
/// - Source: versions 13 and 28 of the definition.
enum ModAdapter: Adapter {
  static let operators = ["Mod"]
  static let adaptations = [Adaptation(since: 28, down: checkType)]

  private static func checkType(_ node: inout NodeConversion) throws {
    guard try node.int("fmod") == 0 else { return }
    let type = try node.elementType(0, for: "decides whether fmod may be 0")
    guard !type.isFloating else { throw Refusal("A is \(type), which needs fmod 1 before 28") }
  }
}
