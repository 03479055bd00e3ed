import Analysis
import GraphIR
import OperatorSet
import TensorCore

/// What an optimizer may do, and what it must leave.
public struct OptimizerOptions: Sendable {
  /// The most that a rule may change; nil: nothing is rewritten.
  public var promise: Promise? = .withinRounding
  /// Only rules of these names, where given.
  public var only: Set<String>?
  /// No rules of these names.
  public var skip: Set<String> = []

  /// Operators into which nodes may be fused; nil: all. A session names those for which it has kernels.
  public var fusesInto: Set<String>?
  /// Whether nodes are also fused into calls of functions (`FusedFunctions`), which every runtime can run, but not
  /// every other tool can read.
  public var fusesIntoFunctions = false
  /// How often rules are applied at most, to find the application that goes wrong; nil: as often as they can.
  public var mostApplications: Int?

  /// The outputs of an operator, of which so many are named.
  public typealias Evaluation =
    @Sendable (any Operator, Inputs<Value>, _ outputCount: Int) throws -> [Value]
  /// How constants are computed: as the model's runs will do it, so that folding changes no bit.
  public var evaluation: Evaluation = { definition, inputs, _ in
    try definition.evaluate(inputs, PlainContext())
  }

  public init() {}
}

/// A model as an optimizer leaves it, with the rules that were applied, in order.
public struct OptimizedModel: Sendable {
  public let model: Model
  public let applications: [RuleApplication]
}

/// Rewrites models by rules until none finds anything more: the main graph, subgraphs and bodies of
/// functions. What it knows of values is in `Knowledge`.
public struct Optimizer: Sendable {
  /// The rules in stages, each of which begins when the one before finds nothing more.
  private let stages: [RuleIndex]
  private let evaluation: OptimizerOptions.Evaluation
  private let mostApplications: Int

  /// How often a model is gone through, lest rules that undo each other go on for ever.
  private static let mostRounds = 64

  /// - Throws: `UnknownRuleError` where the options name a rule that does not exist.
  public init(_ options: OptimizerOptions = OptimizerOptions()) throws {
    let known = Set(Rules.all.map { $0.name })
    for name in (options.only ?? []).union(options.skip).sorted() where !known.contains(name) {
      throw UnknownRuleError(name: name)
    }
    evaluation = options.evaluation
    mostApplications = options.mostApplications ?? .max
    let chosen = Rules.all.filter { rule in
      options.promise.map { rule.promise <= $0 } ?? false
        && options.only?.contains(rule.name) ?? true && !options.skip.contains(rule.name)
        && options.fusesInto.map(rule.fusesInto.isSubset) ?? true
    }
    let fusions = chosen.filter {
      $0.fusesIntoFunctions && (options.fusesIntoFunctions || options.only != nil)
    }
    stages = [RuleIndex(chosen.filter { !$0.fusesIntoFunctions }), RuleIndex(fusions)]
  }

  /// The model rewritten.
  ///
  /// - Throws: `ModelError` and `NodeError` for a model that is not well formed.
  public func optimize(_ model: Model) throws -> OptimizedModel {
    try StackRoom.with(StackRoom.ofModel) {
      var (model, applications) = (model, [RuleApplication]())
      var folding = Folding(evaluation, of: model)
      // What a Gradient names in attributes no rule looks at, and its derivative is that of the nodes there are.
      guard !(model.graph.nodes + model.functions.flatMap(\.nodes)).haveGradient else {
        return OptimizedModel(model: model, applications: [])
      }
      for rules in stages where !rules.isEmpty {
        for _ in 0..<Self.mostRounds {
          var round = Round(
            rules: rules, model, folding, mostApplications: mostApplications - applications.count)
          let next = try round.rewritten(model)
          folding = round.folding
          guard !round.applications.isEmpty else { break }
          applications += round.applications
          model = next
        }
      }
      return OptimizedModel(model: model, applications: applications)
    }
  }
}

/// One way through a model, with what is known of it as it stands.
private struct Round {
  let rules: RuleIndex
  private let mostApplications: Int
  private let functions: Set<FunctionKey>
  private let irVersion: Int
  private var fresh: FreshNames
  private(set) var folding: Folding
  private var fused: FusedFunctions
  private(set) var applications: [RuleApplication] = []

