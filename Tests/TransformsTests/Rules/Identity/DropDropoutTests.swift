import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct DropDropoutTests {
  @Test(arguments: [
    RuleCase(
      "outside of training", [node("Dropout", ["x"], ["a"]), node("Neg", ["a"], ["y"])], leaves: ["Neg"]),
    RuleCase(
      "training is constant false", [node("Dropout", ["x", "", "t"], ["a"]), node("Neg", ["a"], ["y"])],
      constants: ["t": Tensor(bools: [false], shape: [])], leaves: ["Neg"]),
    RuleCase(
      "opset 7", [node("Dropout", ["x"], ["a"]), node("Neg", ["a"], ["y"])], opset: 7, leaves: ["Neg"]),
    RuleCase(
      "a ratio of 0", [node("Dropout", ["x", "r", "t"], ["a"]), node("Neg", ["a"], ["y"])],
      constants: ["r": Tensor(floats: [0], shape: []), "t": Tensor(bools: [true], shape: [])],
      leaves: ["Neg"]),
    RuleCase(
      "near miss: the mask is read",
      [node("Dropout", ["x"], ["a", "m"]), node("Neg", ["a"], ["y"])], outputs: ["y", "m"],
      leaves: ["Dropout", "Neg"]),
    RuleCase(
      "near miss: a caller may train",
      [node("Dropout", ["x", "", "t"], ["a"]), node("Neg", ["a"], ["y"])],
      inputs: [float("x", 2, 3), ValueInfo(name: "t", type: .tensor(.bool, []))], leaves: ["Dropout", "Neg"]),
    RuleCase(
      "near miss: training", [node("Dropout", ["x", "", "t"], ["a"]), node("Neg", ["a"], ["y"])],
      constants: ["t": Tensor(bools: [true], shape: [])], leaves: ["Dropout", "Neg"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(DropDropout.self) }
}
