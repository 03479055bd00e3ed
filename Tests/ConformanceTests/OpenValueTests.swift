import GraphIR
import Oracle
import TensorCore
import Testing

@testable import Conformance
@testable import OperatorSet

/// What notes say that a test should admit. Expected values: the texts' other readings, by hand.
struct OpenValueTests {
  /// Whether `got` is admitted in place of what the definition gives for `node`.
  private func admits(
    _ got: Tensor, _ node: Node, _ inputs: NameDictionary<Tensor>,
    domain: OpsetImport = OpsetImport(domain: "", version: 22)
  ) throws -> Bool {
    let values = inputs.mapValues(Value.tensor)
    let graph = Graph(
      name: "g", nodes: [node], inputs: node.inputs.map { ValueInfo(name: $0, type: values[$0]?.type) },
      outputs: [ValueInfo(name: "y", type: nil)])
    let evaluator = NodeEvaluator(Model(irVersion: 10, opsetImports: [domain], graph: graph), node: 0)
    let want = try #require(try evaluator.evaluate(values)["y"])
    let comparison = Comparison(Tolerance(rtol: 1e-6, atol: 0))
    #expect(comparison.compare(.tensor(got), with: want, output: "y") != nil, "it is the definition's own")
    return try evaluator.openValues(of: "y", values).contains { open in
      open.admits(.tensor(got), inPlaceOf: want, definition: want) {
        comparison.compare($0, with: $1, output: "y") == nil
      }
    }
  }

  @Test func anyOfRepeatedUpdates() throws {
    let node = Node("ScatterElements", inputs: ["x", "i", "u"], outputs: ["y"])
    let inputs: NameDictionary = [
      "x": Tensor(floats: [1, 2, 3]), "i": Tensor(int64: [1, 1, 0]), "u": Tensor(floats: [7, 8, 9]),
    ]
    #expect(try admits(Tensor(floats: [9, 7, 3]), node, inputs))
    // An element of another place, and one that nobody wrote.
    #expect(try !admits(Tensor(floats: [7, 7, 3]), node, inputs))
    #expect(try !admits(Tensor(floats: [9, 2, 3]), node, inputs))
  }

  @Test func integersOutOfRange() throws {
    let node = Node("Cast", inputs: ["x"], outputs: ["y"], attributes: [NamedAttribute("to", .int(3))])
    let inputs: NameDictionary = ["x": Tensor(floats: [1.5, 300, .nan])]
    #expect(try admits(Tensor(.int8, shape: [3], wrapping: [1, 127, -128]), node, inputs))
    #expect(try !admits(Tensor(.int8, shape: [3], wrapping: [2, 44, 0]), node, inputs))
  }

  @Test func singleTargets() throws {
    let node = Node(
      "LinearRegressor", domain: "ai.onnx.ml", inputs: ["x"], outputs: ["y"],
      attributes: [
        NamedAttribute("coefficients", .floats([1])), NamedAttribute("post_transform", .string("LOGISTIC")),
      ])
    let ml = OpsetImport(domain: "ai.onnx.ml", version: 1)
    let x = Tensor(floats: [3], shape: [1, 1])
    #expect(try admits(x, node, ["x": x], domain: ml))
    #expect(try !admits(Tensor(floats: [1], shape: [1, 1]), node, ["x": x], domain: ml))
  }

  @Test func norms() throws {
    let node = Node(
      "Normalizer", domain: "ai.onnx.ml", inputs: ["x"], outputs: ["y"],
      attributes: [NamedAttribute("norm", .string("L1"))])
    let ml = OpsetImport(domain: "ai.onnx.ml", version: 1)
    let x = Tensor(floats: [-1, 3], shape: [1, 2])
    #expect(try admits(Tensor(floats: [-0.5, 1.5], shape: [1, 2]), node, ["x": x], domain: ml))
  }

  @Test func padsForSame() throws {
    let attributes: [NamedAttribute] = [
      NamedAttribute("kernel_shape", .ints([1])), NamedAttribute("strides", .ints([3])),
      NamedAttribute("auto_pad", .string("SAME_UPPER")),
    ]
    let node = Node("MaxPool", inputs: ["x"], outputs: ["y"], attributes: attributes)
    let x = Tensor(floats: [0, 1, 2, 3, 4, 5], shape: [1, 1, 6])
    #expect(try admits(Tensor(floats: [0, 3], shape: [1, 1, 2]), node, ["x": x]))
    #expect(try !admits(Tensor(floats: [2, 5], shape: [1, 1, 2]), node, ["x": x]))
  }

  /// A case whose own value no reading gives is wrong, and what the definition gives does not bear it out.
  @Test func aWrongCaseIsNotAdmitted() {
    func value(_ x: Float) -> Value { .tensor(Tensor(floats: [x])) }
    let reading = OpenValue(note: "TSN-0053", kind: .reading(value(1)))
    let comparison = Comparison(Tolerance(rtol: 0, atol: 0))
    func admits(_ got: Float, inPlaceOf want: Float, definition: Float) -> Bool {
      reading.admits(value(got), inPlaceOf: value(want), definition: value(definition)) {
        comparison.compare($0, with: $1, output: "y") == nil
      }
    }
    #expect(admits(1, inPlaceOf: 2, definition: 2))
    #expect(admits(2, inPlaceOf: 1, definition: 2))
    #expect(!admits(1, inPlaceOf: 3, definition: 1))
    #expect(!admits(3, inPlaceOf: 1, definition: 2))
  }

  @Test func windowOfOneCell() throws {
    let node = Node(
      "HannWindow", inputs: ["n"], outputs: ["y"], attributes: [NamedAttribute("periodic", .int(0))])
    #expect(try admits(Tensor(floats: [.nan]), node, ["n": Tensor(.int64, shape: [], wrapping: [1])]))
  }
}
