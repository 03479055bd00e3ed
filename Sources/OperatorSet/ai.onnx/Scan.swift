import GraphIR
import TensorCore

/// # Scan
///
/// Walks along an axis of some tensors, running a subgraph on each slice and on the states it yielded before.
///
///     for t = 0 … length − 1:
///       state…, s₁ … s_K = body(state…, scan₁[t], …, scan_M[t])
///     outputs = state…, stack(s₁), …, stack(s_K)
///
/// - Inputs: `initial_state_and_scan_inputs` (V), variadic: N initial states, then M tensors to scan, of one
///   length. `sequence_lens` (I, 8), optional: for each batch the number of slices, by default all.
/// - Outputs: `final_state_and_scan_outputs` (V), variadic: the final states, then for each further output of
///   the body its tensors stacked.
/// - Attributes: `num_scan_inputs`: M. `body`: a graph with N + M inputs and N + K outputs; it sees the names
///   around it. From 9: `scan_input_axes`, `scan_output_axes`: the axes that are scanned and stacked along,
///   by default 0; `scan_input_directions`, `scan_output_directions`: 1 walks from the last slice to the
///   first, or puts the first iteration last. In 8 `directions`: the same for the inputs.
/// - Types: V is any tensor, with the types of each later IR version; I is int64.
/// - Errors: a body that does not fit the node; scanned axes of different lengths; lists of the wrong length;
///   a scan output that changes its type or shape.
/// - Versions: 8, 9 (no batch axis and no sequence_lens; axes and directions of inputs and outputs), 11 (axes
///   may be negative), 16 (bfloat16), 19 (float8), 21 (4-bit integers), 23 (float4e2m1), 24 (float8e8m0), 25
///   (2-bit integers).
/// - Source: onnx/defs/controlflow/defs.cc, utils.cc, old.cc.
/// - Notes: TSN-0033: in 8 the first axis of every tensor is a batch, the second of the scanned ones is
///   walked along, and each batch is a scan of its own; scan outputs are filled with zeros beyond the length
///   of a sequence. Without a slice a scan output is empty, of the type and shape that the body would
///   yield.
struct Scan: Operator {
  private static let version8 = OperatorVersion(
    since: 8,
    inputs: [
      .optional("sequence_lens", "I"), .variadic("initial_state_and_scan_inputs", "V", homogeneous: false),
    ],
    outputs: [.variadic("final_state_and_scan_outputs", "V", homogeneous: false)],
    attributes: [
      .required("body", .graph), .optional("directions", .ints), .required("num_scan_inputs", .int),
    ],
    types: ["I": .tensors(.int64), "V": .allTensors(ir: 3)])
  private static let version9 = version8.then(
    since: 9, "no batch axis and no sequence_lens; axes and directions of inputs and outputs",
    inputs: [.variadic("initial_state_and_scan_inputs", "V", homogeneous: false)],
    attributes: [
      .optional("scan_input_axes", .ints), .optional("scan_input_directions", .ints),
      .optional("scan_output_axes", .ints), .optional("scan_output_directions", .ints),
    ], removing: ["directions"])
  private static let version11 = version9.then(
    since: 11, "axes may be negative")
  private static let version16 = version11.then(
    since: 16, "bfloat16", types: ["V": .allTensors(ir: 4)])
  private static let version19 = version16.then(
    since: 19, "float8", types: ["V": .allTensors(ir: 9)])
  private static let version21 = version19.then(
    since: 21, "4-bit integers", types: ["V": .allTensors(ir: 10)])
  private static let version23 = version21.then(
    since: 23, "float4e2m1", types: ["V": .allTensors(ir: 11)])
  private static let version24 = version23.then(
    since: 24, "float8e8m0", types: ["V": .allTensors(ir: 12)])
  private static let version25 = version24.then(
    since: 25, "2-bit integers", types: ["V": .allTensors(ir: 13)])
  static let schema = OperatorSchema(
    "Scan",
    versions: [
      version8, version9, version11, version16, version19, version21, version23, version24, version25,
    ])

