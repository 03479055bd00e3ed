import OperatorSet
import TensorCore

/// # DropNeutralOperand
///
/// An operand that changes nothing is left out, and the operator with it.
///
/// - Before: y = x · 1, x / 1, xˆ1, x − 0, x + (−0), x + 0 for integers, x and true, x or false, x xor false;
///   for those that commute also the other way round.
/// - After: what reads y reads x.
/// - Needs: a constant operand all of whose elements are the neutral one, and which broadcasts into x without
///   a new axis or a larger extent; opset 7. A floating x + 0 stays, since it makes 0 of −0; so does x −
///   (−0).
/// - Promise: same bits.
/// - Source: the definitions of the operators.
enum DropNeutralOperand: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["Mul", "Div", "Pow", "Add", "Sub", "And", "Or", "Xor"]
  private static let commuting: Set<String> = ["Mul", "Add", "And", "Or", "Xor"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let definition = node.definition as? any BroadcastOperator, definition.legacyBroadcast == nil,
      let y = node.output(0)
    else { return false }
    for operand in commuting.contains(node.node.opType) ? [1, 0] : [1] {
      guard let x = node.input(1 - operand), let constant = editor.smallConstant(node.input(operand)),
        isNeutral(constant, of: node.node.opType), editor.broadcasts(constant.shape, into: x)
      else { continue }
      return editor.drop(node, reading: x, insteadOf: y)
    }
    return false
  }

  private static func isNeutral(_ constant: Tensor, of opType: String) -> Bool {
    if constant.elementType.isFloating {
      let numbers = constant.doubles()
      return switch opType {
      case "Mul", "Div", "Pow": numbers.allSatisfy { $0 == 1 }
      case "Add": numbers.allSatisfy { $0 == 0 && $0.sign == .minus }
      default: numbers.allSatisfy { $0 == 0 && $0.sign == .plus }
      }
    }
    let neutral: Int64 = ["Mul", "Div", "Pow", "And"].contains(opType) ? 1 : 0
    return constant.integers().allSatisfy { $0 == neutral }
  }
}
