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

  /// Matrices so large that inference does not dequantize them.
  private static let quantized: [String: Tensor] = [
    "W1": bytes(1_400), "W2": bytes(1_500), "s1": scales(1_400), "s2": scales(1_500),
  ]

  private static func bytes(_ columns: Int) -> Tensor {
    Tensor(.int8, shape: [3, columns], rounding: (0..<3 * columns).map { Double($0 * 7 % 256 - 128) })
  }

  private static func scales(_ count: Int) -> Tensor {
    Tensor(floats: (0..<count).map { Float($0 % 9 + 1) * 0.1 })
  }

  private static func dequantized(_ indices: Int..., axis: Int = 1) -> [Node] {
    indices.flatMap { index in
      [
        node("DequantizeLinear", ["W\(index)", "s\(index)"], ["D\(index)"], ["axis": .int(axis)]),
        node("MatMul", ["x", "D\(index)"], ["y\(index)"]),
      ]
    }
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
      "dequantized by column", dequantized(1, 2), inputs: lines, outputs: ["y1", "y2"], constants: quantized,
      leaves: ["DequantizeLinear", "MatMul", "Split"]),
    RuleCase(
      "near miss: scales of rows", dequantized(1, 2, axis: 0), inputs: lines, outputs: ["y1", "y2"],
      constants: quantized.merging(["s1": floats(1, 2, 3), "s2": floats(1, 2, 3)]) { $1 },
      leaves: ["DequantizeLinear", "MatMul", "DequantizeLinear", "MatMul"]),
    RuleCase(
      "near miss: one is dequantized, one not", dequantized(1) + product(2), inputs: lines,
      outputs: ["y1", "y2"], constants: quantized.merging(["W2": constants["W2"] ?? floats()]) { $1 },
      leaves: ["DequantizeLinear", "MatMul", "MatMul"]),
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
