import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand; values: those of the model before.
@Suite struct QuantizationAdapterTests {
  private static let one = [
    "s": Tensor(floats: [0.5], shape: []), "z": Tensor(.int8, shape: [], rounding: [3]),
  ]
  private static let several = ["s": floats(0.5, 1, 2), "z": Tensor(.int8, shape: [3], rounding: [1, 2, 3])]
  private static let quantize = [node("QuantizeLinear", ["x", "s", "z"], ["y"])]
  private static let small = [ValueInfo(name: "x", type: .tensor(.int8, [.value(3)]))]

  @Test(arguments: [
    ConversionCase("one scale", quantize, constants: one, from: 10, to: 28, leaves: ["QuantizeLinear"]),
    ConversionCase("one scale", quantize, constants: one, from: 28, to: 10, leaves: ["QuantizeLinear"]),
    ConversionCase(
      "several scales", quantize, constants: several, from: 28, to: 13, leaves: ["QuantizeLinear"]),
    ConversionCase(
      "several scales", quantize, constants: several, from: 13, to: 12, refused: "known to be a single number"
    ),
    ConversionCase(
      "a type without a zero point", [node("QuantizeLinear", ["x", "s"], ["y"], ["output_dtype": .int(3)])],
      constants: several, from: 21, to: 13, leaves: ["QuantizeLinear"]),
    ConversionCase(
      "blocks", [node("QuantizeLinear", ["x", "s"], ["y"], ["block_size": .int(3)])],
      constants: ["s": Tensor(floats: [1, 2], shape: [2, 1])], from: 21, to: 20,
      refused: "attribute 'block_size' is 3"),
    ConversionCase(
      "DequantizeLinear of one scale", [node("DequantizeLinear", ["x", "s", "z"], ["y"])], inputs: small,
      constants: one, feeds: ["x": Tensor(.int8, shape: [3], rounding: [1, -2, 100])], from: 28, to: 10,
      leaves: ["DequantizeLinear"]),
    ConversionCase(
      "the scale's own type", [node("DequantizeLinear", ["x", "s", "z"], ["y"], ["output_dtype": .int(1)])],
      inputs: small, constants: one, feeds: ["x": Tensor(.int8, shape: [3], rounding: [1, -2, 100])],
      from: 23,
      to: 21, leaves: ["DequantizeLinear"]),
    ConversionCase(
      "another type", [node("DequantizeLinear", ["x", "s", "z"], ["y"], ["output_dtype": .int(10)])],
      inputs: small, constants: one, from: 23, to: 22, refused: "attribute 'output_dtype' is 10"),
  ])
  func conversions(_ test: ConversionCase) throws { try test.check() }
}
