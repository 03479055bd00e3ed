import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct DropResizeTests {
  private static func resize(_ inputs: [String], _ attributes: [String: Attribute] = [:]) -> [Node] {
    [node("Resize", ["x"] + inputs, ["a"], attributes), node("Neg", ["a"], ["y"])]
  }

  private static let constants = [
    "roi": floats(), "ones": floats(1, 1), "more": floats(1, 1.2), "same": Tensor(int64: [2, 3]),
    "other": Tensor(int64: [2, 4]),
  ]

  @Test(arguments: [
    RuleCase("scales of 1", resize(["", "ones"]), constants: constants, leaves: ["Neg"]),
    RuleCase("the sizes it has", resize(["", "", "same"]), constants: constants, leaves: ["Neg"]),
    RuleCase("scales of 1, opset 10", resize(["ones"]), constants: constants, opset: 10, leaves: ["Neg"]),
    RuleCase(
      "its own open extents",
      [node("Shape", ["x"], ["s"])]
        + resize(["", "", "s"], ["coordinate_transformation_mode": .string("align_corners")]),
      inputs: [float("x", .param("N"), 3)], leaves: ["Neg"]),
    RuleCase(
      "near miss: a scale that keeps small extents", resize(["", "more"]), constants: constants,
      leaves: ["Resize", "Neg"]),
    RuleCase(
      "near miss: other sizes", resize(["", "", "other"]), constants: constants, leaves: ["Resize", "Neg"]),
    RuleCase(
      "near miss: infinity times 0", resize(["", "ones"], ["mode": .string("linear")]),
      constants: constants, leaves: ["Resize", "Neg"]),
    RuleCase(
      "near miss: moved by half a cell",
      resize(
        ["roi", "ones"],
        [
          "coordinate_transformation_mode": .string("tf_half_pixel_for_nn"),
          "nearest_mode": .string("ceil"),
        ]), constants: constants, opset: 11, leaves: ["Resize", "Neg"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(DropResize.self) }
}
