import GraphIR

/// GreaterOrEqual and LessOrEqual come in 12.
///
/// - Down: 12 → 11: they are Greater or Less, or Equal; of NaN none is true.
/// - Source: version 12 of the definitions.
enum OrEqualAdapter: Adapter {
  static let operators = ["GreaterOrEqual", "LessOrEqual"]
  static let adaptations = [Adaptation(since: 12, down: compareTwice)]

  private static func compareTwice(_ node: inout NodeConversion) {
    let operands = node.node.inputs
    let isStrict = node.insert(node.node.opType == "LessOrEqual" ? "Less" : "Greater", operands)
    node.node.inputs = [isStrict, node.insert("Equal", operands)]
    node.node.opType = "Or"
  }
}
