import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct JoinTransposesTests {
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
  func leaves(_ test: RuleCase) throws { try test.check(JoinTransposes.self) }
}
