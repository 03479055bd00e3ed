import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct JoinParallelProductsTests {
  private static let lines = [float("x", .param("N"), 2, 3)]
  private static let constants = [
    "W1": matrix(3, 2, 1), "W2": matrix(3, 4, -0.5), "W3": matrix(3, 1, 2), "b1": floats(1, -2),
    "b2": floats(3, 0.5, -1, 0), "b3": floats(4),
  ]

  private static func matrix(_ rows: Int, _ columns: Int, _ step: Float) -> Tensor {
    Tensor(floats: (0..<rows * columns).map { Float($0) * step - 2 }, shape: [rows, columns])
  }

  private static func product(_ index: Int, hasBias: Bool = false) -> [Node] {
    let product = node("MatMul", ["x", "W\(index)"], [hasBias ? "a\(index)" : "y\(index)"])
    return hasBias ? [product, node("Add", ["b\(index)", "a\(index)"], ["y\(index)"])] : [product]
  }

  @Test(arguments: [
    RuleCase(
      "three products", product(1) + product(2) + product(3), inputs: lines, outputs: ["y1", "y2", "y3"],
      constants: constants, leaves: ["MatMul", "Split"]),
    RuleCase(
      "two with sums", product(1, hasBias: true) + product(2, hasBias: true), inputs: lines,
      outputs: ["y1", "y2"], constants: constants, leaves: ["MatMul", "Add", "Split"]),
    RuleCase(
      "one without a sum", product(1, hasBias: true) + product(2, hasBias: true) + product(3), inputs: lines,
      outputs: ["y1", "y2", "y3"], constants: constants, leaves: ["MatMul", "Add", "Split"]),
    RuleCase(
      "opset 11", product(1) + product(2) + product(3), inputs: lines, outputs: ["y1", "y2", "y3"],
      constants: constants, opset: 11, leaves: ["MatMul", "Split"]),
    RuleCase(
      "near miss: two products", product(1) + product(2), inputs: lines, outputs: ["y1", "y2"],
      constants: constants, leaves: ["MatMul", "MatMul"]),
    RuleCase(
      "near miss: one is by no constant", product(1) + product(2) + product(3),
      inputs: lines + [float("W3", 3, 1)], outputs: ["y1", "y2", "y3"],
      constants: constants.filter { $0.key != "W3" }, leaves: ["MatMul", "MatMul", "MatMul"]),
    RuleCase(
      "near miss: what is added is stretched over rows",
      product(1, hasBias: true) + product(2, hasBias: true),
      inputs: lines, outputs: ["y1", "y2"],
      constants: constants.merging(["b2": Tensor(floats: [1, 2], shape: [2, 1])]) { $1 },
      leaves: ["MatMul", "Add", "MatMul", "Add"]),
    RuleCase(
      "near miss: a product is an output too", product(1, hasBias: true) + product(2, hasBias: true),
      inputs: lines, outputs: ["y1", "y2", "a2"], constants: constants,
      leaves: ["MatMul", "Add", "MatMul", "Add"]),
    RuleCase(
      "near miss: a vector", product(1) + product(2) + product(3), inputs: [float("x", 3)],
      outputs: ["y1", "y2", "y3"], constants: constants, leaves: ["MatMul", "MatMul", "MatMul"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(JoinParallelProducts.self) }
}
