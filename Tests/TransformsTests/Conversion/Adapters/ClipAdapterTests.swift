import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand; values: those of the model before.
@Suite struct ClipAdapterTests {
  private static let wide: [String: Attribute] = ["min": .float(-.infinity), "max": .float(.infinity)]

  @Test(arguments: [
    ConversionCase("without bounds", [node("Clip", ["x"], ["y"])], from: 1, to: 13, leaves: ["Clip"]),
    ConversionCase(
      "bounds", [node("Clip", ["x"], ["y"], ["min": .float(-1), "max": .float(0.1)])], from: 1, to: 28,
      leaves: ["Clip"]),
    ConversionCase(
      "the default bounds of 6", [node("Clip", ["x"], ["y"])], from: 6, to: 11, leaves: ["Clip"]),
    ConversionCase("the default bounds of 6", [node("Clip", ["x"], ["y"])], from: 6, to: 1, leaves: ["Clip"]),
    ConversionCase("infinite bounds", [node("Clip", ["x"], ["y"], wide)], from: 6, to: 11, leaves: ["Clip"]),
    ConversionCase(
      "bounds of a narrow type", [node("Clip", ["x"], ["y"], ["max": .float(0.1)])],
      inputs: [ValueInfo(name: "x", type: .tensor(.float16, [.value(14)]))], from: 6, to: 11, leaves: ["Clip"]
    ),
    ConversionCase(
      "constant bounds", [node("Clip", ["x", "lo", "hi"], ["y"])],
      constants: ["lo": Tensor(floats: [-1], shape: []), "hi": Tensor(floats: [2], shape: [])], from: 13,
      to: 1,
      leaves: ["Clip"]),
    ConversionCase(
      "one constant bound", [node("Clip", ["x", "", "hi"], ["y"])],
      constants: ["hi": Tensor(floats: [2], shape: [])], from: 13, to: 6, leaves: ["Clip"]),
    ConversionCase(
      "a bound that callers give", [node("Clip", ["x", "lo"], ["y"])],
      inputs: [float("x", 2, 3), float("lo")],
      from: 11, to: 10, refused: "input 'min' is not constant"),
    ConversionCase(
      "a bound that no float holds", [node("Clip", ["x", "lo"], ["y"])],
      inputs: [ValueInfo(name: "x", type: .tensor(.double, [.value(2)]))],
      constants: ["lo": Tensor(.double, shape: [], rounding: [0.1])], from: 11, to: 10,
      refused: "no float holds"),
  ])
  func conversions(_ test: ConversionCase) throws { try test.check() }
}
