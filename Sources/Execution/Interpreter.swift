import Analysis
import GraphIR
import OperatorSet
import TensorCore

/// Runs plans: one frame of values for each graph that is running.
struct Interpreter {
  let options: RunOptions
  let work: WorkBudget
  let threadCount: Int
  /// Sees every value as soon as it is computed, in the main graph and in all others; nil where nobody looks.
  let observer: ((ResolvedNode, [Value?]) throws -> Void)?
  /// How many nodes this runs within: 0 for those of the main graph.
  var depth = 0

  /// The values of the plan's outputs, and of the slots in `kept`; all where the run is recorded.
  func run(
    _ plan: Plan, inputs: [Value?], captures: [Value?] = [], keeping kept: Set<Int> = [],
    recorder: TapeRecorder? = nil
  ) throws -> [Value?] {
    var frame = [Value?](repeating: nil, count: plan.graph.values.count)
    for (slot, value) in plan.constants { frame[slot] = value }
    for (slot, value) in zip(plan.graph.inputs, inputs) {
      if let value { frame[slot] = value.wrapped(for: plan.graph.values[slot].type) }
    }
    for (capture, value) in zip(plan.graph.captures, captures) { frame[capture.slot] = value }
    var lists: [Int: MemoryCharge] = [:]
    for step in plan.steps {
      try work.check()
      if depth == 0 { options.progress?.begin(step.node) }
      let bodies = recorder?.newCollection()
      let outputs = try run(step, frame, bodies)
      for (slot, value) in zip(step.node.outputs, outputs) {
        guard let slot else { continue }
        frame[slot] = value
        if let list = value?.chargeOfList { lists[slot] = list }
      }
      if let recorder {
        try recorder.append(step.node, outputs: outputs, bodies)
      } else {
        for slot in step.lastUses where !kept.contains(slot) {
          frame[slot] = nil
          if !lists.isEmpty { lists[slot] = nil }
        }
      }
    }
    recorder?.finish(plan.graph, values: frame)
    return frame
  }

  /// The outputs of one step, whose inputs stand in `frame`.
  ///
  /// - Parameter bodies: where the tapes of the node's own graphs go; nil where nothing is recorded.
  func run(_ step: Plan.Step, _ frame: [Value?], _ bodies: TapeCollection? = nil) throws -> [Value?] {
    let inputs = step.node.inputs.map { $0.flatMap { frame[$0] } }
    do {
      var outputs = try evaluate(step, inputs, frame, bodies)
      try work.checkGoingOn()
      if let disturbance = options.disturbance { outputs = disturbance(step.node, inputs, outputs) }
      for output in outputs { try output?.checkExtents() }
      try MemoryLimit.checkTotal()
      try observer?(step.node, outputs)
      return outputs
    } catch let thrown where !(thrown is NodeError) {
      // Whatever fails after the end fails for it: what is left unfinished holds anything.
      let error = work.end ?? thrown
      if error is CancellationError { throw error }
      let names = Inputs(inputs, parameters: step.node.parameters)
      throw NodeError(
        error, node: step.node,
        inputs: inputs.indices.compactMap { index in inputs[index].map { "\(names.name(index)) \($0.type)" } }
      )
    }
  }

  private func evaluate(
    _ step: Plan.Step, _ inputs: [Value?], _ frame: [Value?], _ bodies: TapeCollection?
  ) throws -> [Value?] {
    guard let definition = step.node.definition else { return try call(step, inputs, bodies) }
    if step.checksTypes { try step.node.version?.check(inputTypes: inputs.map { $0?.type }) }
    if let empty = try step.node.emptyOutputs(inputs) { return empty }
    let arguments = Inputs(inputs, parameters: step.node.parameters)
    let kernelContext = KernelContext(
      threadCount: threadCount, outputCount: step.node.outputs.count, work: work)
    for kernel in step.kernels {
      if let outputs = try kernel.evaluate(definition, arguments, kernelContext) { return outputs }
    }
    let context = NodeContext(interpreter: self, step: step, frame: frame, bodies: bodies)
    let outputs = try definition.evaluate(arguments, context)
    guard outputs.count >= step.node.outputs.count else {
      throw OperatorError(
        .invalidValue, "the node names \(step.node.outputs.count) outputs, but there are \(outputs.count)")
    }
    return outputs
  }

