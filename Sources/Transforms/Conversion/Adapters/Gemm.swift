import GraphIR
import TensorCore

/// Gemm: C always broadcasts from 7 on, and may be omitted from 11 on.
///
/// - Up: 6 → 7: `broadcast` goes.
/// - Down: 11 → 10: a C that is omitted becomes a zero that changes no sum, −0 for floats. 7 → 6: `broadcast`
///   is 1.
/// - Refused: down, an omitted C where the type of A is not known.
/// - Source: versions 6, 7 and 11 of the definition.
enum GemmAdapter: Adapter {
  static let operators = ["Gemm"]
  static let adaptations = [
    Adaptation(since: 7, up: { $0.set("broadcast", nil) }, down: { $0.set("broadcast", .int(1)) }),
    Adaptation(since: 11, down: addZero),
  ]

  private static func addZero(_ node: inout NodeConversion) throws {
    guard node.input(2) == nil else { return }
    let type = try node.elementType(0, for: "C must have")
    node.setInput(2, node.constant(Tensor(type, shape: [1], rounding: [-0.0]), "zero"))
    node.set("beta", .float(1))
  }
}
