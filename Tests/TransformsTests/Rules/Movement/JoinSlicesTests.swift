import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct JoinSlicesTests {
  private static let slices = [
    node("Slice", ["x", "b", "e", "p"], ["a"]), node("Slice", ["a", "c", "f", "q"], ["y"]),
  ]

  private static func ranges(
    _ first: (Int, Int), axis p: Int, _ second: (Int, Int), axis q: Int
  ) -> [String: Tensor] {
    let numbers = ["b": first.0, "e": first.1, "p": p, "c": second.0, "f": second.1, "q": q]
    return numbers.mapValues { Tensor(int64: [$0]) }
  }

  private static let large = [float("x", 4, 7)]

  @Test(arguments: [
    RuleCase(
      "two axes", slices, inputs: large, constants: ranges((1, -1), axis: 0, (-3, Int.max), axis: -1),
      leaves: ["Slice"]),
    RuleCase(
      "one axis", slices, inputs: large, constants: ranges((1, 6), axis: 1, (2, 4), axis: -1),
      leaves: ["Slice"]),
    RuleCase(
      "the second reaches beyond the first", slices, inputs: large,
      constants: ranges((1, 4), axis: 1, (2, Int.max), axis: 1), leaves: ["Slice"]),
    RuleCase(
      "the first reaches beyond the axis", slices, inputs: large,
      constants: ranges((5, Int.max), axis: 1, (1, 9), axis: 1), leaves: ["Slice"]),
    RuleCase(
      "nothing is left", slices, inputs: large, constants: ranges((9, 12), axis: 1, (1, 2), axis: 1),
      leaves: ["Slice"]),
    RuleCase(
      "open extents", slices, inputs: [float("x", .param("N"), 7)],
      constants: ranges((1, Int.max), axis: 0, (0, 1), axis: 0), leaves: ["Slice"]),
    RuleCase(
      "near miss: from the end of one axis", slices, inputs: large,
      constants: ranges((1, 6), axis: 1, (-2, 5), axis: 1), leaves: ["Slice", "Slice"]),
    RuleCase(
      "near miss: backwards along one axis",
      [node("Slice", ["x", "b", "e", "p", "s"], ["a"]), node("Slice", ["a", "c", "f", "q"], ["y"])],
      inputs: large,
      constants: ranges((6, 0), axis: 1, (0, 2), axis: 1).merging(["s": Tensor(int64: [-1])]) { a, _ in a },
      leaves: ["Slice", "Slice"]),
    RuleCase(
      "near miss: the first is an output", slices, inputs: large, outputs: ["a", "y"],
      constants: ranges((1, 6), axis: 1, (2, 4), axis: 1), leaves: ["Slice", "Slice"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(JoinSlices.self) }
}
