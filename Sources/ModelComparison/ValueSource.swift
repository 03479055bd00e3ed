import Conformance
import Execution
import FastKernels
import GraphIR
import Oracle
import TensorCore

/// Something that computes a model's values, for one set of inputs.
protocol ValueSource {
  /// The values `names` of the main graph, inputs included.
  func values(_ names: [String]) throws -> NamedValues
  /// What the nodes that give the values `outputs` and `inner` compute alone, for given values.
  func evaluate(_ part: Part, _ values: NamedValues) throws -> NamedValues
}

/// Some nodes of a model, named by what they give, so that they can be found in a copy of it.
struct Part {
  /// The outputs of all nodes that belong to it.
  var given: Set<String>
  /// The values wanted.
  var outputs: [String]

  /// The positions of the part's nodes in a model.
  func nodes(in model: Model) -> [Int] {
    model.graph.nodes.indices.filter { !given.isDisjoint(with: model.graph.nodes[$0].outputs) }
  }
}

extension ReferenceModel: ValueSource {
  func values(_ names: [String]) throws -> NamedValues { try fetch(names) }

  func evaluate(_ part: Part, _ values: NamedValues) throws -> NamedValues {
    let submodel = Submodel(of: model, nodes: part.nodes(in: model), outputs: part.outputs) { values[$0] }
    return try Session(submodel.model, options: SessionOptions(kernels: .all, graphOptimizationLevel: .basic))
      .run(
        values.selecting(submodel.inputs))
  }
}

/// A provider with the inputs of its model.
struct FedProvider: ValueSource {
  let subject: ProviderModel
  let inputs: NamedValues

  func values(_ names: [String]) throws -> NamedValues { try subject.fetch(names, inputs) }

  func evaluate(_ part: Part, _ values: NamedValues) throws -> NamedValues {
    try subject.evaluate(nodes: part.nodes(in: subject.model), outputs: part.outputs, values)
  }
}
