import TensorCore

/// # DropCast
///
/// A cast to the type that a tensor has is left out.
///
/// - Before: y = Cast(x, to: T) or CastLike(x, z), where x is of the wanted type already.
/// - After: what reads y reads x.
/// - Needs: the type of x, and for CastLike that of z.
/// - Promise: same bits.
/// - Source: the definition of Cast.
enum DropCast: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["Cast", "CastLike"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let x = node.input(0), let y = node.output(0), let type = editor.fact(x).elementType,
      let wanted = editor.fact(y).elementType, type == wanted
    else { return false }
    return editor.drop(node, reading: x, insteadOf: y)
  }
}
