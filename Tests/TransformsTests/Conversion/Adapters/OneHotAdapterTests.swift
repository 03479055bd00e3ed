import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand; values: those of the model before.
@Suite struct OneHotAdapterTests {
  private static let constants = ["d": Tensor(int64: [4], shape: []), "v": floats(0, 1)]
  private static let indices = [ValueInfo(name: "i", type: .tensor(.int64, [.value(6)]))]
  private static let numbers = ["i": Tensor(int64: [0, -1, 3, -4, 4, -5])]
  private static let moved = ["Cast", "Cast", "Less", "Reshape"]

  @Test(arguments: [
    ConversionCase(
      "negative indices are off", [node("OneHot", ["i", "d", "v"], ["y"])], inputs: indices,
      constants: constants,
      feeds: numbers, from: 9, to: 28, leaves: moved + ["Where", "OneHot"]),
    ConversionCase(
      "negative indices count from the end", [node("OneHot", ["i", "d", "v"], ["y"], ["axis": .int(-2)])],
      inputs: indices, constants: constants, feeds: numbers, from: 11, to: 9,
      leaves: moved + ["Add", "Where", "OneHot"]),
    ConversionCase(
      "indices without sign", [node("OneHot", ["i", "d", "v"], ["y"])],
      inputs: [ValueInfo(name: "i", type: .tensor(.uint8, [.value(2)]))], constants: constants,
      feeds: ["i": Tensor(.uint8, shape: [2], rounding: [3, 1])], from: 9, to: 11, leaves: ["OneHot"]),
    ConversionCase(
      "constant indices", [node("OneHot", ["j", "d", "v"], ["y"])], inputs: [],
      constants: constants.merging(["j": Tensor(int64: [1, 2])]) { a, _ in a }, from: 11, to: 9,
      leaves: ["OneHot"]),
    ConversionCase(
      "depths", [node("OneHot", ["i", "d", "v"], ["y"])], inputs: indices,
      constants: ["d": Tensor(int64: [4, 5]), "v": floats(0, 1)], from: 11, to: 9,
      refused: "does not hold the 2 elements"),
  ])
  func conversions(_ test: ConversionCase) throws { try test.check() }
}
