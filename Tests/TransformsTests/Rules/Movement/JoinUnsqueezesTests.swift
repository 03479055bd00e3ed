import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct JoinUnsqueezesTests {
  private static let unsqueezes = [
    node("Unsqueeze", ["x", "p"], ["a"]), node("Unsqueeze", ["a", "q"], ["y"]),
  ]

  private static func axes(_ p: [Int], _ q: [Int]) -> [String: Tensor] {
    ["p": Tensor(int64: p), "q": Tensor(int64: q)]
  }

  @Test(arguments: [
    RuleCase("the later axis before", unsqueezes, constants: axes([1], [0]), leaves: ["Unsqueeze"]),
    RuleCase("the later axis behind", unsqueezes, constants: axes([1], [2]), leaves: ["Unsqueeze"]),
    RuleCase("several, from the end", unsqueezes, constants: axes([-1, 0], [-2, 1]), leaves: ["Unsqueeze"]),
    RuleCase(
      "opset 7",
      [
        node("Unsqueeze", ["x"], ["a"], ["axes": .ints([0])]),
        node("Unsqueeze", ["a"], ["y"], ["axes": .ints([3])]),
      ], inputs: [float("x", .param("N"), .param("M"))], opset: 7, leaves: ["Unsqueeze"]),
    RuleCase(
      "near miss: the first is an output", unsqueezes, outputs: ["a", "y"], constants: axes([1], [0]),
      leaves: ["Unsqueeze", "Unsqueeze"]),
    RuleCase(
      "near miss: an axis goes",
      [node("Unsqueeze", ["x", "p"], ["a"]), node("Squeeze", ["a", "q"], ["y"])],
      constants: axes([0, 1], [0]), leaves: ["Unsqueeze", "Squeeze"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(JoinUnsqueezes.self) }
}
