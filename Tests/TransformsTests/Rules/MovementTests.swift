import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Movements of data. Expected operators: by hand, from each rule's comment.
@Suite struct MovementTests {
  private static let cube = [float("x", 2, 3, 4)]

  private static func transposes(_ p: [Int]?, _ q: [Int]?) -> [Node] {
    [(["x"], ["a"], p), (["a"], ["y"], q)].map { inputs, outputs, perm in
      node("Transpose", inputs, outputs, perm.map { ["perm": .ints($0)] } ?? [:])
    }
  }

  @Test(arguments: [
    RuleCase("three axes", transposes([1, 2, 0], [0, 2, 1]), inputs: cube, leaves: ["Transpose"]),
    RuleCase("without perm", transposes(nil, [0, 2, 1]), inputs: cube, leaves: ["Transpose"]),
    RuleCase(
      "the first is read elsewhere", transposes([1, 2, 0], [0, 2, 1]), inputs: cube, outputs: ["a", "y"],
      leaves: ["Transpose", "Transpose"]),
    RuleCase(
      "near miss: something between",
      [node("Transpose", ["x"], ["a"]), node("Neg", ["a"], ["b"]), node("Transpose", ["b"], ["y"])],
      inputs: cube,
      leaves: ["Transpose", "Neg", "Transpose"]),
  ])
  func joinTransposes(_ test: RuleCase) throws { try test.check(JoinTransposes.self) }

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
  func joinReshapes(_ test: RuleCase) throws { try test.check(JoinReshapes.self) }
}
