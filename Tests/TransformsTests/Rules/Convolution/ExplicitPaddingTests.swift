import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct ExplicitPaddingTests {
  private static let weights = ["W": Tensor(floats: (0..<12).map { Float($0) - 5 }, shape: [1, 2, 3, 2])]

  private static func pool(_ opType: String, _ attributes: [String: Attribute]) -> [Node] {
    [node(opType, ["x"], ["y"], ["kernel_shape": .ints([3, 2])].merging(attributes) { $1 })]
  }

  @Test(arguments: [
    RuleCase(
      "Conv, SAME_UPPER", [node("Conv", ["x", "W"], ["y"], ["auto_pad": .string("SAME_UPPER")])],
      inputs: [float("x", .param("N"), 2, 5, 4)], constants: weights, leaves: ["Conv"]),
    RuleCase(
      "Conv, SAME_LOWER with strides and dilations",
      [
        node(
          "Conv", ["x", "W"], ["y"],
          ["auto_pad": .string("SAME_LOWER"), "strides": .ints([2, 3]), "dilations": .ints([1, 2])])
      ],
      inputs: [float("x", 1, 2, 5, 4)], constants: weights, leaves: ["Conv"]),
    RuleCase(
      "Conv, VALID, of open extents", [node("Conv", ["x", "W"], ["y"], ["auto_pad": .string("VALID")])],
      inputs: [float("x", 1, 2, 5, .param("w"))], constants: weights, leaves: ["Conv"]),
    RuleCase(
      "MaxPool; ceil_mode is idle",
      pool("MaxPool", ["auto_pad": .string("SAME_UPPER"), "ceil_mode": .int(1), "strides": .ints([2, 2])]),
      inputs: [float("x", 1, 1, 5, 4)], leaves: ["MaxPool"]),
    RuleCase(
      "AveragePool that counts padding",
      pool("AveragePool", ["auto_pad": .string("SAME_LOWER"), "count_include_pad": .int(1)]),
      inputs: [float("x", 1, 1, 5, 4)], leaves: ["AveragePool"]),
    RuleCase(
      "near miss: an open extent", [node("Conv", ["x", "W"], ["y"], ["auto_pad": .string("SAME_UPPER")])],
      inputs: [float("x", 1, 2, 5, .param("w"))], constants: weights, leaves: ["Conv"]),
    RuleCase(
      "near miss: pads would be negative",
      pool("MaxPool", ["auto_pad": .string("SAME_UPPER"), "strides": .ints([5, 1])]),
      inputs: [float("x", 1, 1, 5, 4)], leaves: ["MaxPool"]),
    RuleCase(
      "near miss: pads are given", pool("MaxPool", ["pads": .ints([1, 0, 1, 1])]),
      inputs: [float("x", 1, 1, 5, 4)], leaves: ["MaxPool"]),
  ])
  func leaves(_ test: RuleCase) throws {
    try test.check(ExplicitPadding.self)
  }
}
