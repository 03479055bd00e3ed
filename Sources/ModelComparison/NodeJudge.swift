import Conformance
import Execution
import FastKernels
import GraphIR
import OperatorSet
import Oracle
import TensorCore

/// Says of one node whether what a provider gave is what it must give for the inputs that it had.
struct NodeJudge {
  let model: Model
  let criterion: Criterion

  /// The comparison of the node at `index` of the main graph.
  ///
  /// - Parameters:
  ///   - inputs: the values that the provider's node had, by name; initializers may be left out.
  ///   - got: what it gave, by name; outputs that are not there are not compared.
  /// - Throws: where the user ends it.
  func judge(_ index: Int, inputs: NamedValues, got: NamedValues) throws -> ComparisonReport.NodeComparison {
    let node = model.graph.nodes[index]
    var result = ComparisonReport.NodeComparison(
      index: index, name: node.name, operatorName: model.operatorName(of: node))
    do {
      try judge(node, initializers(of: node).merging(inputs), got, &result)
    } catch let end as CancellationError {
      throw end
    } catch {
      result.verdict = .notCompared
      result.remark = "the reference does not evaluate it: \(error)"
    }
    return result
  }

  /// The weights that the node reads: its rounding is asked for their absolute values too.
  private func initializers(of node: Node) -> NamedValues {
    let names = Set(node.valuesRead)
    let found = model.graph.initializers.filter { names.contains($0.name) }
    return NamedValues(found.map { ($0.name, .tensor($0.tensor)) })
  }

  private func judge(
    _ node: Node, _ inputs: NamedValues, _ got: NamedValues,
    _ result: inout ComparisonReport.NodeComparison
  ) throws {
    let evaluator = NodeEvaluator(model, node: result.index, kernels: .all)
    let bound = RoundingBound(evaluator, inputs: inputs)
    let want = try evaluator.evaluate(inputs)
    result.verdict = .equal
    for name in node.outputs where got[name] != nil {
      let differences = try ValueDifference.all(got[name], want[name], name: name, criterion: criterion)
      result.outputs += differences
      guard !differences.allSatisfy(\.isEqual) else { continue }
      let verdict = try verdict(of: name, differences, bound, got[name], want[name], &result)
      result.verdict = max(result.verdict, verdict)
    }
  }

  private func verdict(
    of name: String, _ differences: [ValueDifference], _ bound: RoundingBound, _ got: Value?, _ want: Value?,
    _ result: inout ComparisonReport.NodeComparison
  ) throws -> ComparisonReport.NodeVerdict {
    let isWithin = differences.allSatisfy(\.isWithinTolerance)
    if isWithin, criterion.reading == .ulp { return .withinTolerance }
    if let got, let set = try ValueSets(model, compute: { bound.inputs[$0] }).set(of: name),
      set.holds(got)
    {
      result.remark = "\(set)"
      return .withinSet
    }
    if let got, let want, let open = try admitted(got, inPlaceOf: want, name, bound) {
      result.remark = "the text leaves it open (\(open.note))"
      return .withinSet
    }
    guard case .tensor(let got)? = got, case .tensor(let want)? = want,
      got.shape == want.shape, got.elementType == want.elementType
    else { return isWithin ? .withinTolerance : .differs }
    if criterion.reading == .webnn, let units = webnnUlps(bound, want) {
      return Double(differences.compactMap(\.maxUlp).max() ?? .max) <= units ? .withinTolerance : .differs
    }
    var share = try boundShare(name, got, want, bound)
    if let first = share, first > 1, let exact = try byDefinition(name, bound) {
      // The kernels round as well: where they and the provider disagree, the definition is asked who is
      // right.
      share = try boundShare(name, got, exact, bound)
      let own = try boundShare(name, want, exact, bound) ?? 0
      result.remark = "held against the definition, of which the kernels lie \(shortened(own)) bounds away"
    }
    if let share {
      result.boundShare = max(result.boundShare ?? 0, share)
      if share <= 1 { return .explainedByRounding }
    }
    return isWithin ? .withinTolerance : .differs
  }

  /// What the text leaves open that explains `got`.
  private func admitted(_ got: Value, inPlaceOf want: Value, _ name: String, _ bound: RoundingBound) throws
    -> OpenValue?
  {
    try bound.node.openValues(of: name, bound.inputs).first { open in
      open.admits(got, inPlaceOf: want, definition: want) { a, b in
        // What ends the run ends it at the next step that may throw.
        (try? ValueDifference.all(a, b, name: name, criterion: criterion))?.allSatisfy(\.isWithinTolerance)
          ?? false
      }
    }
  }

  private func webnnUlps(_ bound: RoundingBound, _ want: Tensor) -> Double? {
    let node = bound.node.node
    guard node.domain.isEmpty else { return nil }
    let tensors = node.inputs.map { name -> Tensor? in
      guard case .tensor(let tensor)? = bound.inputs[name] else { return nil }
      return tensor
    }
    return WebnnTolerance.ulps(of: node.opType, inputs: tensors, output: want)
  }

  // MARK: - Rounding

  /// The largest error relative to its bound; nil where only equality will do.
  private func boundShare(_ name: String, _ got: Tensor, _ want: Tensor, _ bound: RoundingBound) throws
    -> Double?
  {
    guard let bounds = try bound.bounds(of: name, want: want) else { return nil }
    var largest = 0.0
    for (index, pair) in zip(got.doubles(), want.doubles()).enumerated() {
      if pair.0 == pair.1 || (pair.0.isNaN && pair.1.isNaN) { continue }
      let error = abs(pair.0 - pair.1)
      let share = error.isFinite && bounds[index] > 0 ? error / bounds[index] : .infinity
      largest = max(largest, share)
    }
    return largest
  }

  /// Inputs and outputs of more elements than this are not given to a definition, which has no hurry.
  private static let definitionElements = 1 << 20

  private func byDefinition(_ name: String, _ bound: RoundingBound) throws -> Tensor? {
    let elements = bound.inputs.reduce(0) { count, input in
      guard case .tensor(let tensor) = input.element else { return count }
      return count + tensor.count
    }
    guard elements <= Self.definitionElements,
      case .tensor(let tensor)? = try bound.node.byDefinition.evaluate(bound.inputs)[name]
    else { return nil }
    return tensor
  }
}

extension ComparisonReport.NodeVerdict: Comparable {
  /// From harmless to grave.
  private var rank: Int {
    switch self {
    case .notCompared: 0
    case .folded: 1
    case .equal: 2
    case .withinSet: 3
    case .explainedByRounding: 4
    case .withinTolerance: 5
    case .differs: 6
    }
  }
  public static func < (a: Self, b: Self) -> Bool { a.rank < b.rank }
}

extension Model {
  /// `Conv@11`: the operator with the version in force, where it is known.
  func operatorName(of node: Node) -> String {
    let name = node.domain.isEmpty ? node.opType : "\(node.domain).\(node.opType)"
    guard let opset = opsetImports.first(where: { $0.domain == node.domain })?.version,
      let version = OperatorRegistry.standard.find(node.opType, domain: node.domain)?.schema.version(
        inOpset: opset)
    else { return name }
    return "\(name)@\(version.since)"
  }
}
