import GraphIR
import TensorCore

/// Scatter is called ScatterElements from 11 on.
///
/// - Up: 10 → 11: the new name.
/// - Down: 11 → 10: the old name, with an axis that is not negative.
/// - Refused: down, a negative axis of a tensor whose rank is not known.
/// - Source: Scatter 9 and 11, ScatterElements 11.
enum ScatterAdapter: Adapter {
  static let operators = ["Scatter"]
  static let adaptations = [Adaptation(since: 11, up: { $0.node.opType = "ScatterElements" })]
}

/// The way back of `ScatterAdapter`.
enum ScatterElementsAdapter: Adapter {
  static let operators = ["ScatterElements"]
  static let adaptations = [
    Adaptation(
      since: 11,
      down: { node in
        node.node.opType = "Scatter"
        try NegativeAxesAdapter.countFromBegin(&node)
      })
  ]
}
