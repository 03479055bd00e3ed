import GraphIR
import TensorCore

/// # FuseDequantize
///
/// Small integers that are cast and multiplied by scales are dequantized.
///
/// - Before: a = Cast(x, to: float), y = a · s or s · a.
/// - After: y = DequantizeLinear(x, s), with the axis along which s varies.
/// - Needs: x of type int8 or uint8; a constant s of type float, one number, or one for each index of one
///   axis of x whose extent is known, with no axis more than x has; nobody else wants a; opset 10, 13 for
///   several scales.
/// - Promise: same bits: the cast is exact, and both products are rounded once.
/// - Source: the definitions of the operators.
enum FuseDequantize: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["Mul"]
  static let fusesInto: Set<String> = ["DequantizeLinear"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let y = node.output(0), node.stretchesInputs else { return false }
    for index in [0, 1] {
      guard let a = node.input(index), let cast = editor.producer(of: a, "Cast"), let x = cast.input(0),
        editor.isRead(a, onlyBy: node), editor.fact(a).elementType == .float,
        let type = editor.fact(x).elementType, type == .int8 || type == .uint8,
        let name = node.input(1 - index), let scale = editor.constant(name)
      else { continue }
      var made = Node("DequantizeLinear", inputs: [x, name], outputs: [y])
      if scale.rank > 0 {
        guard let axis = axis(of: scale, editor.fact(x).dims),
          editor.version(of: "DequantizeLinear")?.since ?? 0 >= 13
        else { continue }
        made.inputs[1] = try editor.addConstant(scale.reshaped([scale.count]), named: name, before: node)
        made.attributes = [NamedAttribute("axis", .int(axis))]
      }
      return editor.replace(node, byOperator: made)
    }
    return false
  }

  /// The axis along which scales vary; nil where that is not one axis, or where they would stretch it.
  private static func axis(of scale: Tensor, _ dims: [Dim]?) -> Int? {
    let varying = scale.shape.indices.filter { scale.shape[$0] != 1 }
    guard let dims, scale.rank <= dims.count, varying.count == 1 else { return nil }
    let axis = varying[0] + dims.count - scale.rank
    return dims[axis] == .value(scale.count) ? axis : nil
  }
}
