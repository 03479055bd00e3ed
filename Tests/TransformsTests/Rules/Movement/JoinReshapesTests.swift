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
      "Squeeze of Unsqueeze",
      [
        node("Unsqueeze", ["x", "s"], ["a"]), node("Squeeze", ["a", "s"], ["b"]), node("Neg", ["b"], ["y"]),
      ], inputs: [float("x", .param("N"), 3)], constants: ["s": Tensor(int64: [1])], leaves: ["Neg"]),
    RuleCase(
      "Unsqueeze of Flatten, one extent open",
      [node("Flatten", ["x"], ["a"]), node("Unsqueeze", ["a", "s"], ["y"])],
      inputs: [float("x", .param("N"), 3, 4)], constants: ["s": Tensor(int64: [0])], leaves: ["Reshape"]),
    RuleCase(
      "Squeeze of Unsqueeze, one of two open extents on its axis",
      [node("Unsqueeze", ["x", "s"], ["a"]), node("Squeeze", ["a", "t"], ["y"])],
      inputs: [float("x", .param("N"), 1, .param("M"))],
      constants: ["s": Tensor(int64: [3]), "t": Tensor(int64: [1])], leaves: ["Reshape"]),
    RuleCase(
      "near miss: two open extents on other axes",
      [node("Unsqueeze", ["x", "s"], ["a"]), node("Squeeze", ["a", "t"], ["y"])],
      inputs: [float("x", .param("N"), .param("M"), 1)],
      constants: ["s": Tensor(int64: [0]), "t": Tensor(int64: [3])], leaves: ["Unsqueeze", "Squeeze"]),
    RuleCase(
      "near miss: an empty axis",
      [node("Unsqueeze", ["x", "s"], ["a"]), node("Flatten", ["a"], ["y"])], inputs: [float("x", 2, 0)],
      constants: ["s": Tensor(int64: [1])], leaves: ["Unsqueeze", "Flatten"]),
    RuleCase(
      "near miss: what lies between is an output",
      [node("Flatten", ["x"], ["a"]), node("Unsqueeze", ["a", "s"], ["y"])], inputs: cube,
      outputs: ["a", "y"], constants: ["s": Tensor(int64: [0])], leaves: ["Flatten", "Unsqueeze"]),
    RuleCase(
      "0 copies an extent that is known", reshapes(), inputs: cube,
      constants: ["s": Tensor(int64: [6, 4]), "t": Tensor(int64: [0, 2, -1])], leaves: ["Reshape"]),
    RuleCase(
      "near miss: 0 copies an extent that is open", reshapes(),
      inputs: [float("x", .param("N"), .param("M"), 4)],
      constants: ["s": Tensor(int64: [-1, 0, 2]), "t": Tensor(int64: [0, 2, -1])],
      leaves: ["Reshape", "Reshape"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(JoinReshapes.self) }
}
