import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct FuseDequantizeTests {
  private static let bytes = [ValueInfo(name: "x", type: .tensor(.int8, [2, 3]))]
  private static let constants = [
    "s": Tensor(floats: [-0.1], shape: []), "columns": floats(0.1, -3, .infinity),
    "rows": Tensor(floats: [0.1, .nan], shape: [2, 1]), "one": Tensor(floats: [0.5], shape: [1]),
  ]

  private static func scaled(_ scale: String, to type: ElementType = .float) -> [Node] {
    [
      node("Cast", ["x"], ["a"], ["to": .int(Int(type.rawValue))]), node("Mul", ["a", scale], ["y"]),
    ]
  }

  @Test(arguments: [
    RuleCase("a number", scaled("s"), inputs: bytes, constants: constants, leaves: ["DequantizeLinear"]),
    RuleCase(
      "by column", scaled("columns"), inputs: bytes, constants: constants, leaves: ["DequantizeLinear"]),
    RuleCase(
      "by row, opset 13", scaled("rows"), inputs: [ValueInfo(name: "x", type: .tensor(.uint8, [2, 3]))],
      constants: constants, opset: 13, leaves: ["DequantizeLinear"]),
    RuleCase(
      "near miss: by column, opset 12", scaled("columns"), inputs: bytes, constants: constants, opset: 12,
      leaves: ["Cast", "Mul"]),
    RuleCase(
      "near miss: an axis is added", scaled("s"), inputs: bytes,
      constants: ["s": Tensor(floats: [2], shape: [1, 1, 1])], leaves: ["Cast", "Mul"]),
    RuleCase(
      "near miss: one column is stretched", scaled("columns"),
      inputs: [ValueInfo(name: "x", type: .tensor(.int8, [2, 1]))], constants: constants,
      leaves: ["Cast", "Mul"]),
    RuleCase(
      "near miss: integers that a float does not hold", scaled("s"),
      inputs: [ValueInfo(name: "x", type: .tensor(.int32, [2, 3]))], constants: constants,
      leaves: ["Cast", "Mul"]),
    RuleCase(
      "near miss: double", scaled("s", to: .double), inputs: bytes,
      constants: ["s": Tensor(.double, shape: [], rounding: [0.1])], leaves: ["Cast", "Mul"]),
    RuleCase(
      "near miss: others want the cast", scaled("s"), inputs: bytes, outputs: ["a", "y"],
      constants: constants,
      leaves: ["Cast", "Mul"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(FuseDequantize.self) }
}
