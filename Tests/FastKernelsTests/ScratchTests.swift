import Execution
import FastKernels
import GraphIR
import TensorCore
import Testing

/// What a kernel needs besides its inputs and outputs.
@Suite struct ScratchTests {
  /// One row of the columns of this product is 48 times as large as the block that is filled at a time.
  @Test func aRowOfAConvolutionIsCut() throws {
    let (cells, taps) = (1 << 14, 1 << 12)
    let x = Tensor(floats: (0..<cells).map { Float($0 % 7) }, shape: [1, 1, 1, cells])
    var weights = [Float](repeating: 0, count: 2 * taps)
    (weights[0], weights[taps + 1], weights[2 * taps - 1]) = (1, 1, 2)
    let W = Tensor(floats: weights, shape: [2, 1, 1, taps])
    let graph = Graph(
      name: "g", nodes: [Node("Conv", inputs: ["x", "w"], outputs: ["y"])],
      inputs: ["x", "w"].map { ValueInfo(name: $0, type: nil) }, outputs: [ValueInfo(name: "y", type: nil)])
    let model = Model(irVersion: 10, opsetImports: [OpsetImport(domain: "", version: 21)], graph: graph)
    let outputs = try Session(model, options: SessionOptions(kernels: .all))
      .run(["x": .tensor(x), "w": .tensor(W)])
    guard case .tensor(let y)? = outputs["y"] else { throw CancellationError() }
    // Sums of whole numbers, exact in float.
    let width = cells - taps + 1
    let first = (0..<width).map { Float($0 % 7) }
    let second = (0..<width).map { Float(($0 + 1) % 7) + 2 * Float(($0 + taps - 1) % 7) }
    #expect(y.shape == [1, 2, 1, width])
    #expect(y.doubles() == (first + second).map(Double.init))
  }
}
