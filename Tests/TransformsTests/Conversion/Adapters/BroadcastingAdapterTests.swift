import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand; values: those of the model before.
@Suite struct BroadcastingAdapterTests {
  private static let cube = [float("x", 2, 3, 4)]
  private static func tensor(_ shape: Int...) -> [String: Tensor] {
    ["b": Tensor(floats: (0..<shape.reduce(1, *)).map { Float($0) - 1 }, shape: shape)]
  }
  private static func binary(_ opType: String, _ attributes: [String: Attribute] = [:]) -> [Node] {
    [node(opType, ["x", "b"], ["y"], attributes)]
  }

  @Test(arguments: [
    ConversionCase("equal shapes", [node("Add", ["x", "x"], ["y"])], from: 1, to: 7, leaves: ["Add"]),
    ConversionCase(
      "B at the end", binary("Sub", ["broadcast": .int(1)]), inputs: cube, constants: tensor(3, 4), from: 1,
      to: 14,
      leaves: ["Sub"]),
    ConversionCase(
      "B at an axis", binary("Mul", ["broadcast": .int(1), "axis": .int(1)]), inputs: cube,
      constants: tensor(3),
      from: 6, to: 7, leaves: ["Unsqueeze", "Mul"]),
    ConversionCase(
      "B at the first axis", binary("Div", ["broadcast": .int(1), "axis": .int(0)]), inputs: cube,
      constants: tensor(2, 3), from: 6, to: 13, leaves: ["Unsqueeze", "Div"]),
    ConversionCase(
      "B at an axis of an unknown rank", binary("Pow", ["broadcast": .int(1), "axis": .int(0)]),
      inputs: [ValueInfo(name: "x", type: .tensor(.float, nil))], constants: tensor(2), from: 6, to: 7,
      refused: "the rank of input 0 is not known"),
    ConversionCase(
      "a scalar B that is not stretched", binary("Div"), constants: tensor(), from: 6, to: 7, leaves: ["Div"]),
    ConversionCase(
      "equal shapes of callers", [node("Relu", ["x"], ["b"]), node("Add", ["x", "b"], ["y"])],
      inputs: [float("x", .param("N"), 3)], from: 13, to: 1, leaves: ["Relu", "Add"]),
    ConversionCase(
      "B in the middle", binary("Sub"), inputs: cube, constants: tensor(3, 1), from: 13, to: 1,
      leaves: ["Squeeze", "Sub"]),
    ConversionCase(
      "B of one element", binary("Div"), inputs: cube, constants: tensor(1, 1), from: 13, to: 1,
      leaves: ["Squeeze", "Div"]),
    ConversionCase("a scalar B", binary("Pow"), constants: tensor(), from: 13, to: 1, leaves: ["Pow"]),
    ConversionCase(
      "A is stretched", [node("Add", ["b", "x"], ["y"])], inputs: cube, constants: tensor(4), from: 13, to: 6,
      leaves: ["Add"]),
    ConversionCase(
      "A is stretched", [node("Greater", ["b", "x"], ["y"])], inputs: cube, constants: tensor(4), from: 13,
      to: 6,
      leaves: ["Less"]),
    ConversionCase(
      "A is stretched", [node("Sub", ["b", "x"], ["y"])], inputs: cube, constants: tensor(4), from: 7, to: 6,
      refused: "only B is stretched"),
    ConversionCase(
      "both are stretched", binary("Add"), inputs: [float("x", 3, 1)], constants: tensor(1, 4), from: 7,
      to: 6,
      refused: "only B is stretched"),
    ConversionCase(
      "an extent of callers", binary("Add"), inputs: [float("x", 2, .param("N"))], constants: tensor(1, 4),
      from: 7,
      to: 6, refused: "only B is stretched"),
    ConversionCase(
      "Max of equal shapes", [node("Max", ["x", "x"], ["y"])], from: 13, to: 1, leaves: ["Max"]),
    ConversionCase(
      "Max of one", [node("Max", ["x"], ["y"])], inputs: [ValueInfo(name: "x", type: .tensor(.float, nil))],
      feeds: ["x": floats(1, 2)], from: 13, to: 1, leaves: ["Max"]),
    ConversionCase(
      "Sum of two shapes", [node("Sum", ["x", "b"], ["y"])], constants: tensor(3), from: 13, to: 7,
      refused: "the inputs are not known to have one shape"),
  ])
  func conversions(_ test: ConversionCase) throws { try test.check() }
}
