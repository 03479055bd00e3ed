import Conformance
import Execution
import GraphIR
import TensorCore
import Workers

/// The search for the first node that differs within one graph.
final class GraphBisection {
  let reference: ReferenceModel
  /// What values are held against: the reference, or another provider.
  let base: any ValueSource
  let subject: FedProvider
  private let rtol: Double
  private let progress: (String) -> Void
  /// The node that gives each value.
  private let producers: [String: Int]

  private(set) var outcome = BisectionReport.Outcome.noDifference
  private(set) var outputs: [ValueDifference] = []
  private(set) var culprit: ComparisonReport.NodeComparison?
  private(set) var disappearsWhenFetched = false
  private(set) var notComparedCount = 0
  var fetchCount: Int { subject.subject.fetchCount }

  init(
    reference: ReferenceModel, base: any ValueSource, subject: FedProvider, rtol: Double,
    progress: @escaping (String) -> Void
  ) {
    self.reference = reference
    self.base = base
    self.subject = subject
    self.rtol = rtol
    self.progress = progress
    let nodes = reference.model.graph.nodes
    producers = Dictionary(
      nodes.enumerated().flatMap { index, node in node.outputs.map { ($0, index) } }, uniquingKeysWith: { $1 }
    )
  }

  private var graph: Graph { reference.model.graph }
  private var criterion: Criterion { Criterion() }

  /// - Throws: where one side does not run the plain model, or the provider dies.
  func run() throws {
    let plain = try subject.subject.run(reference.inputs)[0]
    let wanted = try base.values(reference.outputNames)
    outputs = try reference.outputNames.flatMap {
      try ValueDifference.all(plain[$0], wanted[$0], name: $0, criterion: criterion)
    }
    let differing = try reference.outputNames.filter { try diverges(plain[$0], wanted[$0], $0) }
    guard !differing.isEmpty else { return }
    outcome = .accumulated
    guard let last = differing.compactMap({ producers[$0] }).min() else { return }
    let candidate = try firstDiverging(before: last)
    if try !confirm(candidate, differing) { try scan(ancestors(of: last)) }
  }

  // MARK: - Halving

  /// The first node whose value differs while all that it reads agrees.
  private func firstDiverging(before last: Int) throws -> Int {
    var target = last
    while true {
      let suspects = ancestors(of: target)
      var (low, high) = (-1, suspects.count - 1)
      while high - low > 1 {
        let middle = (low + high) / 2
        progress("node \(suspects[middle]) of \(graph.nodes.count)")
        if try diverging(graph.nodes[suspects[middle]].outputs).isEmpty {
          low = middle
        } else {
          high = middle
        }
      }
      let candidate = suspects[high]
      // Nodes of other branches lie between: the error may have come in before the last that agreed.
      let earlier = try diverging(graph.nodes[candidate].valuesRead).compactMap { producers[$0] }.min()
      guard let earlier, earlier < candidate else { return candidate }
      target = earlier
    }
  }

  /// Those of the values `names` that differ; a value that the provider does not give counts as agreeing.
  private func diverging(_ names: [String]) throws -> [String] {
    let names = names.filter { producers[$0] != nil && !$0.isEmpty }
    guard !names.isEmpty else { return [] }
    do {
      let (got, want) = (try subject.values(names), try base.values(names))
      return try names.filter { try got[$0] != nil && diverges(got[$0], want[$0], $0) }
    } catch is ProviderFailure {
      return []
    }
  }

  /// Whether two values are another result: by a part of the largest element, or for anything but floats at all.
  private func diverges(_ got: Value?, _ want: Value?, _ name: String) throws -> Bool {
    let differences = try ValueDifference.all(got, want, name: name, criterion: criterion)
    guard case .tensor(let tensor)? = want, tensor.elementType.isFloating, let difference = differences.first
    else { return !differences.allSatisfy(\.isWithinTolerance) }
    guard difference.got == difference.want else { return true }
    if difference.isEqual { return false }
    return try difference.nonFiniteCount > 0 || difference.maxAbsolute > rtol * largestMagnitude(tensor)
  }

  /// The largest of the elements that are finite, which are held as numbers a block at a time.
  private func largestMagnitude(_ tensor: Tensor) throws -> Double {
    var largest = 0.0
    for start in stride(from: 0, to: tensor.count, by: 1 << 16) {
      try RunOptions.standard.checkCancellation()
      let block = tensor.elements(start..<min(start + (1 << 16), tensor.count))
      largest = block.doubles().reduce(largest) { $1.isFinite ? max($0, abs($1)) : $0 }
    }
    return largest
  }

  /// The nodes that lead to the node at `index`, itself included, in order.
  private func ancestors(of index: Int) -> [Int] {
    var found: Set<Int> = [index]
    var stack = [index]
    while let next = stack.popLast() {
      for name in graph.nodes[next].valuesRead {
        if let producer = producers[name], found.insert(producer).inserted { stack.append(producer) }
      }
    }
    return found.sorted()
  }

  // MARK: - Judging nodes

  /// Whether the node differs by itself, for the inputs that it had, or is where fused nodes end.
  private func confirm(_ index: Int, _ differing: [String]) throws -> Bool {
    let node = graph.nodes[index]
    let names = (node.valuesRead + node.outputs).filter { !$0.isEmpty && !graph.isConstant($0) }
    let got: NamedValues
    do {
      got = try subject.values(names + differing)
    } catch is ProviderFailure {
      return false
    }
    let wanted = try base.values(node.outputs.filter { !$0.isEmpty } + differing)
    disappearsWhenFetched = try !differing.contains { try diverges(got[$0], wanted[$0], $0) }
    let comparison = try NodeJudge(model: reference.model, criterion: criterion).judge(
      index, inputs: try reference.completing(got, to: names), got: got)
    if comparison.verdict == .differs {
      (outcome, culprit) = (.found, comparison)
      return true
    }
    guard try !node.outputs.contains(where: { try !$0.isEmpty && diverges(got[$0], wanted[$0], $0) }) else {
      return false
    }
    (outcome, culprit) = (.fused, try fused(comparison, node))
    return true
  }

  /// The same node with what it gave while nothing before it was fetched.
  private func fused(_ comparison: ComparisonReport.NodeComparison, _ node: Node) throws
    -> ComparisonReport.NodeComparison
  {
    let names = node.outputs.filter { !$0.isEmpty }
    let (got, want) = (try subject.values(names), try base.values(names))
    var comparison = comparison
    comparison.verdict = .differs
    comparison.outputs = try names.flatMap {
      try ValueDifference.all(got[$0], want[$0], name: $0, criterion: criterion)
    }
    comparison.remark = "it agrees as soon as the values that it reads are fetched with it"
    return comparison
  }

  private func scan(_ nodes: [Int]) throws {
    var scan = NodeScan(reference: reference, subject: subject.subject, criterion: criterion)
    let results = try scan.compare(nodes, progress: { progress("\($0) of \(nodes.count) nodes") }) {
      $0.verdict == .differs
    }
    if let last = results.last, last.verdict == .differs { (outcome, culprit) = (.found, last) }
    notComparedCount = results.count { $0.verdict == .notCompared }
  }
}