  init(rules: RuleIndex, _ model: Model, _ folding: Folding, mostApplications: Int) {
    (self.rules, self.folding, self.mostApplications) = (rules, folding, mostApplications)
    functions = Set(model.functions.map(FunctionKey.init))
    irVersion = model.irVersion
    fresh = FreshNames(model)
    fused = FusedFunctions(model.functions)
  }

  mutating func rewritten(_ model: Model) throws -> Model {
    var result = model
    result.graph = try rewritten(model.graph, Knowledge(of: model), opsets: opsets(model.opsetImports))
    // The body of a fused step is its definition, and stays.
    for index in model.functions.indices
    where !areSame(model.functions[index].domain, FusedFunctions.domain) {
      try rewrite(&result.functions[index], of: model)
    }
    result.add(fused)
    result.functions = result.functions(calledBy: result.graph.nodes)
    return result
  }

  /// A function is rewritten for all its calls at once, of which nothing is known.
  private mutating func rewrite(_ function: inout Function, of model: Model) throws {
    function.nodes = try rewritten(
      Graph(bodyOf: function), Knowledge(of: function, in: model), opsets: opsets(function.opsetImports),
      isFunction: true
    ).nodes
  }

  private func opsets(_ imports: [OpsetImport]) -> NameDictionary<Int> {
    NameDictionary(imports.map { ($0.domain, $0.version) })
  }

  private mutating func rewritten(
    _ graph: Graph, _ knowledge: Knowledge, opsets: NameDictionary<Int>, isFunction: Bool = false
  ) throws -> Graph {
    var graph = graph
    for (index, node) in graph.nodes.enumerated() {
      for (position, attribute) in node.attributes.enumerated() {
        guard case .graph(let inner) = attribute.value, let known = knowledge.inner(index, attribute.name)
        else {
          continue
        }
        graph.nodes[index].attributes[position].value = .graph(try rewritten(inner, known, opsets: opsets))
      }
    }
    var editor = GraphEditor(
      graph, hasInitializers: !isFunction && irVersion >= 4, facts: knowledge.byName, opsets: opsets,
      functions: functions, fresh: fresh, folding: folding, fused: fused)
    for id in editor.ids { try apply(at: id, &editor, in: knowledge.path) }
    editor.sweep()
    (fresh, folding, fused) = (editor.fresh, editor.folding, editor.fused)
    return editor.finished()
  }

  private mutating func apply(at id: EditedNode.ID, _ editor: inout GraphEditor, in path: [String]) throws {
    try WorkBudget.current?.spend(WorkBudget.stepsBetweenAskings)
    guard let node = editor[id] else { return }
    for rule in rules[node] {
      guard applications.count < mostApplications, let node = editor[id] else { return }
      // The rule before may have made another operator of it.
      guard rule.begins(at: node) else { continue }
      if try rule.apply(at: node, &editor) {
        applications.append(
          RuleApplication(
            rule: rule.name, graph: path.joined(separator: " › "), value: node.node.outputs.first ?? ""))
      }
    }
  }
}

/// Rules by the operator at which they begin.
private struct RuleIndex {
  private let byOperator: [String: [any Rule.Type]]
  /// Those that begin at any operator.
  private let general: [any Rule.Type]

  var isEmpty: Bool { byOperator.isEmpty && general.isEmpty }

  init(_ rules: [any Rule.Type]) {
    general = rules.filter { $0.operators.isEmpty }
    let names = Set(rules.flatMap { $0.operators })
    byOperator = Dictionary(
      uniqueKeysWithValues: names.map { name in
        (name, rules.filter { $0.operators.isEmpty || $0.operators.contains(name) })
      })
  }

  /// The rules that may begin at a node, in order.
  subscript(node: EditedNode) -> [any Rule.Type] {
    node.node.domain.isEmpty ? byOperator[node.node.opType] ?? general : general
  }
}

extension Rule {
  fileprivate static var fusesIntoFunctions: Bool { fusesInto.contains(FusedFunctions.domain) }

  fileprivate static func begins(at node: EditedNode) -> Bool {
    operators.isEmpty || operators.contains(node.node.opType) && node.uses(node.node.opType)
  }
}
