import GraphIR
import TensorCore

/// # FuseRMSNormalization
///
/// A normalization by the root mean square that is spelled out becomes the operator.
///
/// - Before: y = x / Sqrt(ReduceMean(x²) + ε), or x times the reciprocal, over the last axes.
/// - After: y = RMSNormalization(x) with epsilon ε and a scale of ones; FoldIntoNormalization gives it
///   others.
/// - Needs: opset 23; float or bfloat16: in float16 the squares would leave the range that the operator
///   keeps, and in double it need not be as exact; known extents of the axes. Values on the way may have
///   other readers.
/// - Promise: within rounding.
/// - Source: the definitions of the operators.
enum FuseRMSNormalization: Rule {
  static let promise = Promise.withinRounding
  static let operators: Set<String> = ["Div", "Mul"]
  static let fusesInto: Set<String> = ["RMSNormalization"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let y = node.output(0), editor.version(of: "RMSNormalization") != nil else { return false }
    for (x, root) in editor.quotient(node) {
      guard let mean = editor.rootMeanSquare(root), areSame(mean.x, x),
        let line = editor.normalized(x, along: mean.axes)
      else { continue }
      let ones = Tensor(
        line.type, shape: line.shape, rounding: Array(repeating: 1, count: line.shape.product))
      let scale = try editor.addConstant(ones, named: "\(y)_scale", before: node)
      let made = Node(
        "RMSNormalization", inputs: [x, scale], outputs: [y],
        attributes: [
          NamedAttribute("axis", .int(line.axis)), NamedAttribute("epsilon", .float(Float(mean.epsilon))),
        ])
      return editor.replace(node, byOperator: made)
    }
    return false
  }
}
