import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct JoinLogSoftmaxTests {
  private static let logarithm = [
    node("Softmax", ["x"], ["a"], ["axis": .int(0)]), node("Log", ["a"], ["y"]),
  ]

  @Test(arguments: [
    RuleCase("along an axis", logarithm, leaves: ["LogSoftmax"]),
    RuleCase("opset 11", logarithm, opset: 11, leaves: ["LogSoftmax"]),
    RuleCase("near miss: others want it", logarithm, outputs: ["a", "y"], leaves: ["Softmax", "Log"]),
    RuleCase(
      "near miss: something between",
      [node("Softmax", ["x"], ["a"]), node("Neg", ["a"], ["b"]), node("Log", ["b"], ["y"])],
      leaves: ["Softmax", "Neg", "Log"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(JoinLogSoftmax.self) }

  /// By default a rule that changes values is not there.
  @Test func isAskedFor() throws {
    let model = model(Self.logarithm, inputs: [float("x", 2, 3)], outputs: ["y"])
    #expect(try Optimizer().optimize(model).applications.isEmpty)
  }
}
