import Execution
import FastKernels
import GraphIR
import TensorCore
import Testing

/// A constant that is folded has the bits of a run.
@Suite struct FoldingTests {
  private let numbers = Tensor(floats: (0..<1000).map { Float($0) * 0.0371 - 18 })

  private func bits(_ opType: String, kernels: KernelRegistry, folds: Bool) throws -> [UInt32] {
    let graph = Graph(
      name: "g",
      nodes: [Node(opType, inputs: ["c"], outputs: ["h"]), Node("Mul", inputs: ["h", "c"], outputs: ["y"])],
      inputs: [], outputs: [ValueInfo(name: "y", type: nil)],
      initializers: [Initializer(name: "c", tensor: numbers)])
    let model = Model(irVersion: 10, opsetImports: [OpsetImport(domain: "", version: 20)], graph: graph)
    var options = SessionOptions(kernels: kernels)
    options.graphOptimizationLevel = folds ? .all : .none
    guard case .tensor(let y)? = try Session(model, options: options).run([:])["y"] else { return [] }
    return y.withElements(Float.self) { $0.map(\.bitPattern) }
  }

  @Test(arguments: ["Exp", "Tanh", "Sigmoid", "Erf"])
  func foldingChangesNoBit(_ opType: String) throws {
    let run = try bits(opType, kernels: .all, folds: false)
    #expect(run.count == 1000)
    #expect(try bits(opType, kernels: .all, folds: true) == run)
    // Kernel and definition differ here, so that the test can tell which of them was folded.
    let definition = try bits(opType, kernels: .none, folds: false)
    #expect(definition != run)
    #expect(try bits(opType, kernels: .none, folds: true) == definition)
  }
}
