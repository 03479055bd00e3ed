import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// RoiAlign and GridSample. Expected operators: by hand; values: those of the model before.
@Suite struct SamplingAdapterTests {
  private static let image = [float("x", 1, 1, 4, 4)]
  private static let regions: [String: Tensor] = [
    "r": Tensor(floats: [0, 0.5, 2.5, 3], shape: [1, 4]), "i": Tensor(int64: [0]),
  ]
  private static let pixels = [
    "x": Tensor(floats: (0..<16).map { Float($0 * $0 % 13) }, shape: [1, 1, 4, 4])
  ]
  private static let grid = [
    "g": Tensor(floats: [-0.7, 0.2, 0.9, -1.3, 0.1, 0.3, -1, 1], shape: [1, 2, 2, 2])
  ]
  private static func align(_ mode: String?) -> [Node] {
    let attributes = mode.map { ["coordinate_transformation_mode": Attribute.string($0)] } ?? [:]
    return [node("RoiAlign", ["x", "r", "i"], ["y"], attributes)]
  }
  private static func sample(_ mode: String) -> [Node] {
    [node("GridSample", ["x", "g"], ["y"], ["mode": .string(mode)])]
  }

  @Test(arguments: [
    ConversionCase(
      "RoiAlign", align(nil), inputs: image, constants: regions, feeds: pixels, from: 10, to: 22,
      leaves: ["RoiAlign"]),
    ConversionCase(
      "RoiAlign", align("output_half_pixel"), inputs: image, constants: regions, feeds: pixels, from: 22,
      to: 10,
      leaves: ["RoiAlign"]),
    ConversionCase(
      "half_pixel", align(nil), inputs: image, constants: regions, from: 16, to: 15,
      refused: "coordinate_transformation_mode is half_pixel"),
    ConversionCase(
      "bicubic", sample("bicubic"), inputs: image, constants: grid, feeds: pixels, from: 16, to: 22,
      leaves: ["GridSample"]),
    ConversionCase(
      "the default mode", [node("GridSample", ["x", "g"], ["y"])], inputs: image, constants: grid,
      feeds: pixels,
      from: 16, to: 22, leaves: ["GridSample"]),
    ConversionCase(
      "linear", sample("linear"), inputs: image, constants: grid, feeds: pixels, from: 22, to: 16,
      leaves: ["GridSample"]),
    ConversionCase(
      "the default mode", [node("GridSample", ["x", "g"], ["y"])], inputs: image, constants: grid,
      feeds: pixels,
      from: 22, to: 16, leaves: ["GridSample"]),
    ConversionCase(
      "five axes", sample("linear"), inputs: [float("x", 1, 1, 2, 2, 2)],
      constants: ["g": Tensor(floats: [0, 0, 0], shape: [1, 1, 1, 1, 3])], from: 20, to: 19,
      refused: "X has rank 5"),
  ])
  func conversions(_ test: ConversionCase) throws { try test.check() }
}
