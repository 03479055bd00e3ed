import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct JoinReshapesTests {
  private static let cube = [float("x", 2, 3, 4)]

  private static func reshapes(_ attributes: [String: Attribute] = [:]) -> [Node] {
    [node("Reshape", ["x", "s"], ["a"]), node("Reshape", ["a", "t"], ["y"], attributes)]
  }

  @Test(arguments: [
    RuleCase(
      "numbers", reshapes(), inputs: cube,
      constants: ["s": Tensor(int64: [6, 4]), "t": Tensor(int64: [-1, 12])],
      leaves: ["Reshape"]),
    RuleCase(
      "after Flatten", [node("Flatten", ["x"], ["a"]), node("Reshape", ["a", "t"], ["y"])], inputs: cube,
      constants: ["t": Tensor(int64: [-1, 12])], leaves: ["Reshape"]),
    RuleCase(
      "0 as an extent", reshapes(["allowzero": .int(1)]), inputs: [float("x", 2, 0, 4)],
      constants: ["s": Tensor(int64: [8, 0]), "t": Tensor(int64: [0, 12])], leaves: ["Reshape"]),
    RuleCase(
      "near miss: 0 copies an extent", reshapes(), inputs: cube,
      constants: ["s": Tensor(int64: [6, 4]), "t": Tensor(int64: [0, 2, -1])], leaves: ["Reshape", "Reshape"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(JoinReshapes.self) }
}
