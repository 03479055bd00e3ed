import GraphIR
import TensorCore

/// # FuseLayerNormalization
///
/// A normalization by mean and variance that is spelled out becomes the operator.
///
/// - Before: d = x − ReduceMean(x), y = d / Sqrt(ReduceMean(d²) + ε), or d times the reciprocal, over the
///   last axes.
/// - After: y = LayerNormalization(x) with epsilon ε and a Scale of ones; FoldIntoNormalization gives it
///   others.
/// - Needs: opset 17; float or bfloat16: in float16 the squares would leave the range that the operator
///   keeps, and in double it need not be as exact; known extents of the axes. Values on the way may have
///   other readers.
/// - Promise: within rounding.
/// - Source: the definitions of the operators.
enum FuseLayerNormalization: Rule {
  static let promise = Promise.withinRounding
  static let operators: Set<String> = ["Div", "Mul"]
  static let fusesInto: Set<String> = ["LayerNormalization"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let y = node.output(0), editor.version(of: "LayerNormalization") != nil else { return false }
    for (centred, root) in editor.quotient(node) {
      guard let deviation = editor.rootMeanSquare(root), areSame(deviation.x, centred),
        let difference = editor.producer(of: centred, "Sub"), difference.stretchesInputs,
        let x = difference.input(0), let mean = editor.folded(difference.input(1), by: "ReduceMean"),
        areSame(mean.x, x), mean.axes == deviation.axes, let line = editor.normalized(x, along: mean.axes)
      else { continue }
      let ones = Tensor(
        line.type, shape: line.shape, rounding: Array(repeating: 1, count: line.shape.product))
      let scale = try editor.addConstant(ones, named: "\(y)_scale", before: node)
      let made = Node(
        "LayerNormalization", inputs: [x, scale], outputs: [y],
        attributes: [
          NamedAttribute("axis", .int(line.axis)),
          NamedAttribute("epsilon", .float(Float(deviation.epsilon))),
        ])
      return editor.replace(node, byOperator: made)
    }
    return false
  }
}
