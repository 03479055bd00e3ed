import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct FuseGroupNormalizationTests {
  private static let image = [float("x", 2, 6, 4, 1)]
  private static let constants = [
    "g": Tensor(int64: [0, 3, -1]), "back": Tensor(int64: [2, 6, 4, 1]), "s": floats(1, 2, -1),
    "b": floats(0.5, 0, -3), "four": Tensor(int64: [0, 4, -1]), "s4": floats(1, 1, 1, 1),
    "other": Tensor(int64: [2, 6, 1, 4]), "joined": Tensor(int64: [1, 3, -1]),
  ]

  private static func grouped(
    _ shape: String = "g", back: String = "back", _ scale: String = "s", _ bias: String = "b"
  )
    -> [Node]
  {
    [
      node("Reshape", ["x", shape], ["a"]),
      node("InstanceNormalization", ["a", scale, bias], ["n"], ["epsilon": .float(0.01)]),
      node("Reshape", ["n", back], ["y"]),
    ]
  }
  private static let spelled = ["Reshape", "InstanceNormalization", "Reshape"]

  @Test(arguments: [
    RuleCase("three groups", grouped(), inputs: image, constants: constants, leaves: ["GroupNormalization"]),
    RuleCase(
      "opset 22, with a Shape", [node("Shape", ["x"], ["back"])] + grouped(),
      inputs: [float("x", .param("N"), 6, .param("H"), 3)], constants: constants.filter { $0.key != "back" },
      opset: 22, leaves: ["GroupNormalization"]),
    RuleCase(
      "near miss: opset 20, whose scale is by group", grouped(), inputs: image, constants: constants,
      opset: 20,
      leaves: spelled),
    RuleCase(
      "near miss: channels are cut", grouped("four", back: "back", "s4", "s4"), inputs: image,
      constants: constants,
      leaves: spelled),
    RuleCase(
      "near miss: another shape afterwards", grouped(back: "other"), inputs: image, constants: constants,
      leaves: spelled),
    RuleCase(
      "near miss: groups across the batch", grouped("joined"), inputs: image, constants: constants,
      leaves: spelled),
    RuleCase(
      "near miss: double", grouped(), inputs: [ValueInfo(name: "x", type: .tensor(.double, [2, 6, 4, 1]))],
      constants: constants.merging([
        "s": Tensor(.double, shape: [3], rounding: [1, 2, 3]),
        "b": Tensor(.double, shape: [3], rounding: [1, 2, 3]),
      ]) { $1 }, leaves: spelled),
    RuleCase(
      "near miss: others want the normalized groups", grouped(), inputs: image, outputs: ["n", "y"],
      constants: constants, leaves: spelled),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(FuseGroupNormalization.self) }
}
