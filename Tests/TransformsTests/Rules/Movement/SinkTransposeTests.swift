import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct SinkTransposeTests {
  private static let cube = [float("x", 2, 3, 4)]
  private static let cubes = [float("x", 2, 3, 4), float("w", 2, 3, 1)]

  private static func transpose(_ input: String, _ output: String, _ perm: [Int] = [1, 2, 0]) -> Node {
    node("Transpose", [input], [output], ["perm": .ints(perm)])
  }

  @Test(arguments: [
    RuleCase(
      "both operands", [transpose("x", "a"), transpose("w", "b"), node("Add", ["a", "b"], ["y"])],
      inputs: cubes, leaves: ["Add", "Transpose"]),
    RuleCase(
      "toward another one, behind functions",
      [
        transpose("x", "a"), node("Relu", ["a"], ["b"]), node("Cast", ["b"], ["c"], ["to": .int(11)]),
        transpose("c", "y", [0, 2, 1]),
      ], inputs: cube, leaves: ["Relu", "Cast", "Transpose", "Transpose"]),
    RuleCase(
      "with a constant",
      [transpose("x", "a"), node("Mul", ["c", "a"], ["b"]), transpose("b", "y", [0, 2, 1])], inputs: cube,
      constants: ["c": Tensor(floats: [1, -2, 3, 4, 5, 6, 7, 8], shape: [4, 2])],
      leaves: ["Mul", "Transpose", "Transpose"]),
    RuleCase(
      "a choice", [transpose("x", "a"), transpose("w", "b"), node("Where", ["c", "a", "b"], ["y"])],
      inputs: cubes, constants: ["c": Tensor(bools: [true, false], shape: [2])],
      leaves: ["Where", "Transpose"]),
    RuleCase(
      "near miss: transposed otherwise",
      [transpose("x", "a"), transpose("w", "b", [2, 1, 0]), node("Add", ["a", "b"], ["y"])],
      inputs: [float("x", 2, 3, 4), float("w", 2, 4, 3)], leaves: ["Transpose", "Transpose", "Add"]),
    RuleCase(
      "near miss: none is left out", [transpose("x", "a"), node("Relu", ["a"], ["y"])], inputs: cube,
      leaves: ["Transpose", "Relu"]),
    RuleCase(
      "near miss: one Transpose twice", [transpose("x", "a"), node("Mul", ["a", "a"], ["y"])], inputs: cube,
      leaves: ["Transpose", "Mul"]),
    RuleCase(
      "near miss: an output", [transpose("x", "a"), transpose("w", "b"), node("Add", ["a", "b"], ["y"])],
      inputs: cubes, outputs: ["a", "y"], leaves: ["Transpose", "Transpose", "Add"]),
    RuleCase(
      "near miss: a constant of more axes",
      [transpose("x", "a"), node("Mul", ["c", "a"], ["b"]), transpose("b", "y", [0, 1, 3, 2])], inputs: cube,
      constants: ["c": Tensor(floats: [1, 2], shape: [2, 1, 1, 1])],
      leaves: ["Transpose", "Mul", "Transpose"]),
    RuleCase(
      "near miss: a function along an axis",
      [transpose("x", "a"), node("Softmax", ["a"], ["b"]), transpose("b", "y")], inputs: cube,
      leaves: ["Transpose", "Softmax", "Transpose"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(SinkTranspose.self) }
}
