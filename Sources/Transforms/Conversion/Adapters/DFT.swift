import GraphIR
import OperatorSet
import TensorCore

/// DFT: `axis` becomes an input, with −2 as default instead of 1.
///
/// - Up: 19 → 20: the attribute, or its default, becomes a constant.
/// - Down: 20 → 19: a constant axis becomes the attribute; the default is written out.
/// - Refused: down, an axis that callers may change, or a negative one of a tensor whose rank is not known.
/// - Source: versions 17 and 20 of the definition.
enum DFTAdapter: Adapter {
  static let operators = ["DFT"]
  static let adaptations = [Adaptation(since: 20, up: toInput, down: toAttribute)]

  private static func toInput(_ node: inout NodeConversion) throws {
    let axis = try node.int("axis") ?? 1
    node.set("axis", nil)
    node.setInput(2, node.constant(Tensor(int64: [axis], shape: []), "axis"))
  }

  private static func toAttribute(_ node: inout NodeConversion) throws {
    var axis = try node.input(2) == nil ? -2 : node.constantInts(2, "axis").first ?? -2
    if axis < 0 { axis = try resolveAxis(axis, rank: node.rank(0, for: "a negative axis counts from")) }
    node.set("axis", .int(axis))
    node.setInput(2, nil)
  }
}
