import Conformance
import Execution
import GraphIR
import TensorCore
import Workers

/// Finds the first node at which a provider differs from the reference, with few fetches of inner values.
///
/// Values are first held against the reference's by halving, since an error mostly stays once it is there. Where the
/// values that a node reads differ already, the search goes on among what leads to them. The node that is left must
/// then differ by more than rounding for the very inputs that it had; if it does not, every node is looked at.
public struct Bisection {
  /// The part of an output's largest value by which values must lie apart to count as another result.
  public static let defaultRtol = 1e-4

  let model: ModelFileReference
  let copy: ModelFileReference
  let inputs: NamedValues
  let provider: any Provider
  let options: LoadOptions
  /// Another provider, or another level of the same, in place of Touchstone.
  public var opponent: (provider: any Provider, options: LoadOptions)?
  public var rtol = Bisection.defaultRtol
  public var progress: (String) -> Void = { _ in }

  /// - Parameters:
  ///   - copy: the model that the provider runs instead; nil for the same.
  ///   - inputs: a value for each input.
  public init(
    _ model: ModelFileReference, copy: ModelFileReference? = nil, inputs: NamedValues,
    provider: any Provider, options: LoadOptions
  ) {
    self.model = model
    self.copy = copy ?? model
    self.inputs = inputs
    self.provider = provider
    self.options = options
  }

  /// - Throws: where one side does not run the model.
  public func run() throws -> BisectionReport { try search().report }

  /// The report, and the graph in which the search ended.
  func search() throws -> (report: BisectionReport, last: GraphBisection) {
    var report = BisectionReport(
      model: model.path, provider: provider.description, optimizationLevel: options.optimizationLevel,
      reference: opponent.map { "\($0.provider.description.name), level \($0.options.optimizationLevel)" }
        ?? TouchstoneProvider.builtInDescription.name)
    var graph = try graphBisection(model.model, copy.model, inputs, paths: (model.path, copy.path))
    try graph.run()
    report.outputs = graph.outputs
    report.fetchCount = graph.fetchCount
    while graph.outcome == .found, let inner = try inner(of: graph) {
      try inner.graph.run()
      report.fetchCount += inner.graph.fetchCount
      guard inner.graph.outcome == .found else { break }
      report.path.append(inner.name)
      graph = inner.graph
    }
    report.outcome = graph.outcome
    report.node = graph.culprit
    report.notComparedCount = graph.notComparedCount
    report.disappearsWhenFetched = graph.disappearsWhenFetched
    return (report, graph)
  }

  private func graphBisection(
    _ model: Model, _ copy: Model, _ inputs: NamedValues, paths: (String, String)? = nil
  ) throws -> GraphBisection {
    let reference = try ReferenceModel(model, inputs: inputs)
    let subject = try ProviderModel(copy, path: paths?.1, provider: provider, options: options)
    var base: any ValueSource = reference
    if let opponent {
      let other = try ProviderModel(
        model, path: paths?.0, provider: opponent.provider, options: opponent.options)
      base = FedProvider(subject: other, inputs: inputs)
    }
    return GraphBisection(
      reference: reference, base: base, subject: FedProvider(subject: subject, inputs: inputs), rtol: rtol,
      progress: progress)
  }

  /// The search within the subgraph that the found node has run; nil where there is none that can run alone.
  private func inner(of graph: GraphBisection) throws -> (graph: GraphBisection, name: String)? {
    guard let index = graph.culprit?.index, let names = graph.culprit?.outputs.map(\.name) else { return nil }
    let node = graph.reference.model.graph.nodes[index]
    guard let branch = try RunningBranch(node, of: graph.reference.model, values: graph.base.values),
      let own = graph.subject.subject.model.graph.nodes.first(where: {
        !Set($0.outputs).isDisjoint(with: names)
      }), let theirs = branch.model(within: own, of: graph.subject.subject.model),
      let ours = branch.model(within: node, of: graph.reference.model)
    else { return nil }
    let name = "\(node.opType)\(node.name.isEmpty ? "" : " '\(node.name)'"), \(branch.attribute)"
    return (try graphBisection(ours, theirs, branch.inputs), name)
  }
}
