import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand; values: those of the model before.
@Suite struct SqueezeUnsqueezeAdapterTests {
  @Test(arguments: [
    ConversionCase(
      "attributes",
      [
        node("Unsqueeze", ["x"], ["a"], ["axes": .ints([0, 2])]),
        node("Squeeze", ["a"], ["y"], ["axes": .ints([2])]),
      ],
      from: 1, to: 25, leaves: ["Unsqueeze", "Squeeze"]),
    ConversionCase(
      "no axes", [node("Squeeze", ["x"], ["y"])], inputs: [float("x", 1, 3)], from: 1, to: 13,
      leaves: ["Squeeze"]),
    ConversionCase(
      "no axes", [node("Squeeze", ["x"], ["y"])], inputs: [float("x", 1, 3)], from: 25, to: 1,
      leaves: ["Squeeze"]),
    ConversionCase(
      "constants", [node("Unsqueeze", ["x", "p"], ["a"]), node("Squeeze", ["a", "q"], ["y"])],
      constants: ["p": Tensor(int64: [-1, 0]), "q": Tensor(int64: [0])], from: 25, to: 1,
      leaves: ["Unsqueeze", "Squeeze"]),
    ConversionCase(
      "axes of callers", [node("Squeeze", ["x", "p"], ["y"])],
      inputs: [float("x", 1, 3), ValueInfo(name: "p", type: .tensor(.int64, [.value(1)]))], from: 13, to: 12,
      refused: "13 → 12: input 'axes' is not constant"),
    ConversionCase(
      "axes that are a default of callers", [node("Squeeze", ["x", "p"], ["y"])],
      inputs: [float("x", 1, 3), ValueInfo(name: "p", type: .tensor(.int64, [.value(1)]))],
      constants: ["p": Tensor(int64: [0])], from: 13, to: 12, refused: "input 'axes' is not constant"),
  ])
  func conversions(_ test: ConversionCase) throws { try test.check() }
}
