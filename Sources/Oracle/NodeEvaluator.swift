import Analysis
import Execution
import GraphIR
import OperatorSet
import TensorCore

/// One node of a model as the reference evaluates it, for any inputs.
package struct NodeEvaluator {
  package let node: Node
  private let model: Model
  private let index: Int
  private let kernels: KernelRegistry

  /// - Parameter kernels: `.none` for the definitions alone.
  package init(_ model: Model, node index: Int, kernels: KernelRegistry = .none) {
    self.model = model
    self.index = index
    self.kernels = kernels
    node = model.graph.nodes[index]
  }

  /// The same node by its definition.
  package var byDefinition: NodeEvaluator { NodeEvaluator(model, node: index, kernels: .none) }

  /// The node with the absolute values of the factors in its attributes, as Gemm has them.
  var withPositiveFactors: NodeEvaluator {
    var model = model
    model.graph.nodes[index].attributes = node.attributes.map { attribute in
      guard case .float(let value) = attribute.value else { return attribute }
      return NamedAttribute(attribute.name, .float(abs(value)))
    }
    return NodeEvaluator(model, node: index, kernels: kernels)
  }

  /// What the text leaves open of the output `name`, given the values that the node reads.
  package func openValues(of name: String, _ values: NamedValues) throws -> [OpenValue] {
    guard let resolved = try resolved(for: values), let output = node.outputs.firstIndex(of: name),
      let definition = resolved.definition as? any LeavesValuesOpen
    else { return [] }
    let inputs = Inputs(node.inputs.map { values[$0] }, parameters: resolved.parameters)
    return try definition.openValues(of: output, inputs, PlainContext())
  }

  /// How the node's operator may round, given the values that the node reads.
  func rounding(for values: NamedValues) throws -> Rounding {
    try resolved(for: values)?.definition?.rounding ?? .other
  }

  private func resolved(for values: NamedValues) throws -> ResolvedNode? {
    let outputs = node.outputs.filter { !$0.isEmpty }
    let part = Submodel(of: model, nodes: [index], outputs: outputs) { values[$0] }
    return try Resolver.resolve(part.model).nodes.first
  }

  /// The outputs by name.
  ///
  /// - Parameter values: a value for each name that the node and its subgraphs read; others are left aside.
  /// - Throws: as `Session`.
  package func evaluate(_ values: NamedValues) throws -> NamedValues {
    let outputs = node.outputs.filter { !$0.isEmpty }
    var whole = model
    // What is given replaces what the model holds: the bound is asked for other weights too.
    whole.graph.initializers.removeAll { values[$0.name] != nil }
    let part = Submodel(of: whole, nodes: [index], outputs: outputs) { values[$0] }
    let inputs = NamedValues(part.inputs.compactMap { name in values[name].map { (name, $0) } })
    let options = SessionOptions(kernels: kernels, graphOptimizationLevel: .none)
    return try Session(part.model, options: options).run(inputs)
  }
}
