import GraphIR
import TensorCore

/// # LowerScale
///
/// A number by which a value is multiplied goes into constants with which that is multiplied later.
///
/// - Before: y = x · c or x / c for a number c, where all that becomes of y are products with constants:
///   weights of MatMul, Gemm, Conv or ConvTranspose, factors; on the way also products with values, and
///   operators that only change the shape.
/// - After: what reads y reads x, and those constants are multiplied by c.
/// - Needs: a constant c of one element that adds no axis; no value on the way is an output. The type is not
///   float16, in which other numbers on the way would soon leave the range, and |c| lies in 2⁻²⁰…2²⁰.
/// - Promise: within rounding, where no constant leaves the type's range; a power of two rounds nothing.
/// - Source: the definitions of the operators.
enum LowerScale: Rule {
  static let promise = Promise.withinRounding
  static let operators: Set<String> = ["Mul", "Div"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let y = node.output(0), let scale = editor.scale(node),
      let constants = ScaledConstants(multiplyingWhatReads: y, by: scale.factor, editor),
      editor.drop(node, reading: scale.value, insteadOf: y)
    else { return false }
    try constants.apply(&editor)
    return true
  }
}
