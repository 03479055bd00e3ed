import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct FlattenReductionTests {
  private static let image = [float("x", .param("N"), 2, 4, 3)]
  private static let axes = ["axes": Tensor(int64: [2, -1])]

  private static func pooled(
    _ opType: String = "GlobalAveragePool", _ end: Node = node("Flatten", ["a"], ["y"])
  )
    -> [Node]
  {
    [node(opType, ["x"], ["a"]), end]
  }

  private static func reduced(_ end: Node, _ attributes: [String: Attribute] = [:]) -> [Node] {
    [node("ReduceMean", ["x", "axes"], ["a"], attributes), end]
  }

  @Test(arguments: [
    RuleCase("GlobalAveragePool", pooled(), inputs: image, leaves: ["ReduceMean"]),
    RuleCase("GlobalAveragePool, opset 11", pooled(), inputs: image, opset: 11, leaves: ["ReduceMean"]),
    RuleCase("GlobalMaxPool", pooled("GlobalMaxPool"), inputs: image, leaves: ["ReduceMax"]),
    RuleCase(
      "Reshape", reduced(node("Reshape", ["a", "s"], ["y"])), inputs: image,
      constants: axes.merging(["s": Tensor(int64: [-1, 2])]) { $1 }, leaves: ["ReduceMean"]),
    RuleCase(
      "Reshape that copies an extent", pooled("GlobalAveragePool", node("Reshape", ["a", "s"], ["y"])),
      inputs: image, constants: ["s": Tensor(int64: [0, -1])], leaves: ["ReduceMean"]),
    RuleCase(
      "Reshape with allowzero", reduced(node("Reshape", ["a", "s"], ["y"], ["allowzero": .int(1)])),
      inputs: image, constants: axes.merging(["s": Tensor(int64: [-1, 2])]) { $1 }, leaves: ["ReduceMean"]),
    RuleCase(
      "Squeeze", reduced(node("Squeeze", ["a", "t"], ["y"])), inputs: image,
      constants: axes.merging(["t": Tensor(int64: [-1, -2])]) { $1 }, leaves: ["ReduceMean"]),
    RuleCase(
      "Squeeze of an inner axis",
      [node("ReduceSum", ["x", "axes"], ["a"]), node("Squeeze", ["a", "axes"], ["y"])], inputs: image,
      constants: ["axes": Tensor(int64: [1])], opset: 13, leaves: ["ReduceSum"]),
    RuleCase(
      "near miss: Flatten at another axis",
      pooled("GlobalAveragePool", node("Flatten", ["a"], ["y"], ["axis": .int(2)])), inputs: image,
      leaves: ["GlobalAveragePool", "Flatten"]),
    RuleCase(
      "near miss: Squeeze of one of two axes", reduced(node("Squeeze", ["a", "t"], ["y"])), inputs: image,
      constants: axes.merging(["t": Tensor(int64: [2])]) { $1 }, leaves: ["ReduceMean", "Squeeze"]),
    RuleCase(
      "near miss: Reshape to one list", reduced(node("Reshape", ["a", "s"], ["y"])), inputs: image,
      constants: axes.merging(["s": Tensor(int64: [-1])]) { $1 }, leaves: ["ReduceMean", "Reshape"]),
    RuleCase(
      "near miss: Reshape that joins extents otherwise", reduced(node("Reshape", ["a", "s"], ["y"])),
      inputs: [float("x", 4, 2, 4, 3)],
      constants: axes.merging(["s": Tensor(int64: [-1, 4])]) { $1 }, leaves: ["ReduceMean", "Reshape"]),
    RuleCase(
      "near miss: Reshape copies an extent from another place",
      [node("ReduceMean", ["x", "axes"], ["a"]), node("Reshape", ["a", "s"], ["y"])],
      inputs: [float("x", 1, 2, 4, 3)],
      constants: ["axes": Tensor(int64: [0, 2]), "s": Tensor(int64: [0, -1])],
      leaves: ["ReduceMean", "Reshape"]),
    RuleCase(
      "near miss: axes are gone already",
      [
        node("ReduceMean", ["x", "axes"], ["a"], ["keepdims": .int(0)]), node("Squeeze", ["a", "t"], ["y"]),
      ], inputs: [float("x", 1, 2, 4, 3)], constants: axes.merging(["t": Tensor(int64: [0])]) { $1 },
      leaves: ["ReduceMean", "Squeeze"]),
    RuleCase(
      "near miss: others want the result", pooled(), inputs: image, outputs: ["a", "y"],
      leaves: ["GlobalAveragePool", "Flatten"]),
    RuleCase(
      "near miss: ArgMax is no such reduction",
      [
        node("ArgMax", ["x"], ["a"], ["axis": .int(1)]), node("Squeeze", ["a", "t"], ["y"]),
      ], inputs: image, constants: ["t": Tensor(int64: [1])], leaves: ["ArgMax", "Squeeze"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(FlattenReduction.self) }
}
