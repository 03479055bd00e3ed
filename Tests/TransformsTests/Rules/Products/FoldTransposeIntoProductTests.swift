import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct FoldTransposeIntoProductTests {
  private static func transposed(_ product: Node, _ perm: [Int] = [1, 0]) -> [Node] {
    [node("Transpose", ["x"], ["a"], ["perm": .ints(perm)]), product]
  }

  @Test(arguments: [
    RuleCase(
      "MatMul, the first", transposed(node("MatMul", ["a", "w"], ["y"])),
      inputs: [float("x", 3, .param("N")), float("w", 3, 4)], leaves: ["Gemm"]),
    RuleCase(
      "MatMul, the second", transposed(node("MatMul", ["w", "a"], ["y"])),
      inputs: [float("x", 2, 3), float("w", 4, 3)], leaves: ["Gemm"]),
    RuleCase(
      "twice the same", transposed(node("MatMul", ["a", "a"], ["y"])), inputs: [float("x", 3, 3)],
      leaves: ["Gemm"]),
    RuleCase(
      "both",
      transposed(node("Transpose", ["w"], ["b"], ["perm": .ints([1, 0])]))
        + [node("MatMul", ["a", "b"], ["y"])],
      inputs: [float("x", 3, 2), float("w", 4, 3)], leaves: ["Gemm"]),
    RuleCase(
      "near miss: three axes", transposed(node("MatMul", ["a", "w"], ["y"]), [0, 2, 1]),
      inputs: [float("x", 2, 3, 4), float("w", 3, 4)], leaves: ["Transpose", "MatMul"]),
    RuleCase(
      "near miss: the other one has three axes", transposed(node("MatMul", ["a", "w"], ["y"])),
      inputs: [float("x", 3, 2), float("w", 5, 3, 4)], leaves: ["Transpose", "MatMul"]),
    RuleCase(
      "near miss: the matrix of a Gemm", transposed(node("Gemm", ["a", "w"], ["y"])),
      inputs: [float("x", 3, 2), float("w", 3, 4)], leaves: ["Transpose", "Gemm"]),
    RuleCase(
      "near miss: others want what is transposed", transposed(node("MatMul", ["a", "w"], ["y"])),
      inputs: [float("x", 3, 2), float("w", 3, 4)], outputs: ["a", "y"], leaves: ["Transpose", "MatMul"]),
    RuleCase(
      "near miss: a Gemm of opset 9 wants C", transposed(node("MatMul", ["a", "w"], ["y"])),
      inputs: [float("x", 3, 2), float("w", 3, 4)], opset: 9, leaves: ["Transpose", "MatMul"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(FoldTransposeIntoProduct.self) }
}
