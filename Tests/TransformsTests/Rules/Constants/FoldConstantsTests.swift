import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct FoldConstantsTests {
  @Test(arguments: [
    RuleCase(
      "a sum of constants", [node("Add", ["c", "c"], ["a"]), node("Mul", ["x", "a"], ["y"])],
      constants: ["c": floats(1, -0.0, .nan)], leaves: ["Mul"]),
    RuleCase(
      "a shape that is declared",
      [node("Shape", ["x"], ["s"]), node("Reshape", ["x", "s"], ["y"])], leaves: ["Reshape"]),
    RuleCase(
      "near miss: a shape that is open",
      [node("Shape", ["x"], ["s"]), node("Reshape", ["x", "s"], ["y"])], inputs: [float("x", .param("N"), 3)],
      leaves: ["Shape", "Reshape"]),
    RuleCase(
      "near miss: it would grow",
      [node("Expand", ["c", "s"], ["a"]), node("ReduceSum", ["a"], ["b"]), node("Add", ["x", "b"], ["y"])],
      constants: ["c": floats(1), "s": Tensor(int64: [100, 100])], leaves: ["Expand", "ReduceSum", "Add"]),
    RuleCase(
      "near miss: it would grow by a constant that stands twice",
      [
        node("Concat", ["c", "c"], ["a"], ["axis": .int(0)]), node("ReduceSum", ["a"], ["b"]),
        node("Add", ["x", "b"], ["y"]),
      ],
      constants: ["c": Tensor(floats: [Float](repeating: 1, count: 5_000))],
      leaves: ["Concat", "ReduceSum", "Add"]),
    RuleCase(
      "near miss: a default that a caller may replace",
      [node("Add", ["c", "c"], ["a"]), node("Mul", ["x", "a"], ["y"])],
      inputs: [float("x", 2, 3), float("c", 3)],
      constants: ["c": floats(1, 2, 3)], leaves: ["Add", "Mul"]),
    RuleCase(
      "near miss: an output", [node("Add", ["c", "c"], ["y"])], constants: ["c": floats(1, 2, 3)],
      leaves: ["Add"]),
    RuleCase(
      "near miss: a draw",
      [
        node("RandomUniform", [], ["a"], ["shape": .ints([3])]), node("Add", ["x", "a"], ["y"]),
      ], leaves: ["RandomUniform", "Add"]),
    RuleCase(
      "near miss: a draw by constants",
      [node("Bernoulli", ["c"], ["a"]), node("Add", ["x", "a"], ["y"])],
      constants: ["c": floats(0, 0.5, 1)], leaves: ["Bernoulli", "Add"]),
    RuleCase(
      "near miss: a draw of classes by constants",
      [
        node("Multinomial", ["c"], ["a"], ["sample_size": .int(3)]),
        node("Cast", ["a"], ["b"], ["to": .int(1)]), node("Add", ["x", "b"], ["y"]),
      ], constants: ["c": Tensor(floats: [0, -1], shape: [1, 2])], leaves: ["Multinomial", "Cast", "Add"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(FoldConstants.self) }
}
