import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct FoldTargetShapeTests {
  /// What exporters write: the first extent taken from x, the others given as `t`.
  private static func reshaping(_ last: Node) -> [Node] {
    [
      node("Shape", ["x"], ["s"]), node("Slice", ["s", "b", "e"], ["v"]),
      node("Concat", ["v", "t"], ["target"], ["axis": .int(0)]), last,
    ]
  }

  private static func constants(_ rest: Int...) -> [String: Tensor] {
    ["b": Tensor(int64: [0]), "e": Tensor(int64: [1]), "t": Tensor(int64: rest)]
  }

  /// Expand as it is exported: −1 means that an extent stays.
  private static let chosen =
    reshaping(node("Equal", ["target", "minus"], ["c"]))
    + [node("Where", ["c", "ones", "target"], ["shape"]), node("Expand", ["x", "shape"], ["y"])]

  private static let choices = [
    "minus": Tensor(int64: [-1, -1, -1]), "ones": Tensor(int64: [1, 1, 1]),
  ]

  @Test(arguments: [
    RuleCase(
      "Reshape that keeps the batch", reshaping(node("Reshape", ["x", "target"], ["y"])),
      inputs: [float("x", .param("N"), 6, 4)], constants: constants(3, 8), leaves: ["Reshape"]),
    RuleCase(
      "Reshape to −1 beside an open extent that stays", reshaping(node("Reshape", ["x", "target"], ["y"])),
      inputs: [float("x", .param("N"), .param("M"), 4)], constants: constants(2, -1), leaves: ["Reshape"]),
    RuleCase(
      "Expand along another axis", reshaping(node("Expand", ["x", "target"], ["y"])),
      inputs: [float("x", .param("N"), 1, 4)], constants: constants(3, 1), leaves: ["Expand"]),
    RuleCase(
      "Expand where −1 keeps an extent", chosen, inputs: [float("x", .param("N"), 5, 1)],
      constants: constants(-1, 3).merging(choices) { a, _ in a }, leaves: ["Expand"]),
    RuleCase(
      "near miss: Expand where an extent that may be 2 becomes 1", chosen,
      inputs: [float("x", .param("N"), 5, 1)],
      constants: constants(-1, 3).merging(choices) { a, _ in a }
        .merging(["minus": Tensor(int64: [2, -1, -1])]) { $1 },
      leaves: ["Shape", "Slice", "Concat", "Equal", "Where", "Expand"]),
    RuleCase(
      "near miss: two open extents, neither of its own axis",
      [
        node("Shape", ["x"], ["s"]), node("Gather", ["s", "i"], ["target"]),
        node("Reshape", ["x", "target"], ["y"]),
      ], inputs: [float("x", .param("N"), .param("M"))], constants: ["i": Tensor(int64: [1, 0])],
      leaves: ["Shape", "Gather", "Reshape"]),
    RuleCase(
      "near miss: an extent of 0 beside an open one",
      reshaping(node("Reshape", ["x", "target"], ["y"], ["allowzero": .int(1)])),
      inputs: [float("x", .param("N"), 0)], constants: constants(0),
      leaves: ["Shape", "Slice", "Concat", "Reshape"]),
    RuleCase(
      "near miss: Expand to the extent of another input",
      [node("Shape", ["z"], ["s"]), node("Expand", ["x", "s"], ["y"])],
      inputs: [float("x", 1), float("z", .param("N"))], leaves: ["Shape", "Expand"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(FoldTargetShape.self) }
}
