import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand; values: those of the model before.
@Suite struct ReshapeAdapterTests {
  @Test(arguments: [
    ConversionCase(
      "an attribute", [node("Reshape", ["x"], ["y"], ["shape": .ints([3, -1])])], from: 1, to: 14,
      leaves: ["Reshape"]),
    ConversionCase(
      "a constant", [node("Reshape", ["x", "s"], ["y"], ["allowzero": .int(1)])],
      constants: ["s": Tensor(int64: [-1, 2])], from: 14, to: 1, leaves: ["Reshape"]),
    ConversionCase(
      "a shape of callers", [node("Reshape", ["x", "s"], ["y"])],
      inputs: [float("x", 2, 3), ValueInfo(name: "s", type: .tensor(.int64, [.value(1)]))],
      feeds: ["s": Tensor(int64: [6])], from: 21, to: 5, leaves: ["Reshape"]),
    ConversionCase(
      "a shape of callers", [node("Reshape", ["x", "s"], ["y"])],
      inputs: [float("x", 2, 3), ValueInfo(name: "s", type: .tensor(.int64, [.value(1)]))], from: 5, to: 4,
      refused: "input 'shape' is not constant"),
    ConversionCase(
      "an extent of 0", [node("Reshape", ["x", "s"], ["y"], ["allowzero": .int(1)])],
      inputs: [float("x", 0, 3)], constants: ["s": Tensor(int64: [3, 0])], from: 14, to: 13,
      refused: "attribute 'allowzero' is 1"),
  ])
  func conversions(_ test: ConversionCase) throws { try test.check() }
}
