import GraphIR
import TensorCore

/// # FoldShift
///
/// A constant that is added to what a linear operator with constant weights gives goes into its bias.
///
/// - Before: y = Conv, ConvTranspose or Gemm(x, W) + b, z = y + c, c + y or y − c.
/// - After: z = the same operator of x with the weights W and the bias b + c, or b − c, by channel.
/// - Needs: constants W, b and c of one type; c a number, or one for each channel: what counts is the axis of
///   y along which c varies when it is stretched, not its number of elements. Nobody else wants y, opset 7. A
///   Gemm without a bias is of opset 11.
/// - Promise: within rounding, where no b + c leaves the type's range.
/// - Source: the definitions of the operators.
enum FoldShift: Rule {
  static let promise = Promise.withinRounding
  static let operators: Set<String> = ["Add", "Sub"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let z = node.output(0), node.stretchesInputs else { return false }
    for index in node.uses("Sub") ? [0] : [0, 1] {
      guard let linear = LinearNode(before: node, input: index, editor), !linear.node.uses("MatMul"),
        let numbers = linear.numbersByChannel(node.input(1 - index), editor)
      else { continue }
      let shifts = node.uses("Sub") ? numbers.map { -$0 } : numbers
      return try linear.replace(
        node, giving: z, scaledBy: Array(repeating: 1, count: linear.channels), plus: shifts, &editor)
    }
    return false
  }
}
