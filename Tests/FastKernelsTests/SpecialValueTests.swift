import Execution
import FastKernels
import GraphIR
import TensorCore
import Testing

/// Kernels where results are subnormal, infinite, zeros of either sign or at the end of the range. Expected values:
/// NumPy and SciPy in float64, rounded to float.
@Suite struct SpecialValueTests {
  /// e^−100 as a float: 27 · 2^−149.
  private static let tiny = Float(bitPattern: 27)

  private func run(_ node: Node, _ x: Tensor, constants: [Initializer] = []) throws -> [Float] {
    let graph = Graph(
      name: "g", nodes: [node], inputs: [ValueInfo(name: "x", type: .tensor(.float, nil))],
      outputs: [ValueInfo(name: "y", type: nil)], initializers: constants)
    let model = Model(irVersion: 10, opsetImports: [OpsetImport(domain: "", version: 20)], graph: graph)
    let session = try Session(model, options: SessionOptions(kernels: .all))
    guard case .tensor(let y)? = try session.run(["x": .tensor(x)])["y"] else { return [] }
    return y.withElements(Float.self) { Array($0) }
  }

  /// A sum of −0 alone is −0 (TSN-0050), along rows and across them, in lanes and behind them.
  @Test(arguments: [0, 1], [1, 9, 45])
  func sumsOfNegativeZeros(axis: Int, extent: Int) throws {
    let x = Tensor(floats: [Float](repeating: -0.0, count: extent * extent), shape: [extent, extent])
    let axes = Initializer(name: "axes", tensor: Tensor(int64: [axis]))
    let y = try run(Node("ReduceSum", inputs: ["x", "axes"], outputs: ["y"]), x, constants: [axes])
    #expect(y.count == extent && y.allSatisfy { $0 == 0 && $0.sign == .minus })
  }

  @Test(
    arguments: [
      ("Neg", [0, -0.0, 1], [-0.0, 0, -1]),
      (
        "Exp", [-100, -104, 88.72283, 88.73, -.infinity, -0.0],
        [tiny, 0, 3.4027985e38, .infinity, 0, 1]
      ),
      ("Sigmoid", [-100, -104, 200, -.infinity, 0], [tiny, 0, 1, 0, 0.5]),
      ("Erf", [10, -10, 0, -0.0, 0x1p-149, .infinity], [1, -1, 0, -0.0, 0x1p-149, 1]),
      (
        "Tanh", [6.1517935, -0.0, 0x1p-149, -0x1p-140, 20, -.infinity],
        [0.99999094, -0.0, 0x1p-149, -0x1p-140, 1, -1]
      ),
    ] as [(String, [Float], [Float])])
  func functions(_ opType: String, _ x: [Float], _ wanted: [Float]) throws {
    let y = try run(Node(opType, inputs: ["x"], outputs: ["y"]), Tensor(floats: x))
    #expect(y == wanted)
    #expect(y.map(\.sign) == wanted.map(\.sign))
    #expect(
      try run(Node(opType, inputs: ["x"], outputs: ["y"]), Tensor(floats: [.nan])).map(\.isNaN) == [true])
  }

  /// The cube of the first number lies below the end of the range, that of the next float beyond it.
  @Test func cubesReachTheLargestNumber() throws {
    let x: [Float] = [6.9814636e12, -6.9814636e12, 6.981464e12, 1e-15, -1e-20, -0.0, 2.5]
    let y = try run(
      Node("Pow", inputs: ["x", "e"], outputs: ["y"]), Tensor(floats: x),
      constants: [Initializer(name: "e", tensor: Tensor(floats: [3], shape: []))])
    #expect(
      y == [
        .greatestFiniteMagnitude, -.greatestFiniteMagnitude, .infinity, Float(bitPattern: 1), -0.0, -0.0,
        15.625,
      ])
    #expect(y.map(\.sign) == x.map(\.sign))
  }

  /// Squares of 3e38 are beyond float, their root is not; so with differences and means of such numbers.
  @Test func nothingOverflowsInside() throws {
    let lrn = Node(
      "LRN", inputs: ["x"], outputs: ["y"],
      attributes: [NamedAttribute("size", .int(1)), NamedAttribute("alpha", .float(1))])
    let y = try run(lrn, Tensor(floats: [3e38], shape: [1, 1, 1]))
    #expect(y.count == 1 && y.allSatisfy { ($0 / 5.7735027e-20 - 1).magnitude < 1e-6 })
    let pool = Node("GlobalAveragePool", inputs: ["x"], outputs: ["y"])
    #expect(try run(pool, Tensor(floats: [3e38, 3e38], shape: [1, 1, 2])) == [3e38])
  }
}
