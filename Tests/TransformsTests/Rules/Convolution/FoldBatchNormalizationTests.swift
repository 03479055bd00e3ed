import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct FoldBatchNormalizationTests {
  private static let image = [float("x", .param("N"), 2, 3, 3)]
  private static let weights = Tensor(
    floats: (0..<12).map { Float($0) - 5 }, shape: [3, 2, 2, 1])
  private static let constants = statistics(of: 3).merging(["W": weights, "b": floats(1, -2, 0.5)]) { a, _ in
    a
  }

  private static func statistics(of channels: Int) -> [String: Tensor] {
    func numbers(_ step: Float) -> Tensor { Tensor(floats: (1...channels).map { Float($0) * step }) }
    return ["s": numbers(0.5), "B": numbers(-1), "m": numbers(0.25), "v": numbers(2)]
  }

  private static func normalized(
    _ linear: Node, _ outputs: [String] = ["y"], _ attributes: [String: Attribute] = [:]
  ) -> [Node] {
    [linear, node("BatchNormalization", ["a", "s", "B", "m", "v"], outputs, attributes)]
  }

  @Test(arguments: [
    RuleCase(
      "Conv with a bias", normalized(node("Conv", ["x", "W", "b"], ["a"])), inputs: image,
      constants: constants, leaves: ["Conv"]),
    RuleCase(
      "Conv without one", normalized(node("Conv", ["x", "W"], ["a"]), ["y"], ["epsilon": .float(0.1)]),
      inputs: image, constants: constants, leaves: ["Conv"]),
    RuleCase(
      "ConvTranspose of two groups",
      normalized(node("ConvTranspose", ["x", "W", "b"], ["a"], ["group": .int(2)])), inputs: image,
      constants: statistics(of: 4).merging([
        "W": Tensor(floats: [1, 2, 3, 4, -5, -6, 7, 8], shape: [2, 2, 2, 1]), "b": floats(1, -2, 0.5, 3),
      ]) { a, _ in a },
      leaves: ["ConvTranspose"]),
    RuleCase(
      "Gemm", normalized(node("Gemm", ["x", "W"], ["a"], ["transB": .int(1)])), inputs: [float("x", 2, 2)],
      constants: constants.merging([
        "W": Tensor(floats: [1, 2, -3, 4, 5, 6], shape: [3, 2])
      ]) { _, b in b }, leaves: ["Gemm"]),
    RuleCase(
      "opset 7", normalized(node("Conv", ["x", "W"], ["a"])), inputs: image, constants: constants, opset: 7,
      leaves: ["Conv"]),
    RuleCase(
      "near miss: training",
      normalized(node("Conv", ["x", "W"], ["a"]), ["y", "p", "q"], ["training_mode": .int(1)]),
      inputs: image, constants: constants, leaves: ["Conv", "BatchNormalization"]),
    RuleCase(
      "near miss: training in opset 7, said by outputs that nobody reads",
      normalized(node("Conv", ["x", "W"], ["a"]), ["y", "p", "q", "r", "t"]),
      inputs: image, constants: constants, opset: 7, leaves: ["Conv", "BatchNormalization"]),
    RuleCase(
      "near miss: statistics for each element, opset 7",
      normalized(node("Conv", ["x", "W"], ["a"]), ["y"], ["spatial": .int(0)]),
      inputs: [float("x", 2, 2, 2, 1)],
      constants: constants.merging([
        "s": Tensor(floats: [1, 2, 3], shape: [3, 1, 1]), "B": Tensor(floats: [1, 2, 3], shape: [3, 1, 1]),
        "m": Tensor(floats: [1, 2, 3], shape: [3, 1, 1]), "v": Tensor(floats: [1, 2, 3], shape: [3, 1, 1]),
      ]) { _, b in b },
      opset: 7, leaves: ["Conv", "BatchNormalization"]),
    RuleCase(
      "near miss: what Conv gives is an output", normalized(node("Conv", ["x", "W"], ["a"])), inputs: image,
      outputs: ["a", "y"], constants: constants, leaves: ["Conv", "BatchNormalization"]),
    RuleCase(
      "near miss: a caller may replace the weights", normalized(node("Conv", ["x", "W"], ["a"])),
      inputs: image + [float("W", 3, 2, 2, 1)], constants: constants, leaves: ["Conv", "BatchNormalization"]),
    RuleCase(
      "near miss: a weight would be infinite", normalized(node("Conv", ["x", "W"], ["a"])), inputs: image,
      constants: constants.merging(["s": floats(3e38, 1, 1)]) { _, b in b },
      leaves: ["Conv", "BatchNormalization"]),
    RuleCase(
      "near miss: MatMul has no bias", normalized(node("MatMul", ["x", "W"], ["a"])),
      inputs: [float("x", 2, 2)],
      constants: constants.merging(["W": Tensor(floats: [1, 2, -3, 4, 5, 6], shape: [2, 3])]) { _, b in b },
      leaves: ["MatMul", "BatchNormalization"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(FoldBatchNormalization.self) }
}
