import GraphIR
import TensorCore

/// Shape: `start` and `end` come.
///
/// - Down: 15 → 14: a Slice takes the run of axes.
/// - Source: versions 13 and 15 of the definition.
enum ShapeAdapter: Adapter {
  static let operators = ["Shape"]
  static let adaptations = [Adaptation(since: 15, down: slice)]

  private static func slice(_ node: inout NodeConversion) throws {
    let (start, end) = (try node.int("start") ?? 0, try node.int("end"))
    node.set("start", nil)
    node.set("end", nil)
    guard start != 0 || end != nil else { return }
    let (inner, output) = node.release(0)
    let ranges = [node.constant([start], "start"), node.constant([end ?? .max], "end")]
    node.append("Slice", [inner] + ranges, to: output)
  }
}
