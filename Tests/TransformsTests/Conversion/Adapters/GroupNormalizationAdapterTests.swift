import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand; values: those of the model before.
@Suite struct GroupNormalizationAdapterTests {
  private static let image = [float("x", 2, 4, 3)]
  private static let numbers = ["x": Tensor(floats: (0..<24).map { Float($0 * $0 % 11) }, shape: [2, 4, 3])]
  private static let normalized = [
    node("GroupNormalization", ["x", "s", "b"], ["y"], ["num_groups": .int(2)])
  ]
  private static let repeated = ["Reshape", "Expand", "Reshape"]

  @Test(arguments: [
    ConversionCase(
      "numbers of groups", normalized, inputs: image, constants: ["s": floats(2, 3), "b": floats(-1, 1)],
      feeds: numbers, from: 18, to: 21, leaves: repeated + repeated + ["GroupNormalization"]),
    ConversionCase(
      "numbers of groups, channels of callers", normalized, inputs: [float("x", 2, .param("C"), 3)],
      constants: ["s": floats(2, 3), "b": floats(-1, 1)], feeds: numbers, from: 18, to: 21,
      leaves: ["Shape", "Gather", "Div", "Concat"] + repeated + repeated + ["GroupNormalization"]),
    ConversionCase(
      "numbers of channels", normalized, inputs: image,
      constants: ["s": floats(2, 3, 4, 5), "b": floats(-1, 1)], from: 18, to: 21,
      refused: "does not hold the 4 elements"),
    ConversionCase(
      "numbers that channels share", normalized, inputs: image,
      constants: ["s": floats(2, 2, 3, 3), "b": floats(1, 1, 1, 1)], feeds: numbers, from: 21, to: 18,
      leaves: ["GroupNormalization"]),
    ConversionCase(
      "numbers that differ", normalized, inputs: image,
      constants: ["s": floats(2, 2, 3, 4), "b": floats(1, 1, 1, 1)], from: 21, to: 20,
      refused: "scale differs among channels"),
    ConversionCase(
      "numbers of callers", normalized, inputs: image + [float("s", 4)],
      constants: ["b": floats(1, 1, 1, 1)], from: 21, to: 20, refused: "scale is not constant"),
  ])
  func conversions(_ test: ConversionCase) throws { try test.check() }
}
