import GraphIR
import OperatorSet
import TensorCore

/// What is known before running of every value of a graph: the facts by slot, and those of the subgraphs.
public struct GraphFacts: Sendable {
  /// What is known of each slot's value.
  public internal(set) var values: [Fact]
  /// The facts of the graphs that a node runs, by the node's position and the attribute's name (for the body
  /// of a function, its name); of the last time they were inferred.
  public internal(set) var inner: [Int: [String: GraphFacts]] = [:]

  /// The facts of the outputs of `graph`.
  func outputs(of graph: ResolvedGraph) -> [Fact] { graph.outputs.map { values[$0] } }
}

/// Type and shape inference over whole graphs, with data propagation and folding of small constants.
public struct GraphInference {
  /// Up to how many elements the output of a constant expression is computed.
  private static let foldedElements = 4_096

  /// Which errors of nodes end inference.
  public enum ErrorPolicy: Sendable {
    /// Every one.
    case failing
    /// Only wrong types; what else fails leaves its outputs to what the model declares of them.
    case failingOnTypes
    /// None: whatever fails leaves its outputs to what the model declares of them.
    case lenient
  }

  /// Which errors of nodes end inference; by default every one.
  public var errorPolicy = ErrorPolicy.failing
  /// Whether elements of computed tensors are followed through the graph. Without, constants alone are known.
  public var propagatesData = true
  /// Whether an extent of what the main graph computes that is not known gets a name of its own, by which others are
  /// known to be the same. In subgraphs there are none: a loop's values are others in each iteration.
  public var namesOpenExtents = false

  private let folds: Bool
  private let trustsDeclaredShapes: Bool

  /// - Parameters:
  ///   - folds: whether operators whose inputs are all constant are evaluated where that is small.
  ///   - trustsDeclaredShapes: whether shapes that the model states for computed values count as known, and
  ///     initializers as constant where they are defaults of inputs. A session trusts only the shapes of the
  ///     inputs, which it holds against what it is given, and a run of it may replace defaults.
  public init(folds: Bool = true, trustsDeclaredShapes: Bool = true) {
    self.folds = folds
    self.trustsDeclaredShapes = trustsDeclaredShapes
  }

  /// Infers the facts of all values of a model's main graph.
  ///
  /// - Parameter inputs: facts known of the graph's inputs; by default what the model declares.
  /// - Throws: `NodeError` for a node whose inputs cannot be right.
  public func infer(_ graph: ResolvedGraph, inputs: [Fact]? = nil, captures: [Fact] = []) throws -> GraphFacts
  {
    var run = self
    run.effort = Effort()
    return try run.facts(of: graph, inputs: inputs, captures: captures)
  }

  /// How many nodes of subgraphs and functions have been inferred, how many elements propagated, and what
  /// folding and reading of constants took. Loops infer their bodies several times, so that n loops one
  /// inside the other take more than 2^n rounds.
  fileprivate final class Effort {
    private static let limit = 200_000
    /// Models of a few bytes a node may propagate thousands of elements at each.
    private static let elementLimit = 1 << 22
    /// Steps of work for all constant expressions of a model, seconds where they are dear, and for one of
    /// them.
    private static let (workLimit, nodeWorkLimit) = (1 << 26, 1 << 24)
    /// Bytes that a constant expression may take besides its inputs.
    private static let scratchLimit = 1 << 28
    private var nodes = 0
    private var elements = 0
    private var workLeft = workLimit
    var isSpent: Bool { nodes > Self.limit }
    /// Whether elements are no longer propagated and constants no longer computed.
    var isFull: Bool { elements > Self.elementLimit }
    func add(_ graph: ResolvedGraph) { nodes += 1 + graph.nodes.count }

    /// What a constant expression gives; nil where it fails, or takes more work than is left for it.
    func fold(_ expression: () throws -> [Fact]) -> [Fact]? {
      let work = WorkBudget(limit: min(workLeft, Self.nodeWorkLimit))
      defer { workLeft -= min(work.spent, work.limit) }
      let memory = MemoryBudget(limit: min(MemoryLimit.bytes, Self.scratchLimit))
      return MemoryLimit.$budget.withValue(memory) {
        WorkBudget.$current.withValue(work) {
          let facts = try? expression()
          return work.end == nil ? facts : nil
        }
      }
    }

    /// The inputs as an operator may read them: constants so large that each node which reads them takes long
    /// are known by their type alone as soon as much was read.
    func readable(_ inputs: [Fact?]) -> [Fact?] {
      inputs.map { input in
        guard let count = input?.tensor?.count, count > GraphInference.foldedElements,
          input?.elementType?.isInteger == true
        else { return input }
        guard count <= workLeft else { return Fact(input?.type) }
        workLeft -= count
        return input
      }
    }

    /// Takes the elements that were propagated to or from a node.
    func add(_ facts: some Sequence<Fact>) {
      for fact in facts {
        let constants = min(fact.tensor?.count ?? 0, GraphInference.foldedElements)
        elements += max(fact.elements?.count ?? 0, constants)
      }
    }
  }

