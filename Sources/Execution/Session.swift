import Analysis
import GraphIR
import OperatorSet
import Synchronization
import TensorCore
import Transforms

/// How far a graph is rewritten before it runs.
public enum GraphOptimizationLevel: Int, Sendable, CaseIterable {
  /// The graph as it stands.
  case none = 0
  /// By rules that keep every bit.
  case basic = 1
  /// Also by rules that compute the same in another order, so that values move by what rounding explains.
  case extended = 2
  /// As `extended`.
  case all = 99

  /// What rules may change; nil: nothing is rewritten.
  var promise: Promise? {
    switch self {
    case .none: nil
    case .basic: .sameBits
    case .extended, .all: .withinRounding
    }
  }
}

/// What a session is built with.
public struct SessionOptions: Sendable {
  public var graphOptimizationLevel: GraphOptimizationLevel
  /// Threads within one operator; 0 means as many as there are processors.
  public var intraOpThreadCount = 0
  /// Bytes that all values of a run and what operators need besides may take at a time. Inputs, initializers
  /// and what earlier runs gave do not count.
  public var memoryLimit = MemoryLimit.standard
  /// Faster evaluations of operators; `KernelRegistry.none` runs the definitions.
  public var kernels: KernelRegistry
  /// Whether every value that a node of the main graph computes is held against what was inferred of it; for tests.
  public var checksInference = false

  public init(
    kernels: KernelRegistry = .none, graphOptimizationLevel: GraphOptimizationLevel = .all
  ) {
    self.kernels = kernels
    self.graphOptimizationLevel = graphOptimizationLevel
  }
}

/// What one run is made with.
public struct RunOptions: Sendable {
  /// Where operators without a `seed` attribute begin to draw.
  public var seed: UInt64 = 0
  /// Asked before each node and iteration of a loop and within operators that take long, perhaps by several
  /// threads; a run that it makes throw ends there.
  public var checkCancellation: @Sendable () throws -> Void = {}
  /// The steps of work that the run may take: multiplications, elements visited and the like, roughly. What
  /// faster evaluations of operators do is not counted.
  public var workLimit = Int.max
  /// What stands in place of the outputs that a node has computed from its inputs, for studies of how errors spread;
  /// nil where nothing does.
  public var disturbance: (@Sendable (ResolvedNode, _ inputs: [Value?], _ outputs: [Value?]) -> [Value?])?
  /// Told which node is being computed.
  public var progress: RunProgress?
  /// Told what each node takes.
  public var profile: RunProfile?

  /// What runs are made with of which nothing else is said: a program that watches and ends all its runs
  /// states it once.
  @TaskLocal public static var standard = RunOptions(seed: 0)

  public init() { self = Self.standard }

  private init(seed: UInt64) { self.seed = seed }
}

/// The caller has ended a run.
public struct CancellationError: Error, CustomStringConvertible {
  public let description = "the run was cancelled"
  public init() {}
}

/// What is wrong with the values given to a run.
public struct FeedError: Error, CustomStringConvertible, Sendable {
  public let description: String
  public init(description: String) { self.description = description }
}

/// The processors that this process may use.
private func processorCount() -> Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

/// A model made ready to run. Runs may go on in several threads at once.
public final class Session: Sendable {
  /// The inputs that a run must be given: those of the graph without an initializer.
  public let inputs: [ValueInfo]
  /// The inputs with an initializer, which a run may replace.
  public let overridableInitializers: [ValueInfo]
  /// The outputs, with what inference adds to their declared types.
  public let outputs: [ValueInfo]
  /// The model that runs: what the optimizer has made of the one given.
  public let optimizedModel: Model
  private let plan: Plan
  /// The model as it was given, for runs that ask for inner values: rewriting may have left them out.
  private let plain: PlainModel
  private let options: SessionOptions
  private let threadCount: Int
  private let pool = BufferPool()