  /// What runs the graphs of a node.
  fileprivate var inner: Interpreter {
    var inner = self
    inner.depth += 1
    return inner
  }

  private func call(_ step: Plan.Step, _ inputs: [Value?], _ bodies: TapeCollection?) throws -> [Value?] {
    guard let plan = step.plans[step.node.opType] else {
      throw OperatorError(.internalError, "function '\(step.node.opType)' has no plan")
    }
    let frame = try inner.run(plan, inputs: inputs, recorder: bodies?.newRecorder())
    return plan.graph.outputs.map { frame[$0] }
  }
}

/// What one node may ask for while it is evaluated.
private struct NodeContext: EvaluationContext {
  let interpreter: Interpreter
  let step: Plan.Step
  let frame: [Value?]
  let bodies: TapeCollection?

  var defaultSeed: UInt64 { interpreter.options.seed }

  func checkCancellation() throws { try interpreter.work.check() }

  func runSubgraph(_ name: String, _ inputs: [Value]) throws -> [Value] {
    let (plan, values) = try run(name, inputs, bodies?.newRecorder())
    return try plan.graph.outputs.map { slot in
      guard let value = values[slot] else {
        throw OperatorError(
          .invalidValue, "output '\(plan.graph.values[slot].name)' of graph '\(name)' has no value")
      }
      return value
    }
  }

  func recordSubgraph(_ name: String, _ inputs: [Value]) throws -> Tape {
    let recorder = TapeRecorder()
    _ = try run(name, inputs, recorder)
    return recorder.tape
  }

  func inferSubgraph(_ name: String, _ inputs: [Fact]) throws -> [Fact] {
    let graph = try plan(name, inputCount: inputs.count).graph
    let facts = try GraphInference(folds: false, trustsDeclaredShapes: false).infer(
      graph, inputs: inputs,
      captures: graph.captures.map { frame[$0.outer].map(Fact.init(of:)) ?? .unknown })
    return graph.outputs.map { facts.values[$0] }
  }

  private func plan(_ name: String, inputCount: Int) throws -> Plan {
    guard let plan = step.plans[name] else {
      throw OperatorError(.invalidAttribute, "attribute '\(name)' holds no graph")
    }
    guard inputCount == plan.graph.inputs.count else {
      throw OperatorError(
        .invalidValue, "graph '\(name)' has \(plan.graph.inputs.count) inputs, but is given \(inputCount)")
    }
    return plan
  }

  private func run(_ name: String, _ inputs: [Value], _ recorder: TapeRecorder?) throws -> (Plan, [Value?]) {
    let plan = try plan(name, inputCount: inputs.count)
    if interpreter.depth == 0 { interpreter.options.progress?.countIteration() }
    let values = try interpreter.inner.run(
      plan, inputs: inputs, captures: plan.graph.captures.map { frame[$0.outer] }, recorder: recorder)
    return (plan, values)
  }
}

extension Value {
  /// Counts the list of a sequence against the run's memory as long as a frame holds it: its elements may be
  /// those of many others.
  fileprivate var chargeOfList: MemoryCharge? {
    guard case .sequence(let values, _) = self else { return nil }
    return MemoryCharge(bytes: values.count * MemoryLayout<Value>.stride)
  }

  /// A plain value given where the graph declares an optional one counts as present.
  fileprivate func wrapped(for declared: ValueType?) -> Value {
    guard case .optional(let element)? = declared else { return self }
    if case .optional = self { return self }
    return .optional(self, of: element)
  }
}
