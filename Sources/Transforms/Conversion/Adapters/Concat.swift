import GraphIR
import TensorCore

/// Concat: `axis` must be given from 4 on.
///
/// - Up: 3 → 4: the default of 1 is written out.
/// - Source: versions 1 and 4 of the definition.
enum ConcatAdapter: Adapter {
  static let operators = ["Concat"]
  static let adaptations = [
    Adaptation(since: 4, up: { node in if !node.gives("axis") { node.set("axis", .int(1)) } })
  ]
}
