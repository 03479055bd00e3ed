import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct TransposeIntoGemmTests {
  private static func gemm(_ inputs: [String], _ attributes: [String: Attribute] = [:]) -> [Node] {
    [
      node("Transpose", [inputs[0]], ["a"], ["perm": .ints([1, 0])]), node("Transpose", [inputs[1]], ["b"]),
      node("Gemm", ["a", "b"], ["y"], attributes),
    ]
  }

  @Test(arguments: [
    RuleCase("both", gemm(["x", "w"]), inputs: [float("x", 3, 2), float("w", 4, 3)], leaves: ["Gemm"]),
    RuleCase(
      "both, transposed already", gemm(["x", "w"], ["transA": .int(1), "transB": .int(1)]),
      inputs: [float("x", 2, 3), float("w", 3, 4)], leaves: ["Gemm"]),
    RuleCase(
      "others want what is transposed, and more is asked of the Gemm",
      gemm(["x", "w"], ["transA": .int(1), "alpha": .float(2)]),
      inputs: [float("x", 2, 3), float("w", 4, 3)], outputs: ["a", "y"], leaves: ["Transpose", "Gemm"]),
    RuleCase(
      "near miss: axes that stay",
      [node("Transpose", ["x"], ["a"], ["perm": .ints([0, 1])]), node("Gemm", ["a", "w"], ["y"])],
      inputs: [float("x", 2, 3), float("w", 3, 4)], leaves: ["Transpose", "Gemm"]),
    RuleCase(
      "near miss: what is added",
      [node("Transpose", ["c"], ["a"]), node("Gemm", ["x", "w", "a"], ["y"])],
      inputs: [float("x", 2, 3), float("w", 3, 4), float("c", 4, 2)], leaves: ["Transpose", "Gemm"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(TransposeIntoGemm.self) }
}
