import GraphIR
import TensorCore

/// # FoldTransposeIntoProduct
///
/// A MatMul of transposed matrices is a Gemm, which reads them as they are.
///
/// - Before: a = Transpose(x, perm: 1, 0), y = MatMul(a, w) or MatMul(w, a), where w may be transposed too.
/// - After: y = Gemm of x and w with transA or transB.
/// - Needs: two matrices; nobody else wants a; opset 11 and a type that Gemm takes. What a Gemm reads,
///   TransposeIntoGemm takes in, with the same bits and whoever else wants it.
/// - Promise: within rounding.
/// - Source: the definitions of the operators.
enum FoldTransposeIntoProduct: Rule {
  static let promise = Promise.withinRounding
  static let operators: Set<String> = ["MatMul"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard (0...1).allSatisfy({ editor.fact(node.input($0)).rank == 2 }) else { return false }
    var gemm = Node("Gemm", inputs: node.node.inputs, outputs: node.node.outputs)
    for (index, flag) in [(0, "transA"), (1, "transB")] {
      guard let transpose = editor.producer(of: node.input(index), "Transpose", readOnlyBy: node),
        let x = transpose.input(0), editor.permutation(of: transpose) == [1, 0]
      else { continue }
      gemm.inputs[index] = x
      gemm = gemm.giving(flag, .int(1))
    }
    return !gemm.attributes.isEmpty && editor.replace(node, byOperator: gemm)
  }
}
