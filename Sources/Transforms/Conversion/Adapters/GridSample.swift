import GraphIR
import TensorCore

/// GridSample: bilinear and bicubic become linear and cubic, of any number of axes.
///
/// - Up: 19 → 20: the modes are renamed.
/// - Down: 20 → 19: the modes are renamed.
/// - Refused: down, an X that is not known to have four axes.
/// - Source: versions 16 and 20 of the definition.
enum GridSampleAdapter: Adapter {
  static let operators = ["GridSample"]
  static let adaptations = [
    Adaptation(since: 20, up: { try rename(["bilinear": "linear", "bicubic": "cubic"], &$0) }, down: toFlat)
  ]

  private static func rename(_ names: [String: String], _ node: inout NodeConversion) throws {
    let mode = try node.string("mode") ?? ""
    node.set("mode", .string(names[mode] ?? mode))
  }

  private static func toFlat(_ node: inout NodeConversion) throws {
    let rank = try node.rank(0, for: "must be 4 before 20")
    guard rank == 4 else { throw Refusal("X has rank \(rank), but must have rank 4 before 20") }
    try rename(["linear": "bilinear", "cubic": "bicubic"], &node)
  }
}