  /// - Throws: `ModelError` and `NodeError` for a model that is invalid or not supported.
  public init(_ model: Model, options: SessionOptions = SessionOptions()) throws {
    self.options = options
    threadCount = options.intraOpThreadCount > 0 ? options.intraOpThreadCount : processorCount()
    (plain, plan, optimizedModel) = try StackRoom.with(StackRoom.ofModel) {
      try MemoryLimit.$budget.withValue(MemoryBudget(limit: options.memoryLimit)) {
        let plain = try PlainModel(model, options)
        guard let optimized = try Self.optimized(model, options) else { return (plain, plain.plan, model) }
        return (plain, try PlainModel(optimized, options).plan, optimized)
      }
    }
    let graph = plain.graph
    let initialized = Set(graph.initializers.map(\.slot))
    inputs = graph.inputs.filter { !initialized.contains($0) }.map { graph.values[$0] }
    overridableInitializers = graph.inputs.filter(initialized.contains).map { graph.values[$0] }
    outputs = zip(graph.outputs, graph.outputInfos).map { [plain] slot, info in
      ValueInfo(name: info.name, type: info.type ?? plain.facts.values[slot].type)
    }
  }

  /// The model rewritten; nil where no rule applies.
  private static func optimized(_ model: Model, _ options: SessionOptions) throws -> Model? {
    var rules = OptimizerOptions()
    rules.promise = options.graphOptimizationLevel.promise
    guard rules.promise != nil else { return nil }
    rules.evaluation = options.kernels.evaluate
    rules.fusesInto = options.kernels.operators
    // Whoever watches and ends runs does so here too.
    let work = WorkBudget(asking: RunOptions.standard.checkCancellation)
    let result = try WorkBudget.$current.withValue(work) { try Optimizer(rules).optimize(model) }
    return result.applications.isEmpty ? nil : result.model
  }

  /// The values of `names` (by default of all outputs) for the given inputs. A name may be that of any value of the
  /// main graph; where one is no output, the model runs as it was given, whatever the level of optimization.
  ///
  /// - Throws: `FeedError` for inputs that are missing, unknown or of the wrong type; `NodeError` where an operator
  ///   fails.
  public func run(
    _ feeds: NamedValues, fetching names: [String]? = nil, options: RunOptions = RunOptions()
  )
    throws -> NamedValues
  {
    try check(feeds)
    let plan = names.map(areOutputs) ?? true ? self.plan : plain.plan
    let graph = plan.graph
    let wanted = try (names ?? outputs.map(\.name)).map { name in
      guard let slot = graph.slot(of: name) else {
        throw FeedError(description: "the model computes no value named '\(shown(name))'")
      }
      return (name, slot)
    }
    let given = graph.inputs.map { feeds[graph.values[$0].name] }
    let frame = try withRoom(for: plan) {
      try withBudgets(options) { work in
        try checkExtents(feeds)
        let check = self.options.checksInference ? try InferenceCheck(graph, inputs: given) : nil
        let interpreter = Interpreter(
          options: options, work: work, threadCount: threadCount, observer: check?.check)
        defer { options.progress?.end() }
        return try interpreter.run(plan, inputs: given, keeping: Set(wanted.map(\.1)))
      }
    }
    var results = NamedValues()
    for (name, slot) in wanted {
      guard let value = frame[slot] else {
        throw FeedError(description: "'\(shown(name))' has no value in this run")
      }
      results[name] = value
    }
    return results
  }

  private func areOutputs(_ names: [String]) -> Bool {
    names.allSatisfy { name in outputs.contains { areSame($0.name, name) } }
  }

  /// Calls `body` with room on the stack for the plans one inside the other; few are so deep that it matters.
  private func withRoom<Result>(for plan: Plan, _ body: () throws -> Result) throws -> Result {
    let isDeep = plan.depth > 4 || options.checksInference
    return isDeep ? try StackRoom.with((plan.depth + 2) * StackRoom.ofOneLevel, body) : try body()
  }

  /// What `body` gives under the limits of a run.
  private func withBudgets<R>(_ options: RunOptions, _ body: (WorkBudget) throws -> R) rethrows -> R {
    let memory = MemoryBudget(limit: self.options.memoryLimit, pool: pool)
    let work = WorkBudget(limit: options.workLimit, asking: options.checkCancellation)
    return try MemoryLimit.$budget.withValue(memory) {
      try WorkBudget.$current.withValue(work) { try body(work) }
    }
  }

