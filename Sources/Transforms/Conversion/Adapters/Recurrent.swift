import GraphIR
import TensorCore

/// RNN, GRU and LSTM: `output_sequence` goes in 7, `layout` comes in 14.
///
/// - Up: 6 → 7: `output_sequence`, a hint without effect, goes. For GRU 2 → 3: the misspelt default direction
///   becomes forward.
/// - Down: 14 → 13: where the batch comes first, inputs and outputs are transposed around the node.
/// - Source: versions 1 to 14 of the definitions, TSN-0030.
enum RecurrentAdapter: Adapter {
  static let operators = ["RNN", "GRU", "LSTM"]
  static let adaptations = [
    Adaptation(since: 3, up: spellDirection),
    Adaptation(since: 7, up: { $0.set("output_sequence", nil) }),
    Adaptation(since: 14, down: putTimeFirst),
  ]

  private static func spellDirection(_ node: inout NodeConversion) throws {
    if try node.string("direction") == "foward" { node.set("direction", .string("forward")) }
  }

  private static func putTimeFirst(_ node: inout NodeConversion) throws {
    let isBatchFirst = try node.int("layout") == 1
    node.set("layout", nil)
    guard isBatchFirst else { return }
    // X, initial_h and initial_c are [batch, time or direction, size].
    for index in [0, 5, 6] {
      guard let input = node.input(index) else { continue }
      node.setInput(index, node.insert("Transpose", [input], ["perm": .ints([1, 0, 2])]))
    }
    // Y is [time, direction, batch, size], Y_h and Y_c [direction, batch, size].
    for index in node.node.outputs.indices where node.hasOutput(index) {
      let (inner, output) = node.release(index)
      node.append("Transpose", [inner], ["perm": .ints(index == 0 ? [2, 0, 1, 3] : [1, 0, 2])], to: output)
    }
  }
}