  fileprivate var effort = Effort()

  fileprivate func facts(of graph: ResolvedGraph, inputs: [Fact]?, captures: [Fact]) throws -> GraphFacts {
    // What a subgraph states of the shapes of its inputs nobody holds against what it is given.
    let stated = Set(graph.path.count == 1 ? graph.inputs : [])
    var facts = GraphFacts(
      values: graph.values.indices.map { slot in
        let type = graph.values[slot].type
        return Fact(trustsDeclaredShapes || stated.contains(slot) ? type : type?.withoutShape).plausible
      })
    for (slot, fact) in zip(graph.captures.map(\.slot), captures) { facts.values[slot] = fact }
    for (slot, value) in graph.initializers {
      try checkExtents(value, of: graph.values[slot].name, graph)
      facts.values[slot] = Fact(of: value)
    }
    for (slot, given) in zip(graph.inputs, inputs ?? []) {
      facts.values[slot] = try given.plausible.merged(with: facts.values[slot].type, at: graph.path)
    }
    // An initializer of an input is a default, which the caller of a session may replace: no constant there.
    let constants = Set(graph.initializers.map(\.slot))
    if inputs == nil, !trustsDeclaredShapes {
      for slot in graph.inputs where constants.contains(slot) {
        facts.values[slot] = Fact(graph.values[slot].type ?? facts.values[slot].type).plausible
      }
    }
    for (index, node) in graph.nodes.enumerated() { try infer(node, index, &facts) }
    for (slot, info) in zip(graph.outputs, graph.outputInfos) {
      let type = trustsDeclaredShapes ? info.type : info.type?.withoutShape
      do {
        facts.values[slot] = try facts.values[slot].merged(with: type, at: graph.path)
      } catch  where tolerates(error) {
        continue
      }
    }
    return facts
  }

  private func checkExtents(_ value: Value, of name: String, _ graph: ResolvedGraph) throws {
    do {
      try value.checkExtents()
    } catch {
      throw OperatorError(
        .invalidShape, "initializer '\(name)' at \(graph.path.joined(separator: " › ")): \(error)")
    }
  }

  private func tolerates(_ error: any Error) -> Bool {
    switch errorPolicy {
    case .failing: false
    case .failingOnTypes: ((error as? NodeError)?.kind ?? (error as? OperatorError)?.kind) != .invalidType
    case .lenient: true
    }
  }

  private func infer(_ node: ResolvedNode, _ index: Int, _ facts: inout GraphFacts) throws {
    do {
      try inferOutputs(of: node, index, &facts)
    } catch  where tolerates(error) {
      return
    }
  }

