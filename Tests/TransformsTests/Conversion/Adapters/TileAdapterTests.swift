import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand; values: those of the model before.
@Suite struct TileAdapterTests {
  @Test(arguments: [
    ConversionCase(
      "one axis", [node("Tile", ["x", "t", "a"], ["y"])], constants: ["t": floats(3), "a": floats(1)],
      from: 1, to: 13,
      leaves: ["Tile"]),
    ConversionCase(
      "two axes", [node("Tile", ["x", "r"], ["y"])], constants: ["r": Tensor(int64: [2, 3])], from: 13, to: 1,
      leaves: ["Tile", "Tile"]),
    ConversionCase(
      "no axis", [node("Tile", ["x", "r"], ["y"])], constants: ["r": Tensor(int64: [1, 1])], from: 6, to: 1,
      leaves: ["Tile"]),
    ConversionCase(
      "tiles of callers", [node("Tile", ["x", "t", "a"], ["y"])], inputs: [float("x", 2, 3), float("t", 1)],
      constants: ["a": floats(1)], from: 1, to: 6, refused: "input 'tiles' is not constant"),
  ])
  func conversions(_ test: ConversionCase) throws { try test.check() }
}
