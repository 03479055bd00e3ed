import Conformance
import Execution
import GraphIR
import Oracle
import TensorCore
import Workers

/// Compares node by node what a provider computes, in batches that keep to a limit of memory.
struct NodeScan {
  let reference: ReferenceModel
  let subject: ProviderModel
  let criterion: Criterion
  /// Bytes of values that one batch may hold.
  var batchBytes = 128 << 20
  /// Whether each node runs as a model of its own, fed with the reference's values; else all run in the whole model.
  var isolatesNodes = false
  var isInterrupted: @Sendable () -> Bool = { false }
  /// The model's outputs as they came with the last inner values: fetching may have changed them.
  private(set) var fetchedOutputs: NamedValues = [:]
  /// The values of the main graph that a run gives or is given: all but initializers.
  private let computed: Set<String>

  init(reference: ReferenceModel, subject: ProviderModel, criterion: Criterion) {
    self.reference = reference
    self.subject = subject
    self.criterion = criterion
    computed = Set(reference.model.graph.nodes.flatMap(\.outputs)).union(reference.inputs.names)
  }

  /// The comparisons of `nodes`, in order, until `stop` says that it has seen enough.
  ///
  /// - Throws: `WorkerFailure` where the provider's process dies.
  mutating func compare(
    _ nodes: [Int], progress: (Int) -> Void = { _ in },
    until stop: (ComparisonReport.NodeComparison) -> Bool = { _ in false }
  ) throws -> [ComparisonReport.NodeComparison] {
    var results: [ComparisonReport.NodeComparison] = []
    for batch in batches(of: nodes) where !isInterrupted() {
      let comparisons: [ComparisonReport.NodeComparison]
      do {
        comparisons = try isolatesNodes ? compareIsolated(batch) : compareFetched(batch)
      } catch is CancellationError {
        return results
      }
      for comparison in comparisons {
        results.append(comparison)
        if stop(comparison) { return results }
      }
      progress(results.count)
    }
    return results
  }

  // MARK: - Batches

  private func batches(of nodes: [Int]) -> [[Int]] {
    var batches: [[Int]] = []
    var batch: [Int] = []
    var bytes = 0
    for node in nodes {
      let size = reference.byteCount(of: names(around: [node]))
      if bytes + size > batchBytes, !batch.isEmpty {
        batches.append(batch)
        (batch, bytes) = ([], 0)
      }
      batch.append(node)
      bytes += size
    }
    return batch.isEmpty ? batches : batches + [batch]
  }

  /// The values that the nodes read and give, besides constants.
  private func names(around nodes: [Int]) -> [String] {
    let graph = reference.model.graph
    let names = nodes.flatMap { graph.nodes[$0].valuesRead + graph.nodes[$0].outputs }
    return Set(names).intersection(computed).filter { !$0.isEmpty }.sorted()
  }

  // MARK: - Within the whole model

  private mutating func compareFetched(_ batch: [Int]) throws -> [ComparisonReport.NodeComparison] {
    let names = names(around: batch)
    let got: NamedValues
    do {
      got = try subject.fetch(names + subject.outputNames, reference.inputs)
    } catch let failure as ProviderFailure {
      // One value that cannot be an output spoils the others: they are asked for in smaller numbers.
      guard batch.count > 1 else {
        return [notCompared(batch[0], "the provider gives no values: \(failure)")]
      }
      let half = batch.count / 2
      return try compareFetched(Array(batch[..<half])) + compareFetched(Array(batch[half...]))
    }
    fetchedOutputs = got.selecting(subject.outputNames)
    let own = try reference.fetch(names)
    let inputs = try reference.completing(got, to: names)
    return try batch.map { index in
      let node = reference.model.graph.nodes[index]
      let given = node.outputs.filter { got[$0] != nil }
      if given.isEmpty, node.outputs.allSatisfy(reference.constants.contains) { return folded(index) }
      let read = self.names(around: [index]).filter { !node.outputs.contains($0) }
      guard !given.isEmpty, read.allSatisfy({ inputs[$0] != nil }) else {
        return notCompared(index, "the provider does not show its values")
      }
      return try compare(index, inputs: inputs, got: got, own: own)
    }
  }

  private func compare(_ index: Int, inputs: NamedValues, got: NamedValues, own: NamedValues) throws
    -> ComparisonReport.NodeComparison
  {
    var result = try NodeJudge(model: reference.model, criterion: criterion).judge(
      index, inputs: inputs, got: got)
    let errors = try reference.model.graph.nodes[index].outputs.compactMap { name -> Double? in
      guard let got = got[name], let own = own[name] else { return nil }
      return try ValueDifference.all(got, own, name: name, criterion: criterion).map(\.maxAbsolute).max()
    }
    result.inheritedMaxAbsolute = isolatesNodes ? nil : errors.max()
    return result
  }

  private func folded(_ index: Int) -> ComparisonReport.NodeComparison {
    var result = notCompared(
      index, "a constant that the provider does not show; what reads it is judged with the reference's value")
    result.verdict = .folded
    return result
  }

  private func notCompared(_ index: Int, _ remark: String) -> ComparisonReport.NodeComparison {
    let node = reference.model.graph.nodes[index]
    var result = ComparisonReport.NodeComparison(
      index: index, name: node.name, operatorName: reference.model.operatorName(of: node))
    result.remark = remark
    return result
  }

  // MARK: - Alone

  private func compareIsolated(_ batch: [Int]) throws -> [ComparisonReport.NodeComparison] {
    let own = try reference.fetch(names(around: batch))
    return try batch.map { index in
      do {
        let got = try subject.evaluate(node: index, of: reference.model, own)
        return try compare(index, inputs: own, got: got, own: own)
      } catch let failure as ProviderFailure {
        return notCompared(index, "the provider does not run it alone: \(failure)")
      }
    }
  }
}

extension ProviderModel {
  /// The outputs of some of the model's nodes as a model of their own.
  ///
  /// - Parameters:
  ///   - nodes: positions in the main graph.
  ///   - outputs: the values wanted.
  ///   - values: a value for each name that the nodes read and the graph computes.
  /// - Throws: as `run`.
  func evaluate(nodes: [Int], outputs: [String], _ values: NamedValues) throws -> NamedValues {
    let constants = Set(model.graph.nodes.filter { $0.opType == "Constant" }.flatMap(\.outputs))
    let part = Submodel(of: model, nodes: nodes, outputs: outputs, constants: constants) { values[$0] }
    let alone = try ProviderModel(part.model, path: nil, provider: provider, options: options)
    return try alone.run(values.selecting(part.inputs))[0]
  }

  /// The node that gives the same values as the node at `index` of `other`, alone.
  func evaluate(node index: Int, of other: Model, _ values: NamedValues) throws -> NamedValues {
    let outputs = other.graph.nodes[index].outputs.filter { !$0.isEmpty }
    guard let own = model.graph.nodes.firstIndex(where: { !Set($0.outputs).isDisjoint(with: outputs) }) else {
      throw ProviderFailure(
        .rejected, "the provider's copy of the model computes no '\(outputs.first ?? "")'")
    }
    return try evaluate(nodes: [own], outputs: outputs, values)
  }
}
