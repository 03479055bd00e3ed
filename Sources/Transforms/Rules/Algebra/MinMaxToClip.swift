import GraphIR
import TensorCore

/// # MinMaxToClip
///
/// The smaller of a bound and the greater of another bound and x is a Clip.
///
/// - Before: y = Max(x, a), z = Min(y, b), in either order of the inputs; or Min first, then Max.
/// - After: z = Clip(x, a, b).
/// - Needs: constants a ≤ b of one element, neither NaN nor 0 (of two zeros Max and Min may take the other
///   sign), whose ranks are at most that of x; opset 11, and nobody else who wants y.
/// - Promise: same bits.
/// - Source: the definitions of the operators.
enum MinMaxToClip: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["Min", "Max"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    let isMin = node.uses("Min")
    guard let version = editor.version(of: "Clip"), version.since >= 11,
      let (y, outer) = operands(of: node, editor),
      let first = editor.producer(of: y, isMin ? "Max" : "Min", readOnlyBy: node),
      let (x, inner) = operands(of: first, editor), editor.fact(x).elementType != nil
    else { return false }
    let (low, high) = isMin ? (inner, outer) : (outer, inner)
    guard low.number <= high.number else { return false }
    var clip = Node("Clip", name: node.node.name, inputs: [x], outputs: node.node.outputs)
    clip.annotations = node.node.annotations
    for bound in [low, high] {
      clip.inputs.append(
        try editor.addConstant(bound.tensor.reshaped([]), named: bound.name, before: node))
    }
    editor.replace(node, with: clip)
    return true
  }

  private typealias Bound = (name: String, tensor: Tensor, number: Double)

  /// The value that a Min or Max bounds, and the bound.
  private static func operands(of node: EditedNode, _ editor: GraphEditor) -> (String, Bound)? {
    guard node.node.inputs.count == 2 else { return nil }
    for index in [1, 0] {
      guard let name = node.input(index), let x = node.input(1 - index), let tensor = editor.constant(name),
        tensor.count == 1, editor.broadcasts(tensor.shape, into: x), let number = tensor.doubles().first,
        !number.isNaN, number != 0, tensor.elementType.isFloating || number.magnitude < 0x1p53
      else { continue }
      return (x, (name, tensor, number))
    }
    return nil
  }
}
