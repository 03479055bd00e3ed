import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct FuseGatedUnitTests {
  private static let numbers = [
    "three": floats(3), "six": Tensor(floats: [6], shape: []), "zero": Tensor(floats: [0], shape: []),
    "alpha": floats(1.5),
  ]
  private static let clip = [
    node("Add", ["x", "three"], ["a"]), node("Clip", ["a", "zero", "six"], ["b"]),
  ]
  private static let sixth = ["alpha": Attribute.float(1 / 6.0)]

  @Test(arguments: [
    RuleCase(
      "HardSwish by HardSigmoid",
      [node("HardSigmoid", ["x"], ["g"], sixth), node("Mul", ["x", "g"], ["y"])],
      leaves: ["HardSwish"]),
    RuleCase(
      "HardSwish by Clip, divided last",
      clip + [node("Mul", ["b", "x"], ["c"]), node("Div", ["c", "six"], ["y"])], constants: numbers,
      opset: 14,
      leaves: ["HardSwish"]),
    RuleCase(
      "HardSwish by Clip, divided first",
      clip + [node("Div", ["b", "six"], ["c"]), node("Mul", ["x", "c"], ["y"])], constants: numbers,
      leaves: ["HardSwish"]),
    RuleCase(
      "Swish", [node("Sigmoid", ["x"], ["g"]), node("Mul", ["x", "g"], ["y"])], opset: 24, leaves: ["Swish"]),
    RuleCase(
      "Swish with alpha",
      [node("Mul", ["x", "alpha"], ["a"]), node("Sigmoid", ["a"], ["g"]), node("Mul", ["g", "x"], ["y"])],
      constants: numbers, opset: 24, leaves: ["Swish"]),
    RuleCase(
      "Swish of a product by a number",
      [node("Mul", ["x", "alpha"], ["a"]), node("Sigmoid", ["a"], ["g"]), node("Mul", ["g", "a"], ["y"])],
      constants: numbers, opset: 24, leaves: ["Mul", "Swish"]),
    RuleCase(
      "Mish", [node("Softplus", ["x"], ["s"]), node("Tanh", ["s"], ["g"]), node("Mul", ["x", "g"], ["y"])],
      leaves: ["Mish"]),
    RuleCase(
      "near miss: opset 13", [node("HardSigmoid", ["x"], ["g"], sixth), node("Mul", ["x", "g"], ["y"])],
      opset: 13, leaves: ["HardSigmoid", "Mul"]),
    RuleCase(
      "near miss: another slope", [node("HardSigmoid", ["x"], ["g"]), node("Mul", ["x", "g"], ["y"])],
      leaves: ["HardSigmoid", "Mul"]),
    RuleCase(
      "near miss: opset 23", [node("Sigmoid", ["x"], ["g"]), node("Mul", ["x", "g"], ["y"])], opset: 23,
      leaves: ["Sigmoid", "Mul"]),
    RuleCase(
      "near miss: another value is gated", [node("Sigmoid", ["x"], ["g"]), node("Mul", ["z", "g"], ["y"])],
      inputs: [float("x", 2, 3), float("z", 2, 3)], opset: 24, leaves: ["Sigmoid", "Mul"]),
    RuleCase(
      "near miss: not divided", clip + [node("Mul", ["b", "x"], ["y"])], constants: numbers,
      leaves: ["Add", "Clip", "Mul"]),
    RuleCase(
      "near miss: Tanh of something else",
      [node("Exp", ["x"], ["s"]), node("Tanh", ["s"], ["g"]), node("Mul", ["x", "g"], ["y"])],
      leaves: ["Exp", "Tanh", "Mul"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(FuseGatedUnit.self) }
}
