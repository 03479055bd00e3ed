import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand; values: those of the model before.
@Suite struct DropoutAdapterTests {
  private static let masked = ["y", "m"]

  @Test(arguments: [
    ConversionCase(
      "without training", [node("Dropout", ["x"], ["y"], ["is_test": .int(1), "ratio": .float(0.3)])],
      from: 1, to: 22,
      leaves: ["Dropout"]),
    ConversionCase(
      "a mask", [node("Dropout", ["x"], masked, ["is_test": .int(1)])], outputs: masked, from: 1, to: 22,
      leaves: ["Dropout", "Cast"]),
    ConversionCase(
      "training", [node("Dropout", ["x"], ["y"])], from: 6, to: 7,
      refused: "is_test is 0, which means training"),
    ConversionCase("without training", [node("Dropout", ["x"], ["y"])], from: 22, to: 1, leaves: ["Dropout"]),
    ConversionCase(
      "a mask", [node("Dropout", ["x"], masked)], outputs: masked, from: 22, to: 1,
      leaves: ["Dropout", "Cast"]),
    ConversionCase(
      "a seed and a ratio without training", [node("Dropout", ["x", "r"], ["y"], ["seed": .int(3)])],
      constants: ["r": Tensor(floats: [0.25], shape: [])], from: 13, to: 7, leaves: ["Dropout"]),
    ConversionCase(
      "training_mode is constant false", [node("Dropout", ["x", "", "t"], ["y"])],
      constants: ["t": Tensor(bools: [false], shape: [])], from: 13, to: 7, leaves: ["Dropout"]),
    ConversionCase(
      "callers say whether it trains", [node("Dropout", ["x", "", "t"], ["y"])],
      inputs: [float("x", 2, 3), ValueInfo(name: "t", type: .tensor(.bool, []))], from: 12, to: 11,
      refused: "training_mode is not known to be false"),
  ])
  func conversions(_ test: ConversionCase) throws { try test.check() }
}
