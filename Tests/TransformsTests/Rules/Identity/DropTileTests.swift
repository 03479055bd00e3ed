import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct DropTileTests {
  private static let tile = [node("Tile", ["x", "r"], ["a"]), node("Neg", ["a"], ["y"])]

  @Test(arguments: [
    RuleCase("one copy", tile, constants: ["r": Tensor(int64: [1, 1])], leaves: ["Neg"]),
    RuleCase(
      "near miss: two copies", tile, constants: ["r": Tensor(int64: [1, 2])], leaves: ["Tile", "Neg"]),
    RuleCase(
      "near miss: a caller says how many", tile,
      inputs: [float("x", 2, 3), ValueInfo(name: "r", type: .tensor(.int64, [2]))],
      constants: ["r": Tensor(int64: [1, 1])], leaves: ["Tile", "Neg"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(DropTile.self) }
}
