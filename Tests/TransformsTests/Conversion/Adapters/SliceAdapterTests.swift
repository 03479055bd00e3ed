import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand; values: those of the model before.
@Suite struct SliceAdapterTests {
  private static let ranges = ["s": Tensor(int64: [1]), "e": Tensor(int64: [3]), "a": Tensor(int64: [-1])]

  @Test(arguments: [
    ConversionCase(
      "attributes", [node("Slice", ["x"], ["y"], ["starts": .ints([1, 0]), "ends": .ints([2, -1])])], from: 1,
      to: 13,
      leaves: ["Slice"]),
    ConversionCase(
      "axes", [node("Slice", ["x"], ["y"], ["starts": .ints([1]), "ends": .ints([2]), "axes": .ints([1])])],
      from: 1,
      to: 10, leaves: ["Slice"]),
    ConversionCase(
      "constants", [node("Slice", ["x", "s", "e", "a"], ["y"])], constants: ranges, from: 13, to: 1,
      leaves: ["Slice"]),
    ConversionCase(
      "steps of 1", [node("Slice", ["x", "s", "e", "a", "t"], ["y"])],
      constants: ranges.merging(["t": Tensor(int64: [1])]) { a, _ in a }, from: 13, to: 9, leaves: ["Slice"]),
    ConversionCase(
      "steps of 2", [node("Slice", ["x", "s", "e", "a", "t"], ["y"])],
      constants: ranges.merging(["t": Tensor(int64: [2])]) { a, _ in a }, from: 13, to: 9,
      refused: "steps are not all 1"),
    ConversionCase(
      "a range of callers", [node("Slice", ["x", "s", "e"], ["y"])],
      inputs: [float("x", 2, 3), ValueInfo(name: "s", type: .tensor(.int64, [.value(1)]))],
      constants: ["e": Tensor(int64: [2])], from: 13, to: 9, refused: "10 → 9: input 'starts' is not constant"
    ),
  ])
  func conversions(_ test: ConversionCase) throws { try test.check() }
}
