import Execution
import GraphIR
import TensorCore
import Testing

func untyped(_ name: String) -> ValueInfo { ValueInfo(name: name, type: nil) }

func float(_ name: String, _ dims: Dim...) -> ValueInfo { ValueInfo(name: name, type: .tensor(.float, dims)) }

func floats(_ values: Float...) -> Tensor { Tensor(floats: values) }

func node(
  _ opType: String, _ inputs: [String], _ outputs: [String], domain: String = "", name: String = "",
  _ attributes: [String: Attribute] = [:]
) -> Node {
  Node(
    opType, domain: domain, name: name, inputs: inputs, outputs: outputs,
    attributes: attributes.sorted { $0.key < $1.key }.map { NamedAttribute($0.key, $0.value) })
}

func function(
  _ name: String, _ inputs: [String], _ outputs: [String], _ nodes: [Node], opset: Int = 21,
  attributes: [String] = [], defaults: [String: Attribute] = [:], domain: String = "local"
) -> Function {
  Function(
    name: name, domain: domain, inputs: inputs, outputs: outputs, attributes: attributes,
    defaults: defaults.map { NamedAttribute($0.key, $0.value) }, nodes: nodes,
    opsetImports: [OpsetImport(domain: "", version: opset), OpsetImport(domain: "local", version: 1)])
}

/// A model of opset 21 that may call functions of domain `local`.
func model(
  _ nodes: [Node], inputs: [ValueInfo], outputs: [String], initializers: [Initializer] = [],
  functions: [Function] = []
) -> Model {
  Model(
    irVersion: 10,
    opsetImports: [OpsetImport(domain: "", version: 21), OpsetImport(domain: "local", version: 1)],
    graph: Graph(
      name: "g", nodes: nodes, inputs: inputs, outputs: outputs.map(untyped), initializers: initializers),
    functions: functions)
}

/// The outputs of a model by definitions, as lists of numbers.
func run(_ model: Model, _ feeds: NamedValues) throws -> [String: [Double]] {
  let outputs = try Session(model).run(feeds)
  return Dictionary(
    uniqueKeysWithValues: outputs.map { output in
      guard case .tensor(let tensor) = output.element else { return (output.name, []) }
      return (output.name, tensor.doubles())
    })
}

/// The values that a model gives names to, to see what is unique.
func names(_ graph: Graph) -> [String] {
  graph.definedNames
    + graph.nodes.flatMap { node in
      node.attributes.flatMap { attribute -> [String] in
        guard case .graph(let inner) = attribute.value else { return [] }
        return names(inner)
      }
    }
}
