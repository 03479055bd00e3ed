import GraphIR
import TensorCore

/// The Reduce operators: `axes` becomes an input, in 13 for ReduceSum and in 18 for the others, and
/// `noop_with_empty_axes` comes.
///
/// - Up: the attribute becomes a constant.
/// - Down: constant axes become an attribute. Where none means that each element is reduced by itself, a new
///   axis is put before the others and reduced.
/// - Refused: down, axes that callers may change.
/// - Source: versions 11 to 18 of the definitions.
enum ReduceSumAxesAdapter: Adapter {
  static let operators = ["ReduceSum"]
  static let adaptations = [Adaptation(since: 13, up: axesToInput, down: axesToAttribute)]

  static func axesToInput(_ node: inout NodeConversion) throws { try node.moveIntsToInput("axes", 1) }

  static func axesToAttribute(_ node: inout NodeConversion) throws {
    let reducesNothing = try node.int("noop_with_empty_axes") == 1
    node.set("noop_with_empty_axes", nil)
    try node.moveInputToInts(1, "axes")
    guard try node.ints("axes")?.isEmpty ?? true else { return }
    // Before, an empty list says the same as none.
    node.set("axes", nil)
    guard reducesNothing, let data = node.input(0) else { return }
    let isInput = node.step.to >= 13
    let raised =
      isInput
      ? node.insert("Unsqueeze", [data, node.constant([0], "axes")])
      : node.insert("Unsqueeze", [data], ["axes": .ints([0])])
    node.setInput(0, raised)
    node.set("axes", .ints([0]))
    node.set("keepdims", .int(0))
  }
}

/// The Reduce operators whose axes became an input in 18.
enum ReduceAxesAdapter: Adapter {
  static let operators = [
    "ReduceL1", "ReduceL2", "ReduceLogSum", "ReduceLogSumExp", "ReduceMax", "ReduceMean", "ReduceMin",
    "ReduceProd",
    "ReduceSumSquare",
  ]
  static let adaptations = [
    Adaptation(
      since: 18, up: ReduceSumAxesAdapter.axesToInput, down: ReduceSumAxesAdapter.axesToAttribute)
  ]
}
