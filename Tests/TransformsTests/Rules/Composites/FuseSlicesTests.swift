import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct FuseSlicesTests {
  private static let lines = [float("x", .param("N"), 7)]
  private static let bounds = [
    "0": Tensor(int64: [0]), "2": Tensor(int64: [2]), "5": Tensor(int64: [5]), "-2": Tensor(int64: [-2]),
    "end": Tensor(int64: [.max]), "axis": Tensor(int64: [1]), "last": Tensor(int64: [-1]),
    "step": Tensor(int64: [2]),
  ]

  private static func slice(
    _ from: String, _ to: String, _ output: String, axis: String = "axis", _ rest: String...
  )
    -> Node
  {
    node("Slice", ["x", from, to, axis] + rest, [output])
  }

  @Test(arguments: [
    RuleCase(
      "three parts, not in order",
      [slice("5", "end", "a"), slice("0", "2", "b", axis: "last"), slice("2", "-2", "c")],
      inputs: lines, outputs: ["a", "b", "c"], constants: bounds, leaves: ["Split"]),
    RuleCase(
      "opset 9",
      [
        node("Slice", ["x"], ["a"], ["starts": .ints([0]), "ends": .ints([1]), "axes": .ints([1])]),
        node("Slice", ["x"], ["b"], ["starts": .ints([1]), "ends": .ints([100]), "axes": .ints([1])]),
      ], inputs: lines, outputs: ["a", "b"], opset: 9, leaves: ["Split"]),
    RuleCase(
      "without axes", [node("Slice", ["x", "0", "2"], ["a"]), node("Slice", ["x", "2", "end"], ["b"])],
      inputs: [float("x", 5, 2)], outputs: ["a", "b"], constants: bounds, leaves: ["Split"]),
    RuleCase(
      "near miss: a gap", [slice("0", "2", "a"), slice("5", "end", "b")], inputs: lines, outputs: ["a", "b"],
      constants: bounds, leaves: ["Slice", "Slice"]),
    RuleCase(
      "near miss: an overlap", [slice("0", "5", "a"), slice("2", "end", "b")], inputs: lines,
      outputs: ["a", "b"], constants: bounds, leaves: ["Slice", "Slice"]),
    RuleCase(
      "near miss: steps of 2", [slice("0", "2", "a", "step"), slice("2", "end", "b", "step")], inputs: lines,
      outputs: ["a", "b"], constants: bounds, leaves: ["Slice", "Slice"]),
    RuleCase(
      "near miss: different axes", [slice("0", "2", "a"), slice("2", "end", "b", axis: "0")],
      inputs: [float("x", 7, 7)], outputs: ["a", "b"], constants: bounds, leaves: ["Slice", "Slice"]),
    RuleCase(
      "near miss: an open extent", [slice("0", "2", "a"), slice("2", "end", "b")],
      inputs: [float("x", 7, .param("N"))], outputs: ["a", "b"], constants: bounds,
      leaves: ["Slice", "Slice"]),
    RuleCase(
      "near miss: a bound that a caller gives", [slice("0", "k", "a"), slice("2", "end", "b")],
      inputs: lines + [ValueInfo(name: "k", type: .tensor(.int64, [1]))], outputs: ["a", "b"],
      constants: bounds, leaves: ["Slice", "Slice"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(FuseSlices.self) }
}
