import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct MatMulAddToGemmTests {
  private static let matrices = [float("x", .param("N"), 3), float("w", 3, 4)]

  private static func sum(
    _ product: Node = node("MatMul", ["x", "w"], ["a"]), _ operands: [String] = ["a", "c"]
  )
    -> [Node]
  {
    [product, node("Add", operands, ["y"])]
  }

  @Test(arguments: [
    RuleCase(
      "one number for each column", sum(), inputs: matrices, constants: ["c": floats(1, -2, 3, 0.5)],
      leaves: ["Gemm"]),
    RuleCase(
      "on the left, any value of one row", sum(node("MatMul", ["x", "w"], ["a"]), ["c", "a"]),
      inputs: matrices + [float("c", 1, 4)], leaves: ["Gemm"]),
    RuleCase(
      "a number", sum(), inputs: matrices, constants: ["c": Tensor(floats: [2], shape: [])],
      leaves: ["Gemm"]),
    RuleCase(
      "the same open extent", [node("MatMul", ["x", "w"], ["a"]), node("Add", ["a", "x"], ["y"])],
      inputs: [float("x", .param("N"), 3), float("w", 3, 3)], leaves: ["Gemm"]),
    RuleCase(
      "a Gemm without C", sum(node("Gemm", ["x", "w"], ["a"], ["alpha": .float(0.5), "beta": .float(3)])),
      inputs: matrices, constants: ["c": floats(1, -2, 3, 0.5)], leaves: ["Gemm"]),
    RuleCase(
      "integers", sum(),
      inputs: [
        ValueInfo(name: "x", type: .tensor(.int32, [2, 3])),
        ValueInfo(name: "w", type: .tensor(.int32, [3, 4])),
        ValueInfo(name: "c", type: .tensor(.int32, [4])),
      ], leaves: ["Gemm"]),
    RuleCase(
      "near miss: Gemm takes no integers of 8 bits",
      [node("MatMulInteger", ["x", "w"], ["a"])]
        + [node("Add", ["a", "c"], ["y"])],
      inputs: [
        ValueInfo(name: "x", type: .tensor(.int8, [2, 3])),
        ValueInfo(name: "w", type: .tensor(.int8, [3, 4])),
        ValueInfo(name: "c", type: .tensor(.int32, [4])),
      ], leaves: ["MatMulInteger", "Add"]),
    RuleCase(
      "near miss: C may have more rows", sum(), inputs: matrices + [float("c", .param("M"), 4)],
      leaves: ["MatMul", "Add"]),
    RuleCase(
      "near miss: C has more columns", sum(), inputs: [float("x", 2, 3), float("w", 3, 1)],
      constants: ["c": floats(1, 2, 3, 4)], leaves: ["MatMul", "Add"]),
    RuleCase(
      "near miss: C has more axes", sum(), inputs: matrices,
      constants: ["c": Tensor(floats: [1], shape: [1, 1, 1])], leaves: ["MatMul", "Add"]),
    RuleCase(
      "near miss: no matrices", sum(), inputs: [float("x", 2, 2, 3), float("w", 3, 4)],
      constants: ["c": floats(1, -2, 3, 0.5)], leaves: ["MatMul", "Add"]),
    RuleCase(
      "near miss: twice the product", sum(node("MatMul", ["x", "w"], ["a"]), ["a", "a"]), inputs: matrices,
      leaves: ["MatMul", "Add"]),
    RuleCase(
      "near miss: others want the product", sum(), inputs: matrices, outputs: ["a", "y"],
      constants: ["c": floats(2)], leaves: ["MatMul", "Add"]),
    RuleCase(
      "near miss: a Gemm with C", sum(node("Gemm", ["x", "w", "c"], ["a"])), inputs: matrices,
      constants: ["c": floats(2)], leaves: ["Gemm", "Add"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(MatMulAddToGemm.self) }
}
