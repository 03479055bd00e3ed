import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand; values: those of the model before.
@Suite struct BatchNormalizationAdapterTests {
  private static let image = [float("x", 2, 2, 3)]
  private static let statistics: [String: Tensor] = [
    "s": floats(0.5, 2), "b": floats(1, -2), "m": floats(0.25, 3), "v": floats(2, 0.5),
  ]
  private static let elements: [String: Tensor] = statistics.mapValues { tensor in
    Tensor(floats: (0..<6).map { Float($0) + Float(tensor.doubles()[0]) }, shape: [2, 3])
  }
  private static let numbers = ["x": Tensor(floats: (0..<12).map { Float($0 * $0 % 7) }, shape: [2, 2, 3])]
  private static let trained = ["y", "p", "q"]
  private static func normalized(_ outputs: [String] = ["y"], _ attributes: [String: Attribute] = [:])
    -> [Node]
  {
    [node("BatchNormalization", ["x", "s", "b", "m", "v"], outputs, attributes)]
  }

  @Test(arguments: [
    ConversionCase(
      "inference", normalized(["y"], ["consumed_inputs": .ints([0, 0, 0, 1, 1]), "is_test": .int(1)]),
      inputs: image,
      constants: statistics, from: 1, to: 28, leaves: ["BatchNormalization"]),
    ConversionCase(
      "inference with statistics", normalized(trained, ["is_test": .int(1)]), inputs: image, outputs: trained,
      constants: statistics, from: 6, to: 15, leaves: ["BatchNormalization", "Identity", "Identity"]),
    ConversionCase(
      "training", normalized(), inputs: image, constants: statistics, feeds: numbers, from: 6, to: 15,
      leaves: ["BatchNormalization"]),
    ConversionCase(
      "training with statistics", normalized(trained), inputs: image, outputs: trained, constants: statistics,
      feeds: numbers, from: 7, to: 15, leaves: ["BatchNormalization"]),
    ConversionCase(
      "saved statistics that nobody reads", normalized(trained + ["r", "t"]), inputs: image,
      constants: statistics,
      feeds: numbers, from: 7, to: 14, leaves: ["BatchNormalization"]),
    ConversionCase(
      "saved statistics", normalized(trained + ["r", "t"]), inputs: image, outputs: ["y", "r"],
      constants: statistics, from: 7, to: 14, refused: "somebody reads output saved_mean"),
    ConversionCase(
      "statistics for each element", normalized(["y"], ["spatial": .int(0)]), inputs: image,
      constants: elements,
      from: 7, to: 9,
      leaves: ["Shape", "Shape", "Flatten", "Reshape", "Reshape", "Reshape", "Reshape"]
        + ["BatchNormalization", "Reshape"]),
    ConversionCase(
      "statistics for each of no elements", normalized(["y"], ["spatial": .int(0)]),
      inputs: [float("x", 2, 2, 0)],
      constants: statistics, from: 7, to: 9, refused: "X has no elements"),
    ConversionCase(
      "inference", normalized(), inputs: image, constants: statistics, from: 15, to: 1,
      leaves: ["BatchNormalization"]),
    ConversionCase(
      "training", normalized(trained, ["training_mode": .int(1)]), inputs: image, outputs: trained,
      constants: statistics, feeds: numbers, from: 15, to: 1, leaves: ["BatchNormalization"]),
    ConversionCase(
      "training without statistics", normalized(["y"], ["training_mode": .int(1)]), inputs: image,
      constants: statistics, feeds: numbers, from: 14, to: 9, leaves: ["BatchNormalization"]),
  ])
  func conversions(_ test: ConversionCase) throws { try test.check() }
}