  private func inferOutputs(of node: ResolvedNode, _ index: Int, _ facts: inout GraphFacts) throws {
    let inputs = node.inputs.map { $0.map { facts.values[$0] } }
    let results: [Fact]
    switch node.implementation {
    case .function(let body):
      // An omitted input of a function is one of which nothing is known.
      let given = body.inputs.indices.map { $0 < inputs.count ? inputs[$0] ?? .unknown : .unknown }
      effort.add(body)
      let inner = try self.facts(of: body, inputs: given, captures: [])
      facts.inner[index] = [node.opType: inner]
      results = inner.outputs(of: body)
    case .definition(let definition):
      results = try infer(definition, node, index, inputs, &facts)
    }
    let isConstant = node.opType == "Constant"
    let propagates = propagatesData && !effort.isFull || isConstant
    if !isConstant { effort.add(results + inputs.compactMap { $0 }) }
    for (slot, result) in zip(node.outputs, results) {
      guard let slot else { continue }
      let fact = (propagates ? result : Fact(result.type)).plausible
      do {
        let known = try fact.completed().merged(with: facts.values[slot].type, at: node.path)
        // The path is that of the graph and the node's place in it.
        let isInMainGraph = node.path.count == 2
        facts.values[slot] = namesOpenExtents && isInMainGraph ? known.withNamedExtents(of: slot) : known
      } catch {
        throw NodeError(error, node: node, inputs: describe(inputs, node))
      }
    }
  }

  private func infer(
    _ definition: any Operator, _ node: ResolvedNode, _ index: Int, _ inputs: [Fact?],
    _ facts: inout GraphFacts
  ) throws -> [Fact] {
    let context = SubgraphInference(inference: self, node: node, outer: facts.values)
    do {
      try node.version?.check(inputTypes: inputs.map { $0?.type })
      let results = try definition.infer(
        Inputs(effort.readable(inputs), parameters: node.parameters), context)
      for result in results { try result.constant?.checkExtents() }
      context.inferUnused()
      facts.inner[index] = context.results
      return fold(definition, node, inputs, results) ?? results
    } catch let error where !(error is NodeError) {
      throw NodeError(error, node: node, inputs: describe(inputs, node))
    }
  }

  /// The outputs themselves, where all inputs are constant, the operator always gives the same, and it is
  /// small.
  private func fold(_ definition: any Operator, _ node: ResolvedNode, _ inputs: [Fact?], _ results: [Fact])
    -> [Fact]?
  {
    guard folds, !effort.isFull, type(of: definition).isDeterministic, node.subgraphs.isEmpty else {
      return nil
    }
    let isSmall = results.allSatisfy { result in
      result.extents.flatMap { try? elementCount($0) }.map { $0 <= Self.foldedElements } ?? false
    }
    guard isSmall, inputs.allSatisfy({ $0 == nil || $0?.constant != nil }) else { return nil }
    let values = inputs.map { $0?.constant }
    if let empty = try? ResolvedNode.emptyValues(results, of: results.count, inputs: values) {
      return empty.map(Fact.init(of:))
    }
    // An operator that fails on these constants will fail when it runs, with a better place to say so.
    return effort.fold {
      let outputs = try definition.evaluate(Inputs(values, parameters: node.parameters), PlainContext())
      try outputs.forEach { try $0.checkExtents() }
      try MemoryLimit.checkTotal()
      return outputs.map(Fact.init(of:))
    }
  }

  private func describe(_ inputs: [Fact?], _ node: ResolvedNode) -> [String] {
    let names = Inputs(inputs, parameters: node.parameters)
    return inputs.indices.compactMap { index in
      inputs[index].map { "\(names.name(index)) \($0.type.map(\.description) ?? "of unknown type")" }
    }
  }
}

/// Infers the subgraphs of one node when its operator asks.
private final class SubgraphInference: InferenceContext {
  let inference: GraphInference
  let node: ResolvedNode
  let outer: [Fact]
  var results: [String: GraphFacts] = [:]

  init(inference: GraphInference, node: ResolvedNode, outer: [Fact]) {
    self.inference = inference
    self.node = node
    self.outer = outer
  }

  func inferSubgraph(_ name: String, _ inputs: [Fact]) throws -> [Fact] {
    guard let graph = node.subgraphs[name] else {
      throw OperatorError(.invalidAttribute, "attribute '\(name)' holds no graph")
    }
    guard inputs.count == graph.inputs.count else {
      throw OperatorError(
        .invalidValue, "graph '\(name)' has \(graph.inputs.count) inputs, but is given \(inputs.count)")
    }
    // Weaker answers, but right ones, and in time.
    guard !inference.effort.isSpent else { return graph.outputs.map { _ in .unknown } }
    inference.effort.add(graph)
    let facts = try inference.facts(
      of: graph, inputs: inputs, captures: graph.captures.map { outer[$0.outer] })
    results[name] = facts
    return facts.outputs(of: graph)
  }

