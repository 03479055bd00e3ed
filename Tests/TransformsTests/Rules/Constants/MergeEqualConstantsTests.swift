import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators and constants: by hand, from the rule's comment.
@Suite struct MergeEqualConstantsTests {
  private static let sum = [node("Add", ["x", "c"], ["a"]), node("Mul", ["a", "d"], ["y"])]

  @Test(arguments: [
    RuleCase(
      "two equal ones", sum, constants: ["c": floats(1, .nan, -0.0), "d": floats(1, .nan, -0.0)],
      leaves: ["Add", "Mul"]),
    RuleCase(
      "near miss: zeros of other signs", sum, constants: ["c": floats(1, 0, 0), "d": floats(1, 0, -0.0)],
      leaves: ["Add", "Mul"]),
    RuleCase(
      "near miss: another shape", sum,
      constants: ["c": floats(1, 2, 3), "d": Tensor(floats: [1, 2, 3], shape: [1, 3])],
      leaves: ["Add", "Mul"]),
    RuleCase(
      "near miss: a caller may replace one", sum, inputs: [float("x", 2, 3), float("d", 3)],
      constants: ["c": floats(1, 2, 3), "d": floats(1, 2, 3)], leaves: ["Add", "Mul"]),
    RuleCase(
      "near miss: the later one is an output", sum, outputs: ["y", "d"],
      constants: ["c": floats(1, 2, 3), "d": floats(1, 2, 3)], leaves: ["Add", "Mul"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(MergeEqualConstants.self) }

  @Test func oneIsLeft() throws {
    let equal = ["c", "d"].map { Initializer(name: $0, tensor: floats(1, 2, 3)) }
    let model = model(Self.sum, inputs: [float("x", 2, 3)], outputs: ["y"], initializers: equal)
    var options = OptimizerOptions()
    options.only = ["MergeEqualConstants"]
    let optimized = try Optimizer(options).optimize(model)
    #expect(optimized.model.graph.initializers.map(\.name) == ["c"])
  }
}
