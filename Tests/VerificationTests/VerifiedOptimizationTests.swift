import GraphIR
import TensorCore
import Testing
import Transforms

@testable import Verification

/// An optimizer that is held to its promise, also where it computes constants wrongly.
@Suite struct VerifiedOptimizationTests {
  /// y = x · (c + c), then two Identities.
  private static let model: Model = {
    let nodes = [
      Node("Identity", inputs: ["x"], outputs: ["i"]), Node("Add", inputs: ["c", "c"], outputs: ["s"]),
      Node("Mul", inputs: ["i", "s"], outputs: ["m"]), Node("Identity", inputs: ["m"], outputs: ["y"]),
    ]
    let graph = Graph(
      name: "g", nodes: nodes, inputs: [ValueInfo(name: "x", type: .tensor(.float, [2]))],
      outputs: [ValueInfo(name: "y", type: nil)],
      initializers: [Initializer(name: "c", tensor: Tensor(floats: [1, 2]))])
    return Model(irVersion: 10, opsetImports: [OpsetImport(domain: "", version: 21)], graph: graph)
  }()

  @Test func whatIsRightIsKept() throws {
    let verified = try VerifiedOptimization(Self.model, OptimizerOptions())
    #expect(verified.isKept && verified.culprit == nil)
    #expect(verified.result.model.graph.nodes.map(\.opType) == ["Mul"])
  }

  @Test func theApplicationThatIsWrongIsNamed() throws {
    var options = OptimizerOptions()
    options.evaluation = { _, _, _ in [.tensor(Tensor(floats: [2, 4.5]))] }
    let verified = try VerifiedOptimization(Self.model, options)
    #expect(!verified.isKept)
    #expect(verified.culprit?.rule == "FoldConstants" && verified.culprit?.value == "s")
  }
}
