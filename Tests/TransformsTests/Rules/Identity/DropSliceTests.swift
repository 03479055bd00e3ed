import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct DropSliceTests {
  private static let slice = [
    node("Slice", ["x", "b", "e", "axes", "steps"], ["a"]), node("Neg", ["a"], ["y"]),
  ]

  private static func range(_ start: Int, _ end: Int, axis: Int = 1, step: Int = 1) -> [String: Tensor] {
    [
      "b": Tensor(int64: [start]), "e": Tensor(int64: [end]), "axes": Tensor(int64: [axis]),
      "steps": Tensor(int64: [step]),
    ]
  }

  @Test(arguments: [
    RuleCase("the whole of an extent", slice, constants: range(0, 3), leaves: ["Neg"]),
    RuleCase("from before the first", slice, constants: range(-5, 9, axis: -1), leaves: ["Neg"]),
    RuleCase(
      "the whole of an open extent", slice, inputs: [float("x", 2, .param("N"))],
      constants: range(0, Int.max), leaves: ["Neg"]),
    RuleCase(
      "opset 7",
      [
        node("Slice", ["x"], ["a"], ["starts": .ints([0, 0]), "ends": .ints([2, 3])]),
        node("Neg", ["a"], ["y"]),
      ], opset: 7, leaves: ["Neg"]),
    RuleCase(
      "near miss: all but the last", slice, constants: range(0, -1), leaves: ["Slice", "Neg"]),
    RuleCase("near miss: all but the first", slice, constants: range(-2, 3), leaves: ["Slice", "Neg"]),
    RuleCase(
      "near miss: backwards", slice, constants: range(-1, Int.min, step: -1), leaves: ["Slice", "Neg"]),
    RuleCase(
      "near miss: the first three of an open extent", slice, inputs: [float("x", 2, .param("N"))],
      constants: range(0, 3), leaves: ["Slice", "Neg"]),
    RuleCase(
      "near miss: a caller says to where", slice,
      inputs: [float("x", 2, 3), ValueInfo(name: "e", type: .tensor(.int64, [1]))],
      constants: range(0, 3), leaves: ["Slice", "Neg"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(DropSlice.self) }
}
