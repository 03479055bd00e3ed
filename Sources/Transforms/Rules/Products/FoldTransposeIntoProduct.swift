import GraphIR
import TensorCore

/// # FoldTransposeIntoProduct
///
/// A product of transposed matrices reads them as they are.
///
/// - Before: a = Transpose(x, perm: 1, 0), y = MatMul(a, w), MatMul(w, a), Gemm(a, w) or Gemm(w, a).
/// - After: y = Gemm of x and w with transA or transB.
/// - Needs: two matrices; nobody else wants a; a type that Gemm takes, opset 11 for a MatMul.
/// - Promise: within rounding.
/// - Source: the definitions of the operators.
enum FoldTransposeIntoProduct: Rule {
  static let promise = Promise.withinRounding
  static let operators: Set<String> = ["MatMul", "Gemm"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard (0...1).allSatisfy({ editor.fact(node.input($0)).rank == 2 }) else { return false }
    for (index, flag) in [(0, "transA"), (1, "transB")] {
      guard let a = node.input(index), let transpose = editor.producer(of: a), transpose.uses("Transpose"),
        let x = transpose.input(0), editor.permutation(of: transpose) == [1, 0],
        editor.isRead(a, onlyBy: node), node.node.inputs.count(where: { areSame($0, a) }) == 1
      else { continue }
      let isTransposed = node.attributes?.optionalInt(flag) ?? 0 != 0
      var gemm = Node("Gemm", inputs: node.node.inputs, outputs: node.node.outputs)
      gemm.attributes = node.node.attributes
      gemm = gemm.giving(flag, .int(isTransposed ? 0 : 1))
      gemm.inputs[index] = x
      if editor.replace(node, byOperator: gemm) { return true }
    }
    return false
  }
}
