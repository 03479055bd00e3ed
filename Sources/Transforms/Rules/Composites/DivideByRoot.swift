import GraphIR
import TensorCore

/// # DivideByRoot
///
/// A value times the reciprocal of a root is divided by the root.
///
/// - Before: y = x · (1 / Sqrt(v + ε)), by Reciprocal or by Div.
/// - After: y = x / Sqrt(v + ε).
/// - Needs: a constant ε of at least 2⁻¹⁰⁰, and a v that is not negative, being a sum, mean or maximum of
///   such: then the root is so far from 0 that its reciprocal is finite and keeps its digits. Nobody else
///   wants the reciprocal; float, double or bfloat16.
/// - Promise: within rounding.
/// - Source: the definitions of the operators.
enum DivideByRoot: Rule {
  static let promise = Promise.withinRounding
  static let operators: Set<String> = ["Mul"]

  private static let smallestAddend = 0x1p-100

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let y = node.output(0) else { return false }
    for (x, root) in editor.quotient(node) {
      guard let type = editor.fact(x).elementType, type != .float16,
        let inverse = node.node.inputs.first(where: { !areSame($0, x) }),
        editor.isRead(inverse, onlyBy: node), let sqrt = editor.producer(of: root, "Sqrt"),
        let sum = editor.producer(of: sqrt.input(0), "Add"), let (v, addend) = editor.operands(of: sum),
        addend >= smallestAddend, editor.isNonNegative(v)
      else { continue }
      return editor.replace(node, byOperator: Node("Div", inputs: [x, root], outputs: [y]))
    }
    return false
  }
}

extension GraphEditor {
  /// Whether no element of a value is below 0, as its computation shows; some may be NaN.
  func isNonNegative(_ name: String) -> Bool { isNonNegative(name, depth: 8) }

  private func isNonNegative(_ name: String, depth: Int) -> Bool {
    guard depth > 0, let node = producer(of: name), node.uses(node.node.opType), let x = node.input(0) else {
      return false
    }
    if isPower(name, 2, of: x) { return true }
    func holds(_ name: String) -> Bool { isNonNegative(name, depth: depth - 1) }
    switch node.node.opType {
    case "Mul", "Div": return operands(of: node).map { $0.number >= 0 && holds($0.value) } ?? false
    case "Relu", "Abs", "Exp", "Sigmoid": return true
    case "ReduceMean", "ReduceSum", "Reshape", "Squeeze", "Unsqueeze", "Expand", "Transpose": return holds(x)
    case "Max":
      return node.node.inputs.contains { input in
        constant(input)?.doubles().allSatisfy { $0 >= 0 } ?? false || holds(input)
      }
    default: return false
    }
  }
}
