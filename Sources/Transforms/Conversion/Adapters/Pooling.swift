import GraphIR
import TensorCore

/// LpPool and GlobalLpPool: `p` is a float in 1 and an integer from 2 on.
///
/// - Up: 1 → 2: a whole `p` becomes an integer.
/// - Down: 2 → 1: it becomes a float.
/// - Refused: up, a `p` that is not whole, or for LpPool no kernel_shape.
/// - Source: versions 1 and 2 of the definitions.
enum LpPoolAdapter: Adapter {
  static let operators = ["LpPool", "GlobalLpPool"]
  static let adaptations = [Adaptation(since: 2, up: toInteger, down: toFloat)]

  private static func toInteger(_ node: inout NodeConversion) throws {
    let p = try node.float("p") ?? 2
    guard let whole = Int(exactly: p) else { throw Refusal("p is \(p), but must be whole from 2 on") }
    node.set("p", .int(whole))
  }

  private static func toFloat(_ node: inout NodeConversion) throws {
    node.set("p", .float(Float(try node.int("p") ?? 2)))
  }
}

/// MaxPool: `Indices` and the order in which they count come.
///
/// - Down: 8 → 7: `storage_order` is dropped where nobody reads `Indices`.
/// - Refused: down, `Indices` that somebody reads.
/// - Source: versions 1 and 8 of the definition.
enum MaxPoolAdapter: Adapter {
  static let operators = ["MaxPool"]
  static let adaptations = [Adaptation(since: 8, down: dropIndices)]

  private static func dropIndices(_ node: inout NodeConversion) throws {
    guard !node.isRead(1) else { throw Refusal("somebody reads Indices, which there are not before 8") }
    node.set("storage_order", nil)
    node.node.outputs = Array(node.node.outputs.prefix(1))
  }
}
