import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Estimated operations. Expected numbers: by hand.
@Suite struct OperationCountTests {
  private static func count(_ nodes: [Node], _ inputs: [ValueInfo], functions: [Function] = []) -> Double? {
    model(nodes, inputs: inputs, outputs: ["y"], functions: functions).operationCount
  }

  /// 2 · 5 · 7 products of 3; two for each; then one for each of the 70 sums.
  @Test func products() {
    let nodes = [node("MatMul", ["x", "w"], ["a"]), node("Add", ["a", "a"], ["y"])]
    #expect(Self.count(nodes, [float("x", 2, 5, 3), float("w", 3, 7)]) == 490)
  }

  /// 4 · 6 · 6 cells of 2 · 3 · 3 products, an open batch taken as 1; Relu selects.
  @Test func convolution() {
    let nodes = [node("Conv", ["x", "w"], ["a"]), node("Relu", ["a"], ["y"])]
    #expect(Self.count(nodes, [float("x", .param("N"), 2, 8, 8), float("w", 4, 2, 3, 3)]) == 5_184)
  }

  @Test func calls() {
    let body = function("F", ["i"], ["o"], [node("Exp", ["i"], ["o"])])
    let nodes = [node("F", ["x"], ["a"], domain: "local"), node("F", ["a"], ["y"], domain: "local")]
    #expect(Self.count(nodes, [float("x", 10)], functions: [body]) == 20)
  }

  @Test func modelsThatAreWrong() {
    #expect(Self.count([node("Exp", ["nothing"], ["y"])], []) == nil)
  }
}
