import GraphIR
import TensorCore

/// # Loop
///
/// Runs a subgraph again and again, each time on what it yielded before.
///
///     v = v_initial
///     for i = 0, 1, …  while (i < M, if given) and (cond, if given):
///       cond, v, s₁ … s_K = body(i, cond, v)
///     outputs = v, stack(s₁), …, stack(s_K)
///
/// - Inputs: `M` (I), optional: the largest number of iterations. `cond` (B), optional: whether there is a
///   first iteration. `v_initial` (V), variadic: the carried values.
/// - Outputs: `v_final_and_scan_outputs` (V), variadic: the carried values after the last iteration, then the
///   scan outputs: for each further output of the body, its tensors stacked along a new first axis.
/// - Attributes: `body`: a graph with the inputs iteration number, condition and carried values, and the
///   outputs condition, carried values and one element of each scan output; it sees the names around it.
/// - Types: I is int64, B is bool. V is any tensor, with the types of each later IR version; also any
///   sequence from 13 and optional from 16.
/// - Errors: a body whose inputs and outputs do not fit the node's; a scan output that changes its type or
///   shape.
/// - Versions: 1, 11 (carried values need not be given), 13 (sequences), 16 (optionals and bfloat16), 19
///   (float8), 21 (4-bit integers), 23 (float4e2m1), 24 (float8e8m0), 25 (2-bit integers).
/// - Source: onnx/defs/controlflow/defs.cc, utils.cc, old.cc.
/// - Notes: TSN-0033: where `cond` is omitted, what the body yields as condition is ignored; the iteration
///   number and the condition have the rank that the body declares, 0 or 1; a carried value that the body
///   takes as an optional becomes one; without an iteration a scan output is empty, of the type and shape
///   that the body would yield.
package struct Loop: Operator {
  private static let version1 = OperatorVersion(
    since: 1,
    inputs: [.optional("M", "I"), .optional("cond", "B"), .variadic("v_initial", "V", homogeneous: false)],
    outputs: [.variadic("v_final_and_scan_outputs", "V", homogeneous: false)],
    attributes: [.required("body", .graph)],
    types: ["V": .allTensors(ir: 3), "I": .tensors(.int64), "B": .bool])
  private static let version11 = version1.then(
    since: 11, "carried values need not be given",
    inputs: [
      .optional("M", "I"), .optional("cond", "B"),
      .variadic("v_initial", "V", minimum: 0, homogeneous: false),
    ])
  private static let version13 = version11.then(
    since: 13, "sequences", types: ["V": .allTensors(ir: 3) | .allSequences(ir: 3)])
  private static let version16 = version13.then(
    since: 16, "optionals and bfloat16", types: ["V": .controlFlow(ir: 4)])
  private static let version19 = version16.then(
    since: 19, "float8", types: ["V": .controlFlow(ir: 9)])
  private static let version21 = version19.then(
    since: 21, "4-bit integers", types: ["V": .controlFlow(ir: 10)])
  private static let version23 = version21.then(
    since: 23, "float4e2m1", types: ["V": .controlFlow(ir: 11)])
  private static let version24 = version23.then(
    since: 24, "float8e8m0", types: ["V": .controlFlow(ir: 12)])
  private static let version25 = version24.then(
    since: 25, "2-bit integers", types: ["V": .controlFlow(ir: 13)])
  package static let schema = OperatorSchema(
    "Loop",
    versions: [
      version1, version11, version13, version16, version19, version21, version23, version24, version25,
    ])

  package let carriedCount: Int
  /// The body's inputs for the carried values.
  let carriedInputs: [ValueInfo]
  /// The body's outputs after the condition and the carried values.
  package let scanOutputs: [ValueInfo]
  package let iterationShape: [Int]
  package let conditionShape: [Int]

  package init(_ node: NodeAttributes) throws {
    let body = try node.graph("body")
    carriedCount = max(node.inputCount - 2, 0)
    guard body.inputs.count == carriedCount + 2, body.outputs.count >= carriedCount + 1 else {
      throw OperatorError(
        .invalidAttribute,
        "body has \(body.inputs.count) inputs and \(body.outputs.count) outputs, but "
          + "\(carriedCount) carried values need \(carriedCount + 2) and at least \(carriedCount + 1)")
    }
    carriedInputs = Array(body.inputs.dropFirst(2))
    scanOutputs = Array(body.outputs.dropFirst(carriedCount + 1))
    iterationShape = Loop.shape(of: body.inputs[0])
    conditionShape = Loop.shape(of: body.inputs[1])
    guard node.outputCount <= body.outputs.count - 1 else {
      throw OperatorError(
        .invalidAttribute,
        "the node has \(node.outputCount) outputs, but body yields \(body.outputs.count - 1)")
    }
  }

  /// One element, as a scalar or in the shape [1], as the body declares it.
  private static func shape(of input: ValueInfo) -> [Int] {
    guard case .tensor(_, let dims?)? = input.type else { return [] }
    return dims.map { _ in 1 }
  }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let outputs = try inferBody((0..<carriedCount).map { inputs[$0 + 2] ?? .unknown }, context)
    guard outputs.count == carriedCount + scanOutputs.count else {
      return outputs + scanOutputs.map { _ in .unknown }
    }
    return outputs[..<carriedCount]
      + (try outputs[carriedCount...].map { try stackedFact($0, axis: 0, count: .unknown) })
  }

  /// What is known of the carried values and the scanned elements in every iteration.
  private func inferBody(_ initial: [Fact], _ context: any InferenceContext) throws -> [Fact] {
    let condition: [Fact] = [
      .tensor(.int64, iterationShape.map(Dim.value)), .tensor(.bool, conditionShape.map(Dim.value)),
    ]
    return try inferLoop(initial, carriedInputs) {
      Array(try context.inferSubgraph("body", condition + $0).dropFirst())
    }
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let M: Int64? = try inputs[0] == nil ? nil : inputs.scalar(0)
    let cond: UInt64? = try inputs[1] == nil ? nil : inputs.scalar(1)
    var isTrue = cond != 0
    var carried = try inputs.variadic(from: 2)
    var scans = scanOutputs.map(ScanOutput.init)
    var i = 0
    while isTrue, M.map({ i < $0 }) ?? true {
      try context.checkCancellation()
      let head: [Value] = [
        .tensor(Tensor(int64: [i], shape: iterationShape)),
        .tensor(Tensor(bools: [isTrue], shape: conditionShape)),
      ]
      let outputs = try context.runSubgraph("body", head + zip(carried, carriedInputs).map(carriedValue))
      guard outputs.count == 1 + carried.count + scans.count, case .tensor(let next) = outputs[0],
        let holds = next.bools().first
      else { throw OperatorError(.invalidType, "body must yield a condition and its other outputs") }
      if cond != nil { isTrue = holds }
      carried = Array(outputs[1..<(1 + carriedCount)])
      for k in scans.indices { try scans[k].append(outputs[1 + carriedCount + k]) }
      i += 1
    }
    if i == 0, !scans.isEmpty {
      let facts = try inferBody(carried.map { Fact($0.type) }, context).dropFirst(carriedCount)
      for (k, fact) in zip(scans.indices, facts) { scans[k].inferred = fact }
    }
    return carried + (try scans.map { .tensor(try $0.stacked()) })
  }
}
