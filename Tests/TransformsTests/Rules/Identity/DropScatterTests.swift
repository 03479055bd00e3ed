import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct DropScatterTests {
  private static func scatter(_ opType: String) -> [Node] {
    [node(opType, ["x", "i", "u"], ["a"]), node("Neg", ["a"], ["y"])]
  }

  @Test(arguments: [
    RuleCase(
      "no tuples", scatter("ScatterND"),
      constants: ["i": Tensor(int64: [], shape: [0, 1]), "u": Tensor(floats: [], shape: [0, 3])],
      leaves: ["Neg"]),
    RuleCase(
      "no elements", scatter("ScatterElements"),
      constants: ["i": Tensor(int64: [], shape: [0, 3]), "u": Tensor(floats: [], shape: [0, 3])],
      leaves: ["Neg"]),
    RuleCase(
      "near miss: one tuple", scatter("ScatterND"),
      constants: ["i": Tensor(int64: [1], shape: [1, 1]), "u": Tensor(floats: [1, 2, 3], shape: [1, 3])],
      leaves: ["ScatterND", "Neg"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(DropScatter.self) }
}
