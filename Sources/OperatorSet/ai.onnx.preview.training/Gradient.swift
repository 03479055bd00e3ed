import GraphIR
import TensorCore

/// # Gradient
///
/// The partial derivatives of one value of the graph with respect to others, by going back over the nodes
/// between them.
///
///     dY/dX_i[j] = Σ_k ∂y[k] / ∂xs_i[j]          at xs, zs = Inputs
///
/// The nodes that lead from the values named in `xs` and `zs` to the one named `y` are run with the node's
/// own inputs in place of those values. Then each of these nodes, from the last to the first, turns the
/// derivative with respect to its outputs into that with respect to its inputs; where a value has several
/// uses, these add up.
///
/// - Inputs: `Inputs` (T1): values in place of those named in xs, then of those named in zs.
/// - Outputs: `Outputs` (T2): the derivative with respect to each of xs, of its shape and type. Zeros where y
///   does not depend on it.
/// - Attributes: `xs`: the names of the values to differentiate by. `y`: the name of the value to
///   differentiate. `zs`: the names of other values that y depends on.
/// - Types: T1 is any tensor but bfloat16; T2 is float16, float or double. What stands for one of xs, and y,
///   must be floating.
/// - Errors: a name that the graph has not defined before this node, or that is given twice; one of xs or zs
///   that is computed from another; more or fewer inputs than names, more outputs than xs; a way from xs to y
///   over an operator without a derivative, or over another Gradient.
/// - Versions: 1.
/// - Source: onnx/defs/training/defs.cc.
/// - Notes: TSN-0042.
package struct Gradient: Operator {
  private static let version1 = OperatorVersion(
    since: 1,
    inputs: [.variadic("Inputs", "T1", homogeneous: false)],
    outputs: [.variadic("Outputs", "T2", homogeneous: false)],
    attributes: [.required("xs", .strings), .required("y", .string), .optional("zs", .strings)],
    types: ["T1": .allTensors(ir: 3), "T2": .ieeeFloats])
  package static let schema = OperatorSchema(
    "Gradient", domain: "ai.onnx.preview.training", versions: [version1])

  /// The name under which the differentiated part of the graph is run.
  package static let graphName = "y"

  package let xs: [String]
  package let zs: [String]
  package let y: String

  package init(_ node: NodeAttributes) throws {
    xs = try node.strings("xs")
    zs = node.optionalStrings("zs") ?? []
    y = try node.string("y")
    guard node.inputCount == xs.count + zs.count else {
      throw OperatorError(
        .invalidValue,
        "the node has \(node.inputCount) inputs, but xs and zs name \(xs.count) + \(zs.count) values")
    }
    guard node.outputCount <= xs.count else {
      throw OperatorError(
        .invalidValue, "the node has \(node.outputCount) outputs, but xs names only \(xs.count) values")
    }
  }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let facts = try inputs.variadic()
    for (name, fact) in zip(xs, facts) { try checkFloating(fact.elementType, name) }
    if let target = try context.inferSubgraph(Self.graphName, facts).first {
      try checkFloating(target.elementType, y)
    }
    return facts.prefix(xs.count).map { Fact($0.type) }
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let tensors = try inputs.tensors()
    for (name, tensor) in zip(xs, tensors) { try checkFloating(tensor.elementType, name) }
    let tape = try context.recordSubgraph(Self.graphName, tensors.map(Value.tensor))
    guard let slot = tape.outputs.first, case .tensor(let target)? = tape.values[slot] else {
      throw OperatorError(.invalidType, "y is '\(y)', which must be a tensor")
    }
    try checkFloating(target.elementType, y)
    let ones = Tensor.gradient([Double](repeating: 1, count: target.count), target.shape)
    let gradients = try Backpropagation(context: context).gradients(
      over: tape, outputGradients: [ones], sources: Set(tape.inputs.prefix(xs.count)))
    return zip(tensors.prefix(xs.count), tape.inputs).map { x, slot in
      let zeros = [Double](repeating: 0, count: x.count)
      return .tensor(Tensor(x.elementType, shape: x.shape, rounding: gradients[slot]?.doubles() ?? zeros))
    }
  }

  private func checkFloating(_ type: ElementType?, _ name: String) throws {
    guard let type, !type.isFloating else { return }
    throw OperatorError(
      .invalidType, "'\(name)' is tensor(\(type)), but only floating tensors can be differentiated")
  }
}
