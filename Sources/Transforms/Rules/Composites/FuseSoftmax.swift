import GraphIR
import TensorCore

/// # FuseSoftmax
///
/// A Softmax that is spelled out becomes the operator.
///
/// - Before: e = Exp(x − ReduceMax(x)), y = e / ReduceSum(e), or e times the reciprocal, over one axis.
/// - After: y = Softmax(x, axis).
/// - Needs: opset 13; both reductions over the same axis, which they keep. Without the maximum, e may be
///   infinite where a Softmax is not. Values on the way may have other readers.
/// - Promise: within rounding.
/// - Source: the definitions of the operators.
enum FuseSoftmax: Rule {
  static let promise = Promise.withinRounding
  static let operators: Set<String> = ["Div", "Mul"]
  static let fusesInto: Set<String> = ["Softmax"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let y = node.output(0), editor.version(of: "Softmax")?.since ?? 0 >= 13 else { return false }
    for (powers, total) in editor.quotient(node) {
      guard let sum = editor.folded(total, by: "ReduceSum"), areSame(sum.x, powers), sum.axes.count == 1,
        let exp = editor.producer(of: powers, "Exp"),
        let difference = editor.producer(of: exp.input(0), "Sub"),
        let x = difference.input(0), let largest = editor.folded(difference.input(1), by: "ReduceMax"),
        areSame(largest.x, x), largest.axes == sum.axes
      else { continue }
      let made = Node(
        "Softmax", inputs: [x], outputs: [y], attributes: [NamedAttribute("axis", .int(sum.axes[0]))])
      if editor.replace(node, byOperator: made) { return true }
    }
    return false
  }
}
