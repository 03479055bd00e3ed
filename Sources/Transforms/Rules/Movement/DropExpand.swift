import GraphIR
import OperatorSet
import TensorCore

/// # DropExpand
///
/// An Expand before an operator that broadcasts by itself is left out.
///
/// - Before: y = Expand(x, s), z = f(y, w) with f = Add, Mul, Less, And, Where, Max, ….
/// - After: z = f(x, w).
/// - Needs: the extents of x and of the other inputs, which without Expand make those of z: as numbers, or as
///   the same dims of inputs of the model; opset 7, for Max, Min, Sum and Mean 8.
/// - Promise: same bits.
/// - Source: the definitions of the operators.
enum DropExpand: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = []

  /// The shapes of all inputs are looked at for each that is expanded.
  private static let mostInputs = 64

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard node.broadcastsAll, node.node.inputs.count <= mostInputs, let z = node.output(0),
      let result = editor.fact(z).dims,
      !result.contains(.unknown)
    else { return false }
    for (index, name) in node.node.inputs.enumerated() {
      guard let expand = editor.producer(of: name), expand.uses("Expand"), let x = expand.input(0) else {
        continue
      }
      var made = node.node
      made.inputs[index] = x
      let dims = made.inputs.map { editor.fact($0).dims }
      guard dims.allSatisfy({ $0?.contains(.unknown) == false }),
        let alone = try? broadcastDims(dims), alone == result
      else { continue }
      editor.replace(node, with: made)
      return true
    }
    return false
  }
}

extension EditedNode {
  /// Whether the operator takes all its inputs element by element, broadcast by NumPy's rule.
  var broadcastsAll: Bool {
    if let binary = definition as? any BroadcastOperator { return binary.legacyBroadcast == nil }
    if let variadic = definition as? any VariadicFunction { return variadic.broadcasts }
    return uses("Where")
  }

  /// Whether the operator takes its one input element by element, whatever its shape; further inputs, as the
  /// bounds of a Clip, hold one number.
  var mapsElements: Bool {
    definition is any NumberFunction || definition is any FloatFunction || definition is Clip
      || ["Cast", "Not", "BitwiseNot", "IsNaN", "IsInf"].contains(where: uses)
  }
}