  /// Whether every tensor has a batch axis, and the first input is `sequence_lens`.
  let isBatched: Bool
  let stateCount: Int
  let stateInputs: [ValueInfo]
  let scanOutputs: [ValueInfo]
  let inputAxes: [Int]
  let inputDirections: [Int]
  let outputAxes: [Int]
  let outputDirections: [Int]

  init(_ node: NodeAttributes) throws {
    isBatched = node.since < 9
    let body = try node.graph("body")
    let scanCount = try node.int("num_scan_inputs")
    let inputCount = node.inputCount - (isBatched ? 1 : 0)
    guard scanCount >= 1, scanCount <= inputCount else {
      throw OperatorError(
        .invalidAttribute, "num_scan_inputs is \(scanCount), but must lie in [1, \(inputCount)] for this node"
      )
    }
    stateCount = inputCount - scanCount
    guard body.inputs.count == inputCount, body.outputs.count >= stateCount,
      node.outputCount <= body.outputs.count
    else {
      throw OperatorError(
        .invalidAttribute,
        "body has \(body.inputs.count) inputs and \(body.outputs.count) outputs, but the node "
          + "has \(stateCount) states, \(scanCount) tensors to scan and \(node.outputCount) outputs")
    }
    stateInputs = Array(body.inputs[..<stateCount])
    scanOutputs = Array(body.outputs.dropFirst(stateCount))
    func list(_ name: String, _ count: Int) throws -> [Int] {
      guard let list = node.optionalInts(name) else { return [Int](repeating: 0, count: count) }
      guard list.count == count else {
        throw OperatorError(
          .invalidAttribute, "\(name) \(list) has \(list.count) numbers, but must have \(count)")
      }
      return list
    }
    inputAxes = try list("scan_input_axes", scanCount)
    inputDirections = try list(isBatched ? "directions" : "scan_input_directions", scanCount)
    outputAxes = try list("scan_output_axes", scanOutputs.count)
    outputDirections = try list("scan_output_directions", scanOutputs.count)
  }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let facts = try inputs.variadic(from: isBatched ? 1 : 0)
    let types = facts.map { isBatched ? withoutAxis($0, 0) : Fact($0.type) }
    let (outputs, length) = try inferBody(types, context)
    guard outputs.count == stateCount + scanOutputs.count else {
      return (0..<(stateCount + scanOutputs.count)).map { _ in .unknown }
    }
    let stacked = try outputs[stateCount...].enumerated().map { k, element in
      try stackedFact(element, axis: outputAxes[k], count: length)
    }
    guard isBatched else { return outputs[..<stateCount] + stacked }
    let batch = facts.lazy.compactMap(\.dims?.first).first { $0.number != nil } ?? .unknown
    return try (outputs[..<stateCount] + stacked).map { try stackedFact($0, axis: 0, count: batch) }
  }

  /// What is known of the states and the scanned elements in every iteration, and how many there are; `types`
  /// are those of the inputs of one batch.
  private func inferBody(_ types: [Fact], _ context: any InferenceContext) throws -> ([Fact], length: Dim) {
    var length = Dim.unknown
    var elements: [Fact] = []
    for (k, scan) in types[stateCount...].enumerated() {
      guard let dims = scan.dims else {
        elements.append(Fact(scan.type))
        continue
      }
      let axis = try resolveAxis(inputAxes[k], rank: dims.count, name: "scan_input_axes")
      if length.number == nil { length = dims[axis] }
      elements.append(withoutAxis(scan, axis))
    }
    let outputs = try inferLoop(Array(types[..<stateCount]), stateInputs) {
      try context.inferSubgraph("body", $0 + elements)
    }
    return (outputs, length)
  }

  private func withoutAxis(_ fact: Fact, _ axis: Int) -> Fact {
    guard let type = fact.elementType else { return .unknown }
    return .tensor(type, fact.dims.flatMap { axis < $0.count ? removing(axis, from: $0) : nil })
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let tensors = try inputs.tensors(from: isBatched ? 1 : 0)
    guard isBatched else {
      let length = try length(tensors[stateCount...])
      return try scan(tensors, length: length, padding: nil, context).map(Value.tensor)
    }
    guard let batches = tensors.last?.shape.first, tensors.allSatisfy({ $0.shape.first == batches }) else {
      throw OperatorError(.invalidShape, "the first axis of every input must be the same batch")
    }
    let lengths = try inputs.optionalTensor(0)?.ints()
    guard lengths.map({ $0.count == batches }) ?? true else {
      throw OperatorError(.invalidShape, "sequence_lens must have \(batches) elements, one for each batch")
    }
    guard batches > 0 else {
      throw OperatorError(.unsupported, "a scan of an empty batch has no defined shape")
    }
    let results = try (0..<batches).map { b in
      let parts = tensors.map { $0.element(b, axis: 0) }
      let whole = try length(parts[stateCount...])
      let length = lengths?[b] ?? whole
      guard length >= 0, length <= whole else {
        throw OperatorError(.invalidValue, "sequence_lens holds \(length), but must lie in [0, \(whole)]")
      }
      return try scan(parts, length: length, padding: whole, context)
    }
    return try results[0].indices.map { k in
      var batch = ScanOutput(ValueInfo(name: "\(k)", type: nil))
      for result in results { try batch.append(.tensor(result[k])) }
      return .tensor(try batch.stacked())
    }
  }

  /// The length that all scanned axes share.
  private func length(_ scans: ArraySlice<Tensor>) throws -> Int {
    let lengths = try scans.enumerated().map { k, scan in
      scan.shape[try resolveAxis(inputAxes[k], rank: scan.rank, name: "scan_input_axes")]
    }
    guard let first = lengths.first, lengths.allSatisfy({ $0 == first }) else {
      throw OperatorError(.invalidShape, "the scanned axes have the lengths \(lengths), which must agree")
    }
    return first
  }

  /// One scan over `length` slices; scan outputs are padded to `padding`.
  private func scan(_ inputs: [Tensor], length: Int, padding: Int?, _ context: any EvaluationContext) throws
    -> [Tensor]
  {
    var states = inputs[..<stateCount].map(Value.tensor)
    let scans = inputs[stateCount...]
    var stacks = scanOutputs.map(ScanOutput.init)
    for t in 0..<length {
      try context.checkCancellation()
      let elements = try scans.enumerated().map { k, scan in
        let axis = try resolveAxis(inputAxes[k], rank: scan.rank)
        return Value.tensor(scan.element(inputDirections[k] == 1 ? length - 1 - t : t, axis: axis))
      }
      let outputs = try context.runSubgraph("body", states + elements)
      guard outputs.count == stateCount + stacks.count else {
        throw OperatorError(
          .invalidValue, "body yields \(outputs.count) outputs instead of its declared ones")
      }
      states = Array(outputs[..<stateCount])
      for k in stacks.indices { try stacks[k].append(outputs[stateCount + k]) }
    }
    if length == 0, !stacks.isEmpty {
      let facts = try inferBody(inputs.map { Fact(Value.tensor($0).type) }, context).0.dropFirst(stateCount)
      for (k, fact) in zip(stacks.indices, facts) { stacks[k].inferred = fact }
    }
    let finals = try states.map { state in
      guard case .tensor(let tensor) = state else {
        throw OperatorError(
          .invalidType, "a state of Scan must be a tensor, but the body yields \(state.type)")
      }
      return tensor
    }
    return finals
      + (try stacks.enumerated().map { k, stack in
        try stack.stacked(axis: outputAxes[k], isReversed: outputDirections[k] == 1, length: padding)
      })
  }
}
