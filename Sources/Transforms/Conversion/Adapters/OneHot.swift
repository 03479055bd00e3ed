import GraphIR
import OperatorSet
import TensorCore

/// OneHot: from 11 on a negative index counts from the end, before it makes a vector that is off everywhere.
///
/// - Up: 10 → 11: negative indices become `depth`, which is outside too.
/// - Down: 11 → 10: negative indices are counted from the begin; a negative axis but −1 is, too.
/// - Refused: types of indices or depth that are not known, a negative axis of a tensor whose rank is not
///   known.
/// - Source: versions 9 and 11 of the definition, TSN-0057.
enum OneHotAdapter: Adapter {
  static let operators = ["OneHot"]
  static let adaptations = [Adaptation(since: 11, up: moveOutside, down: countFromBegin)]

  private static func moveOutside(_ node: inout NodeConversion) throws {
    try replaceNegative(&node) { node, _, depth in depth }
  }

  private static func countFromBegin(_ node: inout NodeConversion) throws {
    if let axis = try node.int("axis"), axis < -1 {
      let rank = try node.rank(0, for: "a negative axis counts from")
      node.set("axis", .int(try resolveAxis(axis, rank: rank + 1)))
    }
    try replaceNegative(&node) { node, indices, depth in node.insert("Add", [indices, depth]) }
  }

  /// Puts other numbers in place of negative indices.
  private static func replaceNegative(
    _ node: inout NodeConversion, with other: (inout NodeConversion, String, String) -> String
  ) throws {
    let type = try node.elementType(0, for: "decides whether indices are negative")
    guard type.arithmetic != .unsigned, let given = node.input(0), let depth = node.input(1) else { return }
    if let known = node.inputFact(0).tensor?.doubles(), !known.contains(where: { $0 <= -1 }) { return }
    // In integers of 64 bits everything fits, and Add and Less are defined before 14.
    func whole(_ input: String) -> String {
      node.insert("Cast", [input], ["to": .int(Int(ElementType.int64.rawValue))])
    }
    let (indices, cells) = (whole(given), whole(depth))
    let isNegative = node.insert("Less", [indices, node.constant(Tensor(int64: [0], shape: []), "zero")])
    let scalar = node.insert("Reshape", [cells, node.constant([Int](), "scalar")])
    let replaced = other(&node, indices, scalar)
    node.setInput(0, node.insert("Where", [isNegative, replaced, indices]))
  }
}
