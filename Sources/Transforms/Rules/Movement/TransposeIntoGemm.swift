import GraphIR
import OperatorSet

/// # TransposeIntoGemm
///
/// A Gemm transposes its matrices itself.
///
/// - Before: a = Transpose(x), y = Gemm(a, B, C), or the same for B.
/// - After: y = Gemm(x, B, C) with transA the other way round, or transB.
/// - Needs: a Transpose that swaps both axes. Others may read a. What a MatMul reads is for
///   FoldTransposeIntoProduct, which makes a Gemm of it and so may round otherwise.
/// - Promise: same bits.
/// - Source: the definition of Gemm.
enum TransposeIntoGemm: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["Gemm"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let gemm = node.definition as? Gemm else { return false }
    for (index, name, isSet) in [(0, "transA", gemm.transposesA), (1, "transB", gemm.transposesB)] {
      guard let transpose = editor.producer(of: node.input(index)), transpose.uses("Transpose"),
        let x = transpose.input(0), editor.permutation(of: transpose) == [1, 0]
      else { continue }
      var made = node.node
      made.inputs[index] = x
      made.attributes.removeAll { $0.name == name }
      made.attributes.append(NamedAttribute(name, .int(isSet ? 0 : 1)))
      editor.replace(node, with: made)
      return true
    }
    return false
  }
}
