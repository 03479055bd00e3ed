import GraphIR
import TensorCore

/// # FuseDequantize
///
/// Small integers that are cast and multiplied by scales are dequantized.
///
/// - Before: a = Cast(x, to: float), y = a · s or s · a.
/// - After: y = DequantizeLinear(x, s), with the axis along which s varies.
/// - Needs: x of type int8 or uint8; a constant s of type float, one number, or one for each index of one axis of x
///   whose extent is known, with no axis more than x has; nobody else wants a; opset 10, 13 for several scales.
/// - Promise: same bits: the cast is exact, and both products are rounded once.
/// - Source: the definitions of the operators.
enum FuseDequantize: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["Mul"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let y = node.output(0), node.stretchesInputs else { return false }
    for index in [0, 1] {
      guard let a = node.input(index), let cast = editor.producer(of: a, "Cast"), let x = cast.input(0),
        editor.isRead(a, onlyBy: node), editor.fact(a).elementType == .float,
        let type = editor.fact(x).elementType, type == .int8 || type == .uint8,
        let dims = editor.fact(x).dims,
        let version = editor.version(of: "DequantizeLinear"), let name = node.input(1 - index),
        let scale = editor.constant(name), let axis = axis(of: scale, dims)
      else { continue }
      guard axis != nil else {
        let made = Node("DequantizeLinear", inputs: [x, name], outputs: [y])
        return scale.rank == 0 && editor.replace(node, byOperator: made)
      }
      guard version.since >= 13 else { continue }
      let scales = try editor.addConstant(scale.reshaped([scale.count]), named: name, before: node)
      return editor.replace(
        node,
        byOperator: Node(
          "DequantizeLinear", inputs: [x, scales], outputs: [y],
          attributes: [NamedAttribute("axis", .int(axis ?? 1))]))
    }
    return false
  }

  /// The axis along which scales vary, nil within for a single one; nil where they do not fit.
  private static func axis(of scale: Tensor, _ dims: [Dim]) -> Int?? {
    guard scale.rank <= dims.count else { return nil }
    if scale.rank == 0 { return .some(nil) }
    let offset = dims.count - scale.rank
    let axes = scale.shape.indices.filter { scale.shape[$0] != 1 }
    guard axes.count == 1, dims[axes[0] + offset] == .value(scale.shape[axes[0]]) else { return nil }
    return axes[0] + offset
  }
}
