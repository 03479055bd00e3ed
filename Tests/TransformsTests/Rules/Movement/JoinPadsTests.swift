import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct JoinPadsTests {
  private static func pads(_ first: [String], _ second: [String], _ mode: String = "constant") -> [Node] {
    [
      node("Pad", ["x"] + first, ["a"], ["mode": .string(mode)]),
      node("Pad", ["a"] + second, ["y"], ["mode": .string(mode)]),
    ]
  }

  private static let constants = [
    "p": Tensor(int64: [1, 0, 0, 2]), "q": Tensor(int64: [0, 3, 1, 1]), "r": Tensor(int64: [2, 1]),
    "n": Tensor(int64: [0, 0, 0, -1]), "axis": Tensor(int64: [-1]),
    "c": Tensor(floats: [5], shape: []), "d": Tensor(floats: [5], shape: [1]),
    "0": Tensor(floats: [0], shape: []), "−0": Tensor(floats: [-0.0], shape: []),
  ]

  @Test(arguments: [
    RuleCase("with zeros", pads(["p"], ["q"]), constants: constants, leaves: ["Pad"]),
    RuleCase("with one number", pads(["p", "c"], ["q", "d"]), constants: constants, leaves: ["Pad"]),
    RuleCase("of one axis", pads(["p"], ["r", "", "axis"]), constants: constants, leaves: ["Pad"]),
    RuleCase(
      "near miss: zeros of other signs", pads(["p", "0"], ["q", "−0"]), constants: constants,
      leaves: ["Pad", "Pad"]),
    RuleCase(
      "near miss: another number", pads(["p"], ["q", "c"]), constants: constants, leaves: ["Pad", "Pad"]),
    RuleCase(
      "near miss: taken away again", pads(["p"], ["n"]), constants: constants, leaves: ["Pad", "Pad"]),
    RuleCase(
      "near miss: mirrored", pads(["p"], ["q"], "reflect"), constants: constants, leaves: ["Pad", "Pad"]),
    RuleCase(
      "near miss: the first is an output", pads(["p"], ["q"]), outputs: ["a", "y"], constants: constants,
      leaves: ["Pad", "Pad"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(JoinPads.self) }
}
