import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand; values: those of the model before.
@Suite struct PReluAdapterTests {
  private static let cube = [float("x", 2, 3, 4)]
  private static let prelu = [node("PRelu", ["x", "s"], ["y"])]

  @Test(arguments: [
    ConversionCase(
      "slopes of channels", prelu, inputs: cube, constants: ["s": floats(1, 2, 3)], from: 1, to: 16,
      leaves: ["Unsqueeze", "PRelu"]),
    ConversionCase(
      "one slope", prelu, inputs: cube, constants: ["s": floats(2)], from: 6, to: 7, leaves: ["PRelu"]),
    ConversionCase(
      "slopes of channels", prelu, inputs: cube,
      constants: ["s": Tensor(floats: [1, 2, 3], shape: [3, 1])], from: 16, to: 1,
      leaves: ["Squeeze", "PRelu"]),
    ConversionCase(
      "a batch of slopes of channels", prelu, inputs: cube,
      constants: ["s": Tensor(floats: [1, 2, 3], shape: [1, 3, 1])], from: 9, to: 6,
      leaves: ["Squeeze", "PRelu"]),
    ConversionCase(
      "one slope", prelu, inputs: cube, constants: ["s": floats(2)], from: 9, to: 6, leaves: ["PRelu"]),
    ConversionCase(
      "slopes along the last axis", prelu, inputs: cube, constants: ["s": floats(1, 2, 3, 4)], from: 7, to: 6,
      refused: "does not differ along the channels"),
  ])
  func conversions(_ test: ConversionCase) throws { try test.check() }
}
