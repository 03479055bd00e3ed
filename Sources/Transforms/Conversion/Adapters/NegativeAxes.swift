import GraphIR
import OperatorSet
import TensorCore

/// Operators whose axes may be negative from opset 11 on.
///
/// - Down: 11 → 10: a negative axis is counted from the begin.
/// - Refused: a negative axis of a tensor whose rank is not known.
/// - Source: versions 1 to 11 of the definitions.
enum NegativeAxesAdapter: Adapter {
  static let operators = [
    "ArgMax", "ArgMin", "Compress", "Concat", "Flatten", "Gather", "Hardmax", "LogSoftmax", "ReduceL1",
    "ReduceL2",
    "ReduceLogSum", "ReduceLogSumExp", "ReduceMax", "ReduceMean", "ReduceMin", "ReduceProd", "ReduceSum",
    "ReduceSumSquare", "Softmax", "Split", "Squeeze", "Unsqueeze",
  ]
  static let adaptations = [Adaptation(since: 11, down: countFromBegin)]

  static func countFromBegin(_ node: inout NodeConversion) throws {
    if let axis = try node.int("axis"), axis < 0 {
      let rank = try node.rank(0, for: "a negative axis counts from")
      node.set("axis", .int(try resolveAxis(axis, rank: rank)))
    }
    if let axes = try node.ints("axes"), axes.contains(where: { $0 < 0 }) {
      // Those of Unsqueeze are axes of the result.
      let added = node.node.opType == "Unsqueeze" ? axes.count : 0
      let rank = try node.rank(0, for: "negative axes count from") + added
      node.set("axes", .ints(try resolveAxes(axes, rank: rank)))
    }
  }
}
