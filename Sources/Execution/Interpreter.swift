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
    let runsChains =
      observer == nil && recorder == nil && options.disturbance == nil
      && kept.isSubset(of: plan.graph.outputs)
    var lists: [Int: MemoryCharge] = [:]
    for stage in plan.stages {
      if runsChains, let chain = stage.chain, try run(chain, &frame) { continue }
      for step in stage.steps {
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
    }
    recorder?.finish(plan.graph, values: frame)
    return frame
  }

  /// Computes a chain; false where its kernel declines, and its steps must run.
  private func run(_ chain: StepChain, _ frame: inout [Value?]) throws -> Bool {
    try work.check()
    if depth == 0 { options.progress?.begin(chain.nodes[0]) }
    let start = options.profile.map { _ in ContinuousClock.now }
    let inputs = chain.inputs.map { $0.flatMap { frame[$0] } }
    let arguments = Inputs(inputs, parameters: chain.nodes[0].parameters)
    let outputs = try located(chain.nodes[0], inputs) {
      let outputs = try chain.kernel.evaluate(
        arguments, KernelContext(threadCount: threadCount, outputCount: 1, work: work))
      if outputs != nil { try checkAfterwards(outputs ?? []) }
      return outputs
    }
    guard let outputs else { return false }
    if let start {
      options.profile?.record(chain.nodes, kernel: chain.kernel.name, from: start, depth: depth, outputs)
    }
    for slot in chain.lastUses { frame[slot] = nil }
    if let output = chain.output { frame[output] = outputs.first }
    return true
  }

  /// The outputs of one step, whose inputs stand in `frame`.
  ///
  /// - Parameter bodies: where the tapes of the node's own graphs go; nil where nothing is recorded.
  func run(_ step: Plan.Step, _ frame: [Value?], _ bodies: TapeCollection? = nil) throws -> [Value?] {
    let start = options.profile.map { _ in ContinuousClock.now }
    let inputs = step.node.inputs.map { $0.flatMap { frame[$0] } }
    return try located(step.node, inputs) {
      var (outputs, kernel) = try evaluate(step, inputs, frame, bodies)
      if let start {
        options.profile?.record([step.node], kernel: kernel, from: start, depth: depth, outputs)
      }
      if let disturbance = options.disturbance { outputs = disturbance(step.node, inputs, outputs) }
      try checkAfterwards(outputs)
      try observer?(step.node, outputs)
      return outputs
    }
  }

  /// Holds what a node gave against the limits of the run.
  private func checkAfterwards(_ outputs: [Value?]) throws {
    try work.checkGoingOn()
    for output in outputs { try output?.checkExtents() }
    try MemoryLimit.checkTotal()
  }

  /// What `body` gives; where it fails, the error says at which node.
  private func located<R>(_ node: ResolvedNode, _ inputs: [Value?], _ body: () throws -> R) throws -> R {
    do {
      return try body()
    } catch let thrown where !(thrown is NodeError) {
      // Whatever fails after the end fails for it: what is left unfinished holds anything.
      let error = work.end ?? thrown
      if error is CancellationError { throw error }
      let names = Inputs(inputs, parameters: node.parameters)
      throw NodeError(
        error, node: node,
        inputs: inputs.indices.compactMap { index in inputs[index].map { "\(names.name(index)) \($0.type)" } }
      )
    }
  }

  /// The outputs of one step, and the name of the kernel that computed them; nil for the definition.
  private func evaluate(
    _ step: Plan.Step, _ inputs: [Value?], _ frame: [Value?], _ bodies: TapeCollection?
  ) throws -> (outputs: [Value?], kernel: String?) {
    guard let definition = step.node.definition else { return (try call(step, inputs, bodies), nil) }
    if step.checksTypes { try step.node.version?.check(inputTypes: inputs.map { $0?.type }) }
    if let empty = try step.node.emptyOutputs(inputs) { return (empty, nil) }
    let arguments = Inputs(inputs, parameters: step.node.parameters)
    let kernelContext = KernelContext(
      threadCount: threadCount, outputCount: step.node.outputs.count, work: work)
    for kernel in step.kernels {
      if let outputs = try kernel.evaluate(arguments, kernelContext) { return (outputs, kernel.name) }
    }
    let context = NodeContext(interpreter: self, step: step, frame: frame, bodies: bodies)
    let outputs = try definition.evaluate(arguments, context)
    guard outputs.count >= step.node.outputs.count else {
      throw OperatorError(
        .invalidValue, "the node names \(step.node.outputs.count) outputs, but there are \(outputs.count)")
    }
    return (outputs, nil)
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
