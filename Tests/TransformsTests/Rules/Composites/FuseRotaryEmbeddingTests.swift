import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct FuseRotaryEmbeddingTests {
  private static let inputs = [float("x", 2, 3, 5, 4), float("f", 2, 5, 2)]
  private static let constants = [
    "zero": Tensor(int64: [0]), "two": Tensor(int64: [2]), "end": Tensor(int64: [Int.max]),
    "last": Tensor(int64: [-1]), "one": Tensor(int64: [1]),
  ]
  private static let caches = [
    node("Concat", ["f", "f"], ["a"], ["axis": .int(-1)]), node("Cos", ["a"], ["cos"]),
    node("Sin", ["a"], ["sin"]), node("Unsqueeze", ["cos", "one"], ["c"]),
    node("Unsqueeze", ["sin", "one"], ["s"]),
  ]
  private static let halves = [
    node("Slice", ["x", "zero", "two", "last"], ["x1"]), node("Slice", ["x", "two", "end", "last"], ["x2"]),
  ]
  private static let turn = [
    node("Neg", ["x2"], ["n"]), node("Concat", ["n", "x1"], ["t"], ["axis": .int(3)]),
  ]
  private static let sum = [
    node("Mul", ["x", "c"], ["p"]), node("Mul", ["t", "s"], ["q"]), node("Add", ["p", "q"], ["y"]),
  ]
  private static func names(_ nodes: [Node]) -> [String] { nodes.map(\.opType) }

  @Test(arguments: [
    RuleCase(
      "halves by Slice", caches + halves + turn + sum, inputs: inputs, constants: constants, opset: 23,
      leaves: ["Cos", "Sin", "RotaryEmbedding"]),
    RuleCase(
      "halves by Split, operands exchanged",
      caches + [node("Split", ["x"], ["x1", "x2"], ["axis": .int(-1), "num_outputs": .int(2)])] + turn + [
        node("Mul", ["c", "x"], ["p"]), node("Mul", ["s", "t"], ["q"]), node("Add", ["q", "p"], ["y"]),
      ], inputs: inputs, constants: constants, opset: 23, leaves: ["Cos", "Sin", "RotaryEmbedding"]),
    RuleCase(
      "open batch and sequence, which are the same",
      [
        node("ReduceMean", ["x", "one"], ["m"], ["keepdims": .int(0)]),
        node("Slice", ["m", "zero", "two", "last"], ["f"]),
      ] + caches + halves + turn + sum,
      inputs: [float("x", .param("N"), 3, .param("L"), 4)], constants: constants, opset: 23,
      leaves: ["ReduceMean", "Slice", "Cos", "Sin", "RotaryEmbedding"]),
    RuleCase(
      "near miss: opset 22", caches + halves + turn + sum, inputs: inputs, constants: constants, opset: 22,
      leaves: names(caches + halves + turn + sum)),
    RuleCase(
      "near miss: the first half is negated",
      caches + halves + [
        node("Neg", ["x1"], ["n"]), node("Concat", ["x2", "n"], ["t"], ["axis": .int(3)]),
      ] + sum, inputs: inputs, constants: constants, opset: 23, leaves: names(caches + halves + turn + sum)),
    RuleCase(
      "near miss: halves along another axis",
      caches + [
        node("Split", ["x"], ["x1", "x2"], ["axis": .int(2), "num_outputs": .int(2)]),
        node("Neg", ["x2"], ["n"]), node("Concat", ["n", "x1"], ["t"], ["axis": .int(2)]),
      ] + sum, inputs: [float("x", 2, 3, 4, 4), float("f", 2, 4, 2)], constants: constants, opset: 23,
      leaves: names(caches) + ["Split", "Neg", "Concat"] + names(sum)),
    RuleCase(
      "near miss: Sin takes the place of Cos",
      caches + halves + turn + [
        node("Mul", ["x", "s"], ["p"]), node("Mul", ["t", "c"], ["q"]), node("Add", ["p", "q"], ["y"]),
      ], inputs: inputs, constants: constants, opset: 23, leaves: names(caches + halves + turn + sum)),
    RuleCase(
      "near miss: other angles for each half",
      [node("Concat", ["f", "g"], ["a"], ["axis": .int(-1)])] + caches.dropFirst() + halves + turn + sum,
      inputs: inputs + [float("g", 2, 5, 2)], constants: constants, opset: 23,
      leaves: names(caches + halves + turn + sum)),
    RuleCase(
      "near miss: the angles of one batch", caches + halves + turn + sum,
      inputs: [float("x", 2, 3, 5, 4), float("f", 1, 5, 2)], constants: constants, opset: 23,
      leaves: names(caches + halves + turn + sum)),
  ]) func rewrites(_ example: RuleCase) throws { try example.check(FuseRotaryEmbedding.self) }
}