  /// Infers the graphs that the operator did not ask for: the branch of an If that is never taken. Whatever
  /// is wrong in it never happens.
  func inferUnused() {
    var lenient = inference
    lenient.errorPolicy = .lenient
    for (name, graph) in node.subgraphs where results[name] == nil && graph.inputs.isEmpty {
      guard !lenient.effort.isSpent else { return }
      lenient.effort.add(graph)
      results[name] = try? lenient.facts(
        of: graph, inputs: [], captures: graph.captures.map { outer[$0.outer] })
    }
  }
}

extension Fact {
  /// The most cells that an axis is taken to have. Models may declare any number, with which operators
  /// reckon.
  private static let largestExtent = 1 << 40
  /// The most dims that are followed; a file's tensors have no more. Each node may add one to those of the
  /// node before, and all are kept.
  private static let largestRank = 64

  /// This fact without dims that no tensor has.
  var plausible: Fact {
    guard case .tensor(let type, let dims?)? = self.type else { return self }
    guard dims.count <= Self.largestRank else { return .tensor(type, nil) }
    guard dims.contains(where: { $0.number.map { !(0...Self.largestExtent).contains($0) } ?? false })
    else { return self }
    var fact = self
    fact.type = .tensor(
      type, dims.map { $0.number.map { (0...Self.largestExtent).contains($0) ? .value($0) : .unknown } ?? $0 }
    )
    return fact
  }

  /// This fact with names for the extents that are open, as no dim of a model's input has them.
  fileprivate func withNamedExtents(of slot: Int) -> Fact {
    guard case .tensor(let type, let dims?)? = self.type, dims.contains(.unknown) else { return self }
    var fact = self
    fact.type = .tensor(
      type, dims.enumerated().map { axis, dim in dim == .unknown ? .param("\(slot):\(axis)") : dim })
    return fact
  }

  /// A fact whose elements are all known is a constant.
  func completed() -> Fact {
    guard constant == nil, let numbers = integers, let type = elementType, let extents,
      (try? elementCount(extents)) == numbers.count
    else { return self }
    var fact = self
    fact.constant = .tensor(Tensor(type, shape: extents, wrapping: numbers.map(Int64.init)))
    return fact
  }

  /// This fact together with what the model declares: the stronger of each dim.
  ///
  /// - Throws: `OperatorError` where both contradict each other.
  func merged(with declared: ValueType?, at path: [String]) throws -> Fact {
    guard let declared else { return self }
    guard let type else {
      var fact = self
      fact.type = declared
      return fact
    }
    guard let merged = type.merged(with: declared) else {
      throw OperatorError(
        .invalidType,
        "the model declares \(declared) where \(type) follows, at \(path.joined(separator: " › "))")
    }
    var fact = self
    fact.type = merged
    return fact
  }
}

extension ValueType {
  /// The type that is both `self` and `other`; nil where kind or element type contradict each other.
  public func merged(with other: ValueType) -> ValueType? {
    switch (self, other) {
    case (.tensor(let a, let x), .tensor(let b, let y)) where a == b: return .tensor(a, mergedDims(x, y))
    case (.sparseTensor(let a, let x), .sparseTensor(let b, let y)) where a == b:
      return .sparseTensor(a, mergedDims(x, y))
    case (.sequence(let a), .sequence(let b)): return a.merged(with: b).map(ValueType.sequence)
    case (.optional(let a), .optional(let b)): return a.merged(with: b).map(ValueType.optional)
    case (.map(let k, let a), .map(let l, let b)) where k == l:
      return a.merged(with: b).map { .map(key: k, value: $0) }
    default: return nil
    }
  }

  /// Of each dim the number, else the name. Where both are numbers and differ, what follows from the inputs
  /// stands: shapes written into models are wrong more often than inference is.
  private func mergedDims(_ a: [Dim]?, _ b: [Dim]?) -> [Dim]? {
    a?.merged(with: b) ?? b
  }
}
