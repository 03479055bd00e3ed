import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct FuseHardSigmoidTests {
  private static let numbers = [
    "three": floats(3), "six": Tensor(floats: [6], shape: []), "zero": Tensor(floats: [0], shape: []),
    "one": Tensor(floats: [1], shape: []), "sixth": floats(0.16666667), "half": floats(0.5),
    "k": floats(-0.3),
  ]
  private static let clip = [
    node("Add", ["x", "three"], ["a"]), node("Clip", ["a", "zero", "six"], ["b"]),
  ]

  @Test(arguments: [
    RuleCase(
      "divided by 6", clip + [node("Div", ["b", "six"], ["y"])], constants: numbers, leaves: ["HardSigmoid"]),
    RuleCase(
      "times ⅙", clip + [node("Mul", ["sixth", "b"], ["y"])], constants: numbers, leaves: ["HardSigmoid"]),
    RuleCase(
      "any α and β",
      [
        node("Mul", ["x", "k"], ["a"]), node("Add", ["a", "half"], ["b"]),
        node("Clip", ["b", "zero", "one"], ["y"]),
      ], constants: numbers, leaves: ["HardSigmoid"]),
    RuleCase(
      "no α, opset 10",
      [
        node("Add", ["half", "x"], ["b"]), node("Clip", ["b"], ["y"], ["min": .float(0), "max": .float(1)]),
      ],
      constants: numbers, opset: 10, leaves: ["HardSigmoid"]),
    RuleCase(
      "near miss: other bounds",
      [node("Add", ["x", "three"], ["a"]), node("Clip", ["a", "one", "six"], ["b"])]
        + [node("Div", ["b", "six"], ["y"])],
      constants: numbers, leaves: ["Add", "Clip", "Div"]),
    RuleCase(
      "near miss: one bound",
      [node("Add", ["x", "half"], ["a"]), node("Clip", ["a", "zero"], ["y"])], constants: numbers,
      leaves: ["Add", "Clip"]),
    RuleCase(
      "near miss: another number is added",
      [node("Add", ["x", "half"], ["a"]), node("Clip", ["a", "zero", "six"], ["b"])]
        + [node("Div", ["b", "six"], ["y"])],
      constants: numbers, leaves: ["Add", "Clip", "Div"]),
    RuleCase(
      "near miss: a bound is no constant",
      [node("Add", ["x", "half"], ["a"]), node("Clip", ["a", "zero", "top"], ["y"])],
      inputs: [float("x", 2, 3), ValueInfo(name: "top", type: .tensor(.float, []))], constants: numbers,
      leaves: ["Add", "Clip"]),
    RuleCase(
      "near miss: double, for which ⅙ as an attribute is too short",
      clip + [node("Div", ["b", "six"], ["y"])],
      inputs: [ValueInfo(name: "x", type: .tensor(.double, [2, 3]))],
      constants: [
        "three": Tensor(.double, shape: [], rounding: [3]), "six": Tensor(.double, shape: [], rounding: [6]),
        "zero": Tensor(.double, shape: [], rounding: [0]),
      ], leaves: ["Add", "Clip", "Div"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(FuseHardSigmoid.self) }
}
