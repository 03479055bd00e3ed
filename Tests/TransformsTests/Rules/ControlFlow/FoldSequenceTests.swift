import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct FoldSequenceTests {
  private static func sequence(_ last: Node...) -> [Node] {
    [node("Neg", ["x"], ["a"]), node("SequenceConstruct", ["x", "a"], ["q"])] + last
  }

  private static let constants = [
    "1": Tensor(int64: [1], shape: []), "-1": Tensor(int64: [-1], shape: []),
    "2": Tensor(int64: [2], shape: []),
  ]

  @Test(arguments: [
    RuleCase(
      "an item", sequence(node("SequenceAt", ["q", "1"], ["b"]), node("Abs", ["b"], ["y"])),
      constants: constants, leaves: ["Neg", "Abs"]),
    RuleCase(
      "an item from the end", sequence(node("SequenceAt", ["q", "-1"], ["b"]), node("Abs", ["b"], ["y"])),
      constants: constants, leaves: ["Neg", "Abs"]),
    RuleCase(
      "all items in a row", sequence(node("ConcatFromSequence", ["q"], ["y"], ["axis": .int(-1)])),
      leaves: ["Neg", "Concat"]),
    RuleCase(
      "how many", sequence(node("SequenceLength", ["q"], ["n"]), node("Neg", ["n"], ["y"])), leaves: ["Neg"]),
    RuleCase(
      "near miss: which, a caller says",
      sequence(node("SequenceAt", ["q", "i"], ["b"]), node("Abs", ["b"], ["y"])),
      inputs: [float("x", 2, 3), ValueInfo(name: "i", type: .tensor(.int32, []))],
      leaves: ["Neg", "SequenceConstruct", "SequenceAt", "Abs"]),
    RuleCase(
      "near miss: all items along a new axis",
      sequence(node("ConcatFromSequence", ["q"], ["y"], ["axis": .int(0), "new_axis": .int(1)])),
      leaves: ["Neg", "SequenceConstruct", "ConcatFromSequence"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(FoldSequence.self) }
}
