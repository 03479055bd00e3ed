import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct MergeEqualNodesTests {
  private static func difference(
    _ opType: String, of input: String? = nil, _ attributes: [String: Attribute] = [:]
  ) -> [Node] {
    ["a", "b"].map { node(opType, input.map { [$0] } ?? [], [$0], attributes) }
      + [node("Sub", ["a", "b"], ["y"])]
  }

  @Test(arguments: [
    RuleCase(
      "twice the same",
      [node("Neg", ["x"], ["a"]), node("Neg", ["x"], ["b"]), node("Sub", ["a", "b"], ["y"])],
      leaves: ["Neg", "Sub"]),
    RuleCase(
      "near miss: another attribute",
      [
        node("LeakyRelu", ["x"], ["a"], ["alpha": .float(0)]),
        node("LeakyRelu", ["x"], ["b"], ["alpha": .float(-0.0)]),
        node("Sub", ["a", "b"], ["y"]),
      ], leaves: ["LeakyRelu", "LeakyRelu", "Sub"]),
    RuleCase(
      "near miss: draws", difference("RandomNormalLike", of: "x"),
      leaves: ["RandomNormalLike", "RandomNormalLike", "Sub"]),
    RuleCase(
      "near miss: draws from an interval", difference("RandomUniformLike", of: "x"),
      leaves: ["RandomUniformLike", "RandomUniformLike", "Sub"]),
    RuleCase(
      "near miss: draws of a shape", difference("RandomNormal", ["shape": .ints([2, 3])]),
      leaves: ["RandomNormal", "RandomNormal", "Sub"]),
    RuleCase(
      "near miss: draws of a shape from an interval", difference("RandomUniform", ["shape": .ints([2, 3])]),
      leaves: ["RandomUniform", "RandomUniform", "Sub"]),
    RuleCase(
      "near miss: draws of 0 and 1", difference("Bernoulli", of: "p"), constants: ["p": floats(0, 0.5, 1)],
      leaves: ["Bernoulli", "Bernoulli", "Sub"]),
    RuleCase(
      "near miss: draws of classes", difference("Multinomial", of: "p"),
      constants: ["p": Tensor(floats: [0, -1, 0.5], shape: [1, 3])],
      leaves: ["Multinomial", "Multinomial", "Sub"]),
    RuleCase(
      "near miss: draws in training",
      ["a", "b"].map { node("Dropout", ["x", "", "t"], [$0]) } + [node("Sub", ["a", "b"], ["y"])],
      constants: ["t": Tensor(bools: [true], shape: [])], leaves: ["Dropout", "Dropout", "Sub"]),
    RuleCase(
      "near miss: the later one is an output", [node("Neg", ["x"], ["a"]), node("Neg", ["x"], ["y"])],
      outputs: ["a", "y"], leaves: ["Neg", "Neg"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(MergeEqualNodes.self) }
}
