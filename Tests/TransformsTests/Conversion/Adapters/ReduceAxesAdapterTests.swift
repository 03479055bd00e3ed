import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand; values: those of the model before.
@Suite struct ReduceAxesAdapterTests {
  private static let axes = ["a": Tensor(int64: [-1])]

  @Test(arguments: [
    ConversionCase(
      "ReduceSum", [node("ReduceSum", ["x"], ["y"], ["axes": .ints([1])])], from: 1, to: 13,
      leaves: ["ReduceSum"]),
    ConversionCase("all axes", [node("ReduceL2", ["x"], ["y"])], from: 1, to: 18, leaves: ["ReduceL2"]),
    ConversionCase(
      "ReduceMean", [node("ReduceMean", ["x"], ["y"], ["axes": .ints([0]), "keepdims": .int(0)])], from: 11,
      to: 18,
      leaves: ["ReduceMean"]),
    ConversionCase(
      "constant axes", [node("ReduceMax", ["x", "a"], ["y"])], constants: axes, from: 20, to: 1,
      leaves: ["ReduceMax"]),
    ConversionCase(
      "each element by itself", [node("ReduceSumSquare", ["x"], ["y"], ["noop_with_empty_axes": .int(1)])],
      from: 18,
      to: 17, leaves: ["Unsqueeze", "ReduceSumSquare"]),
    ConversionCase(
      "each element by itself", [node("ReduceSum", ["x"], ["y"], ["noop_with_empty_axes": .int(1)])],
      from: 13,
      to: 12, leaves: ["Unsqueeze", "ReduceSum"]),
    ConversionCase(
      "axes of callers", [node("ReduceL1", ["x", "a"], ["y"])],
      inputs: [float("x", 2, 3), ValueInfo(name: "a", type: .tensor(.int64, [.value(1)]))], from: 18, to: 17,
      refused: "input 'axes' is not constant"),
  ])
  func conversions(_ test: ConversionCase) throws { try test.check() }
}
