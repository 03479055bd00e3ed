import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand; values: those of the model before.
@Suite struct ConvTransposeAdapterTests {
  private static let line = [float("x", 1, 1, 3)]
  private static let weights = ["w": Tensor(floats: [1, 2, 3, 4], shape: [1, 1, 4])]
  private static let numbers = ["x": Tensor(floats: [1, 10, 100], shape: [1, 1, 3])]
  private static func spread(_ shape: [Int], _ attributes: [String: Attribute] = [:]) -> [Node] {
    [
      node(
        "ConvTranspose", ["x", "w"], ["y"], attributes.merging(["output_shape": .ints(shape)]) { a, _ in a })
    ]
  }

  @Test(arguments: [
    ConversionCase(
      "an odd cell", spread([3]), inputs: line, constants: weights, feeds: numbers, from: 1, to: 22,
      leaves: ["ConvTranspose"]),
    ConversionCase(
      "an odd cell", spread([3]), inputs: line, constants: weights, feeds: numbers, from: 22, to: 1,
      leaves: ["ConvTranspose"]),
    ConversionCase(
      "N and M in the shape", spread([1, 1, 4]), inputs: line, constants: weights, feeds: numbers, from: 1,
      to: 11,
      leaves: ["ConvTranspose"]),
    ConversionCase(
      "SAME_UPPER", spread([3], ["auto_pad": .string("SAME_UPPER")]), inputs: line, constants: weights,
      feeds: numbers,
      from: 1, to: 11, leaves: ["ConvTranspose"]),
    ConversionCase(
      "an extent of callers", spread([3]), inputs: [float("x", 1, 1, .param("N"))], constants: weights,
      from: 1,
      to: 11, refused: "the extents of X and W are not known"),
  ])
  func conversions(_ test: ConversionCase) throws { try test.check() }
}
