import GraphIR
import OperatorSet
import TensorCore

/// Slice: `starts`, `ends` and `axes` become inputs; `axes` may be negative from 11 on.
///
/// - Up: 9 → 10: the attributes become constants.
/// - Down: 11 → 10: constant negative axes are counted from the begin. 10 → 9: constant inputs become
///   attributes.
/// - Refused: down, negative axes of a tensor whose rank is not known; ranges that callers may change; steps
///   other than 1 before 10.
/// - Source: versions 1, 10 and 11 of the definition.
enum SliceAdapter: Adapter {
  static let operators = ["Slice"]
  static let adaptations = [
    Adaptation(since: 10, up: toInputs, down: toAttributes),
    Adaptation(since: 11, down: countAxesFromBegin),
  ]

  private static let inputs = [("starts", 1), ("ends", 2), ("axes", 3)]

  private static func toInputs(_ node: inout NodeConversion) throws {
    for (name, input) in inputs { try node.moveIntsToInput(name, input) }
  }

  private static func toAttributes(_ node: inout NodeConversion) throws {
    if node.input(4) != nil {
      guard try node.constantInts(4, "steps").allSatisfy({ $0 == 1 }) else {
        throw Refusal("steps are not all 1, which opset \(node.step.to) cannot say")
      }
      node.setInput(4, nil)
    }
    for (name, input) in inputs { try node.moveInputToInts(input, name) }
  }

  private static func countAxesFromBegin(_ node: inout NodeConversion) throws {
    guard let axes = node.inputFact(3).integers, axes.contains(where: { $0 < 0 }) else { return }
    let rank = try node.rank(0, for: "negative axes count from")
    let type = try node.elementType(3, for: "the axes must have")
    let resolved = Tensor(
      type, shape: [axes.count], wrapping: try resolveAxes(axes, rank: rank).map(Int64.init))
    node.setInput(3, node.constant(resolved, "axes"))
  }
}
