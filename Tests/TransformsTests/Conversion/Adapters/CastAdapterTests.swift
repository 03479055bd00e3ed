import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand; values: those of the model before.
@Suite struct CastAdapterTests {
  private static func cast(_ attributes: [String: Attribute]) -> [Node] {
    [node("Cast", ["x"], ["y"], attributes)]
  }

  @Test(arguments: [
    ConversionCase("a name", cast(["to": .string("FLOAT16")]), from: 1, to: 25, leaves: ["Cast"]),
    ConversionCase("a number", cast(["to": .int(11)]), from: 25, to: 1, leaves: ["Cast"]),
    ConversionCase(
      "saturation of no float8", cast(["to": .int(6), "saturate": .int(0)]),
      inputs: [ValueInfo(name: "x", type: .tensor(.double, [.value(3)]))],
      feeds: ["x": Tensor(.double, shape: [3], rounding: [1, -2, 3])], from: 19, to: 13, leaves: ["Cast"]),
    ConversionCase(
      "a type that is not there yet", cast(["to": .int(17)]), from: 19, to: 18,
      refused: "19 → 18: attribute 'to' is float8e4m3fn"),
    ConversionCase(
      "a float8 after saturation went", cast(["to": .int(17), "saturate": .int(0)]), from: 19, to: 18,
      refused: "attribute 'saturate' is 0"),
    ConversionCase(
      "rounding of no float8e8m0", cast(["to": .int(10), "round_mode": .string("down")]), from: 24, to: 19,
      leaves: ["Cast"]),
    ConversionCase(
      "CastLike", [node("CastLike", ["x", "t"], ["y"], ["saturate": .int(0)])],
      constants: ["t": Tensor(int64: [1])], feeds: ["x": Tensor(floats: [1, 2, 3, 4, 5, 6], shape: [2, 3])],
      from: 25, to: 15, leaves: ["CastLike"]),
  ])
  func conversions(_ test: ConversionCase) throws { try test.check() }
}
