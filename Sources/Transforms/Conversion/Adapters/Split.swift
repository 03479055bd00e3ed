import GraphIR
import OperatorSet
import TensorCore

/// Split: the extents of the parts are an input in 1, an attribute from 2 and an input again from 13 on; from
/// 18 on `num_outputs` says how many equal parts there are.
///
/// - Up: 1 → 2: a constant input becomes an attribute. 12 → 13: the attribute becomes a constant. 17 → 18:
///   where no extents are given, `num_outputs` is the number of outputs.
/// - Down: 18 → 17: `num_outputs` is left out where the parts are equal, else the extents are computed, when
///   the model runs if need be. 13 → 12: constant extents become an attribute.
/// - Refused: extents that callers may change, where they must be an attribute.
/// - Source: versions 1, 2, 13 and 18 of the definition.
enum SplitAdapter: Adapter {
  static let operators = ["Split"]
  static let adaptations = [
    Adaptation(since: 2, up: { try $0.moveInputToInts(1, "split") }, down: writeAxis),
    Adaptation(
      since: 13, up: { try $0.moveIntsToInput("split", 1) }, down: { try $0.moveInputToInts(1, "split") }),
    Adaptation(since: 18, up: countParts, down: computeParts),
  ]

  private static func writeAxis(_ node: inout NodeConversion) throws {
    node.set("axis", .int(try node.int("axis") ?? 0))
  }

  private static func countParts(_ node: inout NodeConversion) {
    if node.input(1) == nil { node.set("num_outputs", .int(node.node.outputs.count)) }
  }

  private static func computeParts(_ node: inout NodeConversion) throws {
    guard let count = try node.int("num_outputs"), count > 0, let input = node.input(0) else { return }
    node.set("num_outputs", nil)
    let axis = try node.int("axis") ?? 0
    let dims = node.inputFact(0).dims
    guard let extent = try dims.flatMap({ try $0[resolveAxis(axis, rank: $0.count)].number }) else {
      return node.setInput(1, partsAtRunTime(of: input, axis: axis, count: count, &node))
    }
    guard extent % count != 0 else { return }
    let part = (extent - 1) / count + 1
    node.setInput(1, node.constant((0..<count).map { min(max(extent - $0 * part, 0), part) }, "split"))
  }

  /// The extents min(max(n − k·part, 0), part) with part = ⌈n / count⌉.
  private static func partsAtRunTime(of input: String, axis: Int, count: Int, _ node: inout NodeConversion)
    -> String
  {
    let extent = node.insert("Gather", [node.insert("Shape", [input]), node.constant([axis], "axis")])
    let numbers = node.constant(Array(0..<count), "numbers")
    let raised = node.insert("Add", [extent, node.constant([count - 1], "all_but_one")])
    let part = node.insert("Div", [raised, node.constant([count], "count")])
    let rest = node.insert("Sub", [extent, node.insert("Mul", [numbers, part])])
    return node.insert("Min", [node.insert("Max", [rest, node.constant([0], "zero")]), part])
  }
}
