import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand; values: those of the model before.
@Suite struct SplitAdapterTests {
  private static let parts = ["y", "z"]
  private static let computed = ["Shape", "Gather", "Add", "Div", "Mul", "Sub", "Max", "Min", "Split"]

  @Test(arguments: [
    ConversionCase(
      "extents as an input of 1", [node("Split", ["x", "s"], parts)], outputs: parts,
      constants: ["s": floats(1, 1)], from: 1, to: 13, leaves: ["Split"]),
    ConversionCase(
      "equal parts", [node("Split", ["x"], parts)], outputs: parts, from: 2, to: 18, leaves: ["Split"]),
    ConversionCase(
      "extents", [node("Split", ["x"], parts, ["axis": .int(1), "split": .ints([2, 1])])], outputs: parts,
      from: 2,
      to: 18, leaves: ["Split"]),
    ConversionCase(
      "constant extents", [node("Split", ["x", "s"], parts, ["axis": .int(-1)])], outputs: parts,
      constants: ["s": Tensor(int64: [2, 1])], from: 18, to: 1, leaves: ["Split"]),
    ConversionCase(
      "equal parts", [node("Split", ["x"], parts, ["num_outputs": .int(2)])], outputs: parts, from: 18, to: 1,
      leaves: ["Split"]),
    ConversionCase(
      "unequal parts", [node("Split", ["x"], parts, ["num_outputs": .int(2), "axis": .int(1)])],
      outputs: parts,
      from: 18, to: 1, leaves: ["Split"]),
    ConversionCase(
      "parts of an extent that is not known", [node("Split", ["x"], parts, ["num_outputs": .int(2)])],
      inputs: [float("x", .param("N"), 3)], outputs: parts, from: 18, to: 13, leaves: computed),
    ConversionCase(
      "more parts than cells", [node("Split", ["x"], ["y", "z", "w"], ["num_outputs": .int(3)])],
      inputs: [float("x", .param("N"))], outputs: ["y", "z", "w"], from: 18, to: 13, leaves: computed),
    ConversionCase(
      "extents of callers", [node("Split", ["x", "s"], parts)],
      inputs: [float("x", 2, 3), ValueInfo(name: "s", type: .tensor(.int64, [.value(2)]))], from: 13, to: 12,
      refused: "input 'split' is not constant"),
  ])
  func conversions(_ test: ConversionCase) throws { try test.check() }
}
