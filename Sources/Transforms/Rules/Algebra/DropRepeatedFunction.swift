import TensorCore

/// # DropRepeatedFunction
///
/// A function that leaves what another one gives as it is is left out.
///
/// - Before: y = g(x), z = f(y): f = Abs, Ceil, Floor, Round or Sign and g the same; f = Ceil, Floor or
///   Round, which leave whole numbers alone, and g another of these or Sign.
/// - After: what reads z reads y.
/// - Needs: nothing more. Relu is a matter of JoinClips.
/// - Promise: same bits.
/// - Source: the definitions of the functions.
enum DropRepeatedFunction: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["Abs", "Ceil", "Floor", "Round", "Sign"]
  private static let rounding: Set<String> = ["Ceil", "Floor", "Round"]
  private static let whole: Set<String> = ["Ceil", "Floor", "Round", "Sign"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let y = node.input(0), let z = node.output(0), let first = editor.producer(of: y),
      first.uses(node.node.opType)
        || rounding.contains(node.node.opType) && whole.contains(where: first.uses)
    else { return false }
    return editor.drop(node, reading: y, insteadOf: z)
  }
}
