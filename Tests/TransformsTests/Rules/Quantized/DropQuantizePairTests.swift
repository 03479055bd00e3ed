import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct DropQuantizePairTests {
  private static let bytes = [ValueInfo(name: "x", type: .tensor(.uint8, [2, 3]))]
  private static let constants = [
    "s": Tensor(floats: [0.1], shape: []), "z": Tensor(.uint8, shape: [], rounding: [128]),
    "s3": floats(0.1, 3, 0x1p-149), "z3": Tensor(.uint8, shape: [3], rounding: [0, 255, 7]),
    "s2": Tensor(floats: [0.1000001], shape: []), "z2": Tensor(.uint8, shape: [], rounding: [127]),
    "huge": Tensor(floats: [3e38], shape: []), "signed": Tensor(.int8, shape: [], rounding: [0]),
  ]

  private static func pair(_ first: [String], _ second: [String], _ attributes: [String: Attribute] = [:])
    -> [Node]
  {
    [
      node("DequantizeLinear", ["x"] + first, ["a"], attributes),
      node("QuantizeLinear", ["a"] + second, ["b"], attributes),
      node("DequantizeLinear", ["b"] + second, ["y"], attributes),
    ]
  }

  @Test(arguments: [
    RuleCase(
      "one scale", pair(["s", "z"], ["s", "z"]), inputs: bytes, constants: constants,
      leaves: ["DequantizeLinear"]),
    RuleCase(
      "a scale for each column", pair(["s3", "z3"], ["s3", "z3"], ["axis": .int(1)]), inputs: bytes,
      constants: constants, leaves: ["DequantizeLinear"]),
    RuleCase(
      "no zero point", pair(["s"], ["s"]), inputs: bytes, constants: constants, leaves: ["DequantizeLinear"]),
    RuleCase(
      "near miss: another scale", pair(["s", "z"], ["s2", "z"]), inputs: bytes, constants: constants,
      leaves: ["DequantizeLinear", "QuantizeLinear", "DequantizeLinear"]),
    RuleCase(
      "near miss: another zero point", pair(["s", "z"], ["s", "z2"]), inputs: bytes, constants: constants,
      leaves: ["DequantizeLinear", "QuantizeLinear", "DequantizeLinear"]),
    RuleCase(
      "near miss: another type", pair(["s"], ["s", "signed"]), inputs: bytes, constants: constants,
      leaves: ["DequantizeLinear", "QuantizeLinear", "DequantizeLinear"]),
    RuleCase(
      "near miss: products overflow", pair(["huge", "z"], ["huge", "z"]), inputs: bytes, constants: constants,
      leaves: ["DequantizeLinear", "QuantizeLinear", "DequantizeLinear"]),
    RuleCase(
      "near miss: the scale is no constant", pair(["t", "z"], ["t", "z"]),
      inputs: bytes + [ValueInfo(name: "t", type: .tensor(.float, []))], constants: constants,
      leaves: ["DequantizeLinear", "QuantizeLinear", "DequantizeLinear"]),
    RuleCase(
      "near miss: floats are quantized first",
      [node("QuantizeLinear", ["x", "s", "z"], ["a"]), node("DequantizeLinear", ["a", "s", "z"], ["y"])],
      constants: constants, leaves: ["QuantizeLinear", "DequantizeLinear"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(DropQuantizePair.self) }

  /// Every code of 16 bits, in scales at which rounding is worst.
  @Test(arguments: [0.1, 1 / 3, 0x1.fffffep-3, 0x1.000002p+5, 0x1p-146, 5e33] as [Float])
  func everyCodeStays(_ scale: Float) {
    for code in -65_535...65_535 {
      let value = Float(code) * scale
      #expect((value / scale).rounded(.toNearestOrEven) == Float(code))
    }
  }
}
