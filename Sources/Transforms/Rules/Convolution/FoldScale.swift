import GraphIR
import TensorCore

/// # FoldScale
///
/// A constant that multiplies or divides what a linear operator with constant weights gives goes into them.
///
/// - Before: y = Conv, ConvTranspose, Gemm or MatMul(x, W) + b, z = y · c, c · y or y / c.
/// - After: z = the same operator of x with the weights W · c and the bias b · c, by channel.
/// - Needs: constants W, b and c of one type; c a number, or one for each channel: what counts is the axis of
///   y along which c varies when it is stretched, not its number of elements. Nobody else wants y, opset 7.
/// - Promise: within rounding, where no product W · c leaves the type's range.
/// - Source: the definitions of the operators.
enum FoldScale: Rule {
  static let promise = Promise.withinRounding
  static let operators: Set<String> = ["Mul", "Div"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let z = node.output(0), node.stretchesInputs else { return false }
    for index in node.uses("Div") ? [0] : [0, 1] {
      guard let linear = LinearNode(before: node, input: index, editor),
        let numbers = linear.numbersByChannel(node.input(1 - index), editor)
      else { continue }
      let factors = node.uses("Div") ? numbers.map { 1 / $0 } : numbers
      let shifts = [Double](repeating: 0, count: linear.channels)
      return try linear.replace(node, giving: z, scaledBy: factors, plus: shifts, &editor)
    }
    return false
  }
}

extension EditedNode {
  /// Whether an operator of two inputs stretches them to each other as NumPy does: from opset 7.
  var stretchesInputs: Bool { attributes.map { $0.since >= 7 } ?? false }
}
