import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand; values: those of the model before.
@Suite struct SoftmaxAdapterTests {
  private static let cube = [float("x", 2, 3, 4)]
  private static let unranked = [ValueInfo(name: "x", type: .tensor(.float, nil))]
  private static let flattened = ["Shape", "Flatten"]

  @Test(arguments: [
    ConversionCase("the last axis", [node("Softmax", ["x"], ["y"])], from: 1, to: 13, leaves: ["Softmax"]),
    ConversionCase(
      "a tail", [node("Softmax", ["x"], ["y"])], inputs: cube, from: 11, to: 13,
      leaves: flattened + ["Softmax", "Reshape"]),
    ConversionCase(
      "a tail", [node("LogSoftmax", ["x"], ["y"], ["axis": .int(0)])], inputs: cube, from: 11, to: 13,
      leaves: flattened + ["LogSoftmax", "Reshape"]),
    ConversionCase(
      "a tail", [node("Hardmax", ["x"], ["y"])], inputs: cube, from: 1, to: 28,
      leaves: flattened + ["Hardmax", "Reshape"]),
    ConversionCase(
      "a tail without axes", [node("Softmax", ["x"], ["y"], ["axis": .int(2)])], from: 11, to: 13,
      leaves: flattened + ["Softmax", "Reshape"]),
    ConversionCase(
      "extents of callers", [node("Softmax", ["x"], ["y"])],
      inputs: [float("x", .param("N"), 3, .param("K"))], from: 11, to: 13,
      leaves: flattened + ["Softmax", "Reshape"]),
    ConversionCase(
      "a rank that is not known", [node("Softmax", ["x"], ["y"])], inputs: unranked,
      feeds: ["x": Tensor(floats: (0..<24).map { Float($0 % 7) }, shape: [2, 3, 4])], from: 11, to: 13,
      leaves: flattened + ["Softmax", "Reshape"]),
    ConversionCase(
      "no elements", [node("Softmax", ["x"], ["y"])], inputs: [float("x", 2, 1, 0, 4)], from: 11, to: 13,
      leaves: ["Identity"]),
    ConversionCase(
      "an extent that a caller makes 0", [node("Softmax", ["x"], ["y"])],
      inputs: [float("x", 2, .param("N"), 4)], feeds: ["x": Tensor(floats: [], shape: [2, 0, 4])], from: 11,
      to: 13,
      leaves: flattened + ["Softmax", "Reshape"]),
    ConversionCase(
      "a scalar", [node("Softmax", ["x"], ["y"], ["axis": .int(0)])], inputs: [float("x")], from: 11, to: 13,
      leaves: flattened + ["Softmax", "Reshape"]),
    ConversionCase(
      "a rank that is not known to be 0", [node("Hardmax", ["x"], ["y"], ["axis": .int(0)])],
      inputs: unranked,
      feeds: ["x": Tensor(floats: [3], shape: [])], from: 1, to: 28,
      leaves: flattened + ["Hardmax", "Reshape"]),
    ConversionCase(
      "the last axis", [node("Softmax", ["x"], ["y"])], inputs: cube, from: 13, to: 1, leaves: ["Softmax"]),
    ConversionCase(
      "an axis in between", [node("Softmax", ["x"], ["y"], ["axis": .int(1)])], inputs: cube, from: 13, to: 1,
      leaves: ["Transpose", "Softmax", "Transpose"]),
    ConversionCase(
      "the first axis", [node("Hardmax", ["x"], ["y"], ["axis": .int(-3)])], inputs: cube, from: 13, to: 11,
      leaves: ["Transpose", "Hardmax", "Transpose"]),
    ConversionCase(
      "an axis in between", [node("LogSoftmax", ["x"], ["y"], ["axis": .int(1)])], inputs: cube, from: 13,
      to: 11,
      leaves: ["Transpose", "LogSoftmax", "Transpose"]),
    ConversionCase(
      "the last axis of an unknown rank", [node("Softmax", ["x"], ["y"])], inputs: unranked,
      feeds: ["x": Tensor(floats: [1, 2, 3, 4], shape: [2, 2])], from: 13, to: 11, leaves: ["Softmax"]),
    ConversionCase(
      "another axis of an unknown rank", [node("Softmax", ["x"], ["y"], ["axis": .int(1)])], inputs: unranked,
      from: 13, to: 12, refused: "the rank of the input is not known"),
  ])
  func conversions(_ test: ConversionCase) throws { try test.check() }
}
