import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand; values: those of the model before.
@Suite struct TopKAdapterTests {
  private static let constants = ["k": Tensor(int64: [2])]

  @Test(arguments: [
    ConversionCase(
      "k", [node("TopK", ["x"], ["y", "i"], ["k": .int(2)])], outputs: ["y", "i"], from: 1, to: 28,
      leaves: ["TopK"]),
    ConversionCase(
      "a constant K", [node("TopK", ["x", "k"], ["y", "i"], ["sorted": .int(0)])], outputs: ["y", "i"],
      constants: constants, from: 24, to: 1, leaves: ["TopK"]),
    ConversionCase(
      "the smallest", [node("TopK", ["x", "k"], ["y", "i"], ["largest": .int(0)])], constants: constants,
      from: 11,
      to: 10, refused: "attribute 'largest' is 0"),
    ConversionCase(
      "a K of callers", [node("TopK", ["x", "k"], ["y", "i"])],
      inputs: [float("x", 2, 3), ValueInfo(name: "k", type: .tensor(.int64, [.value(1)]))], from: 11, to: 9,
      refused: "input 'K' is not constant"),
  ])
  func conversions(_ test: ConversionCase) throws { try test.check() }
}
