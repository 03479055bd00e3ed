import GraphIR
import TensorCore

/// # SequenceMap
///
/// Runs a subgraph on each element of a sequence.
///
///     out_sequenceⱼ[k] = j-th output of body(input_sequence[k], a₁, a₂, …)
///
/// where a is the k-th element of an additional sequence, or an additional tensor itself.
///
/// - Inputs: `input_sequence` (S): its length is that of the outputs. `additional_inputs` (V), variadic:
///   tensors, and sequences of the same length.
/// - Outputs: `out_sequence` (S), variadic: one sequence for each output of the body.
/// - Attributes: `body`: a graph with an input for each input of the node; it sees the names around it.
/// - Types: S is any sequence of tensors, V is any tensor or sequence.
/// - Errors: sequences of different lengths; a body that does not fit the node.
/// - Versions: 17.
/// - Source: onnx/defs/sequence/defs.cc.
/// - Notes: TSN-0033: without elements the outputs are empty sequences of the type that the body would yield.
struct SequenceMap: Operator {
  private static let version17 = OperatorVersion(
    since: 17,
    inputs: [
      .single("input_sequence", "S"), .variadic("additional_inputs", "V", minimum: 0, homogeneous: false),
    ],
    outputs: [.variadic("out_sequence", "S", homogeneous: false)],
    attributes: [.required("body", .graph)],
    types: ["S": .allSequences(ir: 3), "V": .allTensors(ir: 3) | .allSequences(ir: 3)])
  static let schema = OperatorSchema("SequenceMap", versions: [version17])

  let bodyOutputs: [ValueInfo]

  init(_ node: NodeAttributes) throws {
    let body = try node.graph("body")
    guard body.inputs.count == node.inputCount, node.outputCount <= body.outputs.count else {
      throw OperatorError(
        .invalidAttribute,
        "body has \(body.inputs.count) inputs and \(body.outputs.count) outputs, but the node "
          + "has \(node.inputCount) and \(node.outputCount)")
    }
    bodyOutputs = body.outputs
  }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let elements = try inputs.variadic().map { input in
      if case .sequence(let element)? = input.type { return Fact(element) }
      return Fact(input.type)
    }
    return try context.inferSubgraph("body", elements).map { Fact($0.type.map(ValueType.sequence)) }
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let values = try inputs.variadic()
    let count = try inputs.sequence(0).values.count
    var results = [[Value]](repeating: [], count: bodyOutputs.count)
    for k in 0..<count {
      try context.checkCancellation()
      let elements = try values.map { try element(k, of: $0, count: count) }
      let outputs = try context.runSubgraph("body", elements)
      guard outputs.count == results.count else {
        throw OperatorError(.invalidValue, "body yields \(outputs.count) outputs instead of \(results.count)")
      }
      for (j, output) in outputs.enumerated() { results[j].append(output) }
    }
    guard count > 0 else { return try empty(values, context) }
    return try results.map { .sequence($0, of: try sharedType($0.map(\.type))) }
  }

  /// Empty sequences of what the body would yield, or else of what it declares.
  private func empty(_ values: [Value], _ context: any EvaluationContext) throws -> [Value] {
    let facts = try infer(Inputs(values.map { Fact($0.type) }, parameters: []), context)
    return zip(facts, bodyOutputs).map { fact, output in
      guard case .sequence(let element)? = fact.type else {
        return .sequence([], of: output.type ?? .tensor(.float, nil))
      }
      return .sequence([], of: element)
    }
  }

  private func element(_ k: Int, of value: Value, count: Int) throws -> Value {
    guard case .sequence(let elements, _) = value else { return value }
    guard elements.count == count else {
      throw OperatorError(
        .invalidValue, "a sequence of \(elements.count) elements stands beside input_sequence with \(count)")
    }
    return elements[k]
  }
}
