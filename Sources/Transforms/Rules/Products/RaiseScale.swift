import GraphIR
import TensorCore

/// # RaiseScale
///
/// A number by which a result is multiplied goes into constants from which that is computed.
///
/// - Before: y = x · c or x / c for a number c, where x comes out of constants: weights of MatMul, Gemm, Conv
///   or ConvTranspose with their biases, addends, factors and scales of DequantizeLinear, on the way also
///   products of values, operators that only change the shape, and parts of a Split along the last axis.
/// - After: what reads y reads x, and those constants are multiplied by c.
/// - Needs: a constant c of one element that adds no axis; nobody else wants what is computed on the way, but
///   for its shape. The type is not float16, in which smaller numbers on the way would soon lose digits, and
///   |c| lies in 2⁻²⁰…2²⁰.
/// - Promise: within rounding, where no constant leaves the type's range; a power of two rounds nothing.
/// - Source: the definitions of the operators.
enum RaiseScale: Rule {
  static let promise = Promise.withinRounding
  static let operators: Set<String> = ["Mul", "Div"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let y = node.output(0), let scale = editor.scale(node),
      let constants = ScaledConstants(
        multiplying: scale.value, readBy: node, by: scale.factor, editor),
      editor.drop(node, reading: scale.value, insteadOf: y)
    else { return false }
    try constants.apply(&editor)
    return true
  }
}

extension GraphEditor {
  /// The value and the number of a Mul or Div by a number such as may be multiplied somewhere else.
  func scale(_ node: EditedNode) -> (value: String, factor: Double)? {
    guard let (value, number) = operands(of: node), number != 0, let type = fact(value).elementType,
      type != .float16
    else { return nil }
    let factor = node.uses("Mul") ? number : 1 / number
    return 0x1p-20...0x1p20 ~= abs(factor) ? (value, factor) : nil
  }
}