  // MARK: - Checking feeds

  private func check(_ feeds: NamedValues) throws {
    let known = inputs + overridableInitializers
    let knownNames = Set(known.map { NameKey($0.name) })
    if let stranger = feeds.names.first(where: { !knownNames.contains(NameKey($0)) }) {
      let names = known.map { "'\(shown($0.name))'" }.joined(separator: ", ")
      throw FeedError(description: "the model has no input '\(shown(stranger))'; its inputs are \(names)")
    }
    if let missing = inputs.first(where: { feeds[$0.name] == nil }) {
      let type = missing.type.map { " of type \($0)" } ?? ""
      throw FeedError(description: "input '\(shown(missing.name))'\(type) is missing")
    }
    for input in known {
      guard let value = feeds[input.name], let type = input.type else { continue }
      try check(value.type, against: type, input.name)
      try checkElements(of: value, against: type, input.name)
    }
  }

  /// What a sequence or an optional holds must be of the declared type too: inference trusts in that.
  private func checkElements(of value: Value, against declared: ValueType, _ name: String) throws {
    switch (value, declared) {
    case (.sequence(let elements, _), .sequence(let type)):
      for (index, element) in elements.enumerated() {
        try check(element.type, against: type, "\(name)[\(index)]")
        try checkElements(of: element, against: type, "\(name)[\(index)]")
      }
    case (.optional(let element?, _), .optional(let type)):
      try check(element.type, against: type, name)
      try checkElements(of: element, against: type, name)
    default: break
    }
  }

  private func checkExtents(_ feeds: NamedValues) throws {
    for name in feeds.names {
      do {
        try feeds[name]?.checkExtents()
      } catch {
        throw FeedError(description: "input '\(shown(name))': \(error)")
      }
    }
  }

  /// A dim of the same name may differ between inputs, as in ONNX Runtime: exporters reuse names freely.
  private func check(_ type: ValueType, against declared: ValueType, _ name: String) throws {
    guard declared.merged(with: type) != nil || isOptional(declared, of: type) else {
      throw FeedError(description: "input '\(shown(name))' is \(type), but the model declares \(declared)")
    }
    guard case .tensor(_, let dims?) = declared, case .tensor(_, let given?) = type else { return }
    guard dims.count == given.count else {
      throw FeedError(
        description:
          "input '\(shown(name))' is \(type) of rank \(given.count), but the model declares \(declared)")
    }
    for (axis, (dim, extent)) in zip(dims, given.compactMap(\.number)).enumerated() {
      if let number = dim.number, number != extent {
        throw FeedError(
          description: "input '\(shown(name))' is \(type), but the model declares \(declared): "
            + "axis \(axis) has extent \(extent) instead of \(number)")
      }
    }
  }

  /// Whether a plain value may stand for an optional one.
  private func isOptional(_ declared: ValueType, of type: ValueType) -> Bool {
    guard case .optional(let element) = declared else { return false }
    return element.merged(with: type) != nil
  }
}

/// A model whose names are resolved and whose values are inferred, and its plan once that is asked for.
private final class PlainModel: Sendable {
  let graph: ResolvedGraph
  let facts: GraphFacts
  private let options: SessionOptions
  private let made = Mutex<Plan?>(nil)

  /// - Throws: `ModelError` and `NodeError` for a model that is invalid or not supported.
  init(_ model: Model, _ options: SessionOptions) throws {
    self.options = options
    graph = try Resolver.resolve(model)
    facts = try GraphInference(folds: options.folds, trustsDeclaredShapes: false).infer(graph)
  }

  var plan: Plan {
    made.withLock { made in
      if let made { return made }
      let plan = Plan(graph, facts: facts, kernels: options.kernels, folds: options.folds)
      made = plan
      return plan
    }
  }
}

extension SessionOptions {
  fileprivate var folds: Bool { graphOptimizationLevel != .none }
}
