import GraphIR
import TensorCore

/// TopK: `k` becomes an input; `largest` and `sorted` come.
///
/// - Up: 9 → 10: `k` becomes a constant.
/// - Down: 11 → 10: `sorted` is dropped, since before 11 the order is always given. 10 → 9: a constant `K`
///   becomes an attribute.
/// - Refused: down, the smallest elements; a `K` that callers may change.
/// - Source: versions 1, 10 and 11 of the definition.
enum TopKAdapter: Adapter {
  static let operators = ["TopK"]
  static let adaptations = [
    Adaptation(since: 10, up: toInput, down: toAttribute),
    Adaptation(since: 11, down: { $0.set("sorted", nil) }),
  ]

  private static func toInput(_ node: inout NodeConversion) throws {
    if let k = try node.int("k") { node.setInput(1, node.constant([k], "K")) }
    node.set("k", nil)
  }

  private static func toAttribute(_ node: inout NodeConversion) throws {
    guard let k = try node.constantInts(1, "K").first else { throw Refusal("K is empty") }
    node.set("k", .int(k))
    node.setInput(1, nil)
  }
}
