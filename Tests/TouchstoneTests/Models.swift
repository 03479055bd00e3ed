import Touchstone

/// A declared float tensor.
func float(_ name: String, _ dims: Dim...) -> ValueInfo { ValueInfo(name: name, type: .tensor(.float, dims)) }

/// A model of opset 21 with the given graph.
func model(_ graph: Graph) -> Model {
  Model(irVersion: 10, opsetImports: [OpsetImport(domain: "", version: 21)], graph: graph)
}

/// y = x + w, where w has a default that a run may replace.
func addition() -> Model {
  var result = model(
    Graph(
      name: "addition", nodes: [Node("Add", name: "sum", inputs: ["x", "w"], outputs: ["y"])],
      inputs: [float("x", .param("N"), 2), float("w", 2)], outputs: [float("y", .param("N"), 2)],
      initializers: [Initializer(name: "w", tensor: Tensor(floats: [10, 20]))]))
  result.producerName = "tests"
  result.annotations.metadata = [StringPair(key: "purpose", value: "a test")]
  return result
}
