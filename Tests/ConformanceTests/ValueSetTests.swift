import GraphIR
import TensorCore
import Testing

@testable import Conformance

/// What the text allows random values to be, by how each version of an operator says that it draws.
@Suite struct ValueSetTests {
  private let data = Value.tensor(Tensor(floats: [1, 2, 4]))

  private func set(_ node: Node, opset: Int, _ others: NamedValues = [:]) throws -> ValueSet? {
    let model = Model(
      irVersion: 7, opsetImports: [OpsetImport(domain: "", version: opset)],
      graph: Graph(name: "g", nodes: [node], inputs: [], outputs: []))
    return try ValueSets(model) { $0 == "x" ? data : others[$0] }.set(of: node.outputs.last ?? "")
  }

  private func dropout(
    _ inputs: [String] = ["x"], _ outputs: [String] = ["y"], _ attributes: [NamedAttribute] = []
  )
    -> Node
  {
    Node("Dropout", inputs: inputs, outputs: outputs, attributes: attributes)
  }

  @Test func dropoutDrawsUnlessItIsATest() throws {
    let quarter = NamedAttribute("ratio", .float(0.25))
    for opset in [1, 6] {
      let drawn = try #require(try set(dropout(["x"], ["y"], [quarter]), opset: opset))
      // Kept elements are divided by 3/4, in float.
      #expect(drawn.holds(.tensor(Tensor(floats: [4 / 3, 0, 16 / 3]))))
      #expect(!drawn.holds(.tensor(Tensor(floats: [4 / 3, 0, 4]))))
      let mask = try #require(try set(dropout(["x"], ["y", "mask"]), opset: opset))
      #expect(mask.holds(.tensor(Tensor(floats: [0, 1, 1]))))
      #expect(!mask.holds(.tensor(Tensor(floats: [0, 2, 1]))))
      let test = NamedAttribute("is_test", .int(1))
      #expect(try set(dropout(["x"], ["y"], [test]), opset: opset) == nil)
    }
  }

  @Test func dropoutDrawsNothingFrom7To11() throws {
    for opset in [7, 10] { #expect(try set(dropout(), opset: opset) == nil) }
  }

  @Test func dropoutDrawsInTrainingModeFrom12On() throws {
    let flags: NamedValues = [
      "r": .tensor(Tensor(floats: [0.5], shape: [])), "t": .tensor(Tensor(bools: [true], shape: [])),
      "f": .tensor(Tensor(bools: [false], shape: [])),
    ]
    let drawn = try #require(try set(dropout(["x", "r", "t"]), opset: 12, flags))
    #expect(drawn.holds(.tensor(Tensor(floats: [2, 0, 8]))))
    #expect(!drawn.holds(.tensor(Tensor(floats: [1, 0, 8]))))
    #expect(try set(dropout(["x", "r", "f"]), opset: 22, flags) == nil)
    #expect(try set(dropout(), opset: 13, flags) == nil)
  }
}
