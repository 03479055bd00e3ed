import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct RaiseScaleTests {
  private static let lines = [float("x", .param("N"), 2, 3)]
  private static let constants = [
    "W": Tensor(floats: (0..<12).map { Float($0) - 5 }, shape: [3, 4]), "b": floats(3, 0.5, -1, 0),
    "c": floats(8), "s": Tensor(int64: [0, 2, 2, 2]),
  ]
  private static let sum = [node("MatMul", ["x", "W"], ["a"]), node("Add", ["b", "a"], ["p"])]

  private static func heads(_ operation: String = "Div") -> [Node] {
    sum + [
      node("Reshape", ["p", "s"], ["q"]), node("Transpose", ["q"], ["r"], ["perm": .ints([0, 2, 1, 3])]),
      node(operation, ["r", "c"], ["y"]),
    ]
  }

  /// A matrix so large that inference does not dequantize it.
  private static let quantized = [
    "w": Tensor(.int8, shape: [3, 1_400], rounding: (0..<4_200).map { Double($0 * 7 % 256 - 128) }),
    "d": Tensor(floats: (0..<1_400).map { Float($0 % 9 + 1) * 0.1 }), "e": Tensor(int64: [400, 1_000]),
    "c": floats(0.3),
  ]

  private static func dequantized(axis: Int = 1) -> [Node] {
    [
      node("DequantizeLinear", ["w", "d"], ["W"], ["axis": .int(axis)]), node("MatMul", ["x", "W"], ["p"]),
      node("Split", ["p", "e"], ["q", "z"], ["axis": .int(-1)]), node("Mul", ["q", "c"], ["y"]),
    ]
  }

  @Test(arguments: [
    RuleCase(
      "through shapes and a sum", heads(), inputs: lines, constants: constants,
      leaves: ["MatMul", "Add", "Reshape", "Transpose"]),
    RuleCase(
      "not a power of two", heads("Mul"), inputs: lines,
      constants: constants.merging(["c": floats(0.7)]) { $1 },
      leaves: ["MatMul", "Add", "Reshape", "Transpose"]),
    RuleCase(
      "through a product of values",
      sum + [node("MatMul", ["p", "k"], ["r"]), node("Div", ["r", "c"], ["y"])],
      inputs: lines + [float("k", 4, 2)], constants: constants, leaves: ["MatMul", "Add", "MatMul"]),
    RuleCase(
      "the second value of the product",
      sum + [node("MatMul", ["k", "p"], ["r"]), node("Div", ["r", "c"], ["y"])],
      inputs: lines + [float("k", 5, 2)], constants: constants, leaves: ["MatMul", "Add", "MatMul"]),
    RuleCase(
      "one part of a Split",
      sum + [
        node("Split", ["p", "e"], ["q", "z"], ["axis": .int(-1)]), node("Mul", ["q", "c"], ["y"]),
      ],
      inputs: lines, outputs: ["y", "z"], constants: constants.merging(["e": Tensor(int64: [1, 3])]) { $1 },
      leaves: ["MatMul", "Add", "Split"]),
    RuleCase(
      "factors", [node("Mul", ["x", "v"], ["a"]), node("Mul", ["a", "c"], ["y"])], inputs: lines,
      constants: constants.merging(["v": floats(1, 2, 3)]) { $1 }, leaves: ["Mul"]),
    RuleCase(
      "Conv with a bias",
      [
        node("Conv", ["x", "K", "k"], ["a"]), node("Reshape", ["a", "s"], ["r"]),
        node("Mul", ["c", "r"], ["y"]),
      ],
      inputs: [float("x", 1, 2, 4)],
      constants: [
        "K": Tensor(floats: [1, 2, 3, 4], shape: [2, 2, 1]), "k": floats(1, -1), "c": floats(0.5),
        "s": Tensor(int64: [4, 2]),
      ], leaves: ["Conv", "Reshape"]),
    RuleCase(
      "others want a shape on the way", heads() + [node("Shape", ["q"], ["z"])], inputs: lines,
      outputs: ["y", "z"], constants: constants, leaves: ["MatMul", "Add", "Reshape", "Transpose", "Shape"]),
    RuleCase(
      "the scale of a DequantizeLinear",
      [node("DequantizeLinear", ["x", "d"], ["v"]), node("Mul", ["v", "c"], ["y"])],
      inputs: [ValueInfo(name: "x", type: .tensor(.int8, [2, 3]))],
      constants: constants.merging(["d": Tensor(floats: [0.1], shape: [])]) { $1 },
      leaves: ["DequantizeLinear"]),
    RuleCase(
      "one part of what is multiplied by dequantized columns", dequantized(), inputs: lines,
      outputs: ["y", "z"], constants: quantized, leaves: ["DequantizeLinear", "MatMul", "Split"]),
    RuleCase(
      "near miss: one part of what is multiplied by dequantized rows", dequantized(axis: 0), inputs: lines,
      outputs: ["y", "z"], constants: quantized.merging(["d": floats(1, 2, 3)]) { $1 },
      leaves: ["DequantizeLinear", "MatMul", "Split", "Mul"]),
    RuleCase(
      "near miss: an input comes through",
      [node("Add", ["x", "x2"], ["a"]), node("Mul", ["a", "c"], ["y"])], inputs: lines + [float("x2", 3)],
      constants: constants, leaves: ["Add", "Mul"]),
    RuleCase(
      "near miss: a function stands between",
      sum + [node("Tanh", ["p"], ["t"]), node("Mul", ["t", "c"], ["y"])],
      inputs: lines, constants: constants, leaves: ["MatMul", "Add", "Tanh", "Mul"]),
    RuleCase(
      "near miss: others want a value on the way", heads(), inputs: lines, outputs: ["y", "q"],
      constants: constants, leaves: ["MatMul", "Add", "Reshape", "Transpose", "Div"]),
    RuleCase(
      "near miss: one part of a Split along another axis",
      sum + [
        node("Split", ["p", "e"], ["q", "z"], ["axis": .int(1)]), node("Mul", ["q", "c"], ["y"]),
      ],
      inputs: lines, outputs: ["y", "z"], constants: constants.merging(["e": Tensor(int64: [1, 1])]) { $1 },
      leaves: ["MatMul", "Add", "Split", "Mul"]),
    RuleCase(
      "near miss: the number adds an axis", heads("Mul"), inputs: lines,
      constants: constants.merging(["c": Tensor(floats: [2], shape: [1, 1, 1, 1, 1])]) { $1 },
      leaves: ["MatMul", "Add", "Reshape", "Transpose", "Mul"]),
    RuleCase(
      "near miss: a huge number", heads("Mul"), inputs: lines,
      constants: constants.merging(["c": floats(0x1p21)]) { $1 },
      leaves: ["MatMul", "Add", "Reshape", "Transpose", "Mul"]),
    RuleCase(
      "near miss: a constant would be infinite", heads("Mul"), inputs: lines,
      constants: constants.merging(["b": floats(3e38, 0, 0, 0)]) { $1 },
      leaves: ["MatMul", "Add", "Reshape", "Transpose", "Mul"]),
    RuleCase(
      "near miss: float16", [node("Mul", ["x", "v"], ["a"]), node("Mul", ["a", "c"], ["y"])],
      inputs: [ValueInfo(name: "x", type: .tensor(.float16, [2, 3]))],
      constants: [
        "v": Tensor(.float16, shape: [3], rounding: [1, 2, 3]),
        "c": Tensor(.float16, shape: [], rounding: [2]),
      ], leaves: ["Mul", "Mul"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(RaiseScale.self) }
}
