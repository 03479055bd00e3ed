import Analysis
import Execution
import GraphIR
import ModelFile
import OperatorSet
import Oracle
import TensorCore

/// Tries one case with one provider.
struct CaseRunner {
  let request: CaseRequest
  let provider: any Provider

  /// The verdict; whatever goes wrong is one.
  func run() -> CaseReport {
    var report = CaseReport(.pass)
    let clock = ContinuousClock()
    let path = "\(request.folder)/model.onnx"
    // What Touchstone cannot read, it refuses again as a provider; others may well read it.
    let parsed = Result { try OnnxFile.load(path: path) }
    do {
      let start = clock.now
      let session = try provider.load(
        ModelSource(.file(path), parsed: try? parsed.get()), options: request.options)
      report.loadSeconds = seconds(clock.now - start)
      let model = try parsed.get()
      guard request.rejection != nil || !request.dataSets.isEmpty else {
        report.verdict = .skipped
        report.detail = "the case has no data sets"
        return report
      }
      let values = CaseValues(model: model, folder: request.folder)
      var digest = OutputDigest()
      for dataSet in request.dataSets {
        report.dataSet = dataSet.name
        let inputs = try values.inputs(of: dataSet)
        let started = clock.now
        let outputs = try session.run(inputs, fetching: model.graph.outputs.map(\.name))
        report.runSeconds += seconds(clock.now - started)
        if request.digestsOutputs { digest.add(outputs, model.graph.outputs.map(\.name)) }
        try judge(outputs, values.outputs(of: dataSet), inputs, model, &report)
        if !report.verdict.isPass, let words = try admitted(outputs, values, report.verdict) {
          report.verdict = .passWithinSet
          report.mismatch = nil
          report.detail = words
        }
        if !report.verdict.isPass { break }
      }
      if request.digestsOutputs { report.outputDigest = digest.text }
      if let rejection = request.rejection {
        report.verdict = .shouldHaveRejected
        report.detail = "the case must be refused as \(rejection), but it ran"
      }
    } catch {
      judge(error, try? parsed.get(), &report)
    }
    return report
  }

  private func judge(
    _ outputs: NamedValues, _ wanted: [(name: String, value: Value)], _ inputs: NamedValues,
    _ model: Model, _ report: inout CaseReport
  ) throws {
    let comparison = Comparison(request.tolerance)
    for (name, want) in wanted {
      guard let got = outputs[name] else {
        report.verdict = .wrongShape
        report.detail = "output '\(name)' is missing"
        return
      }
      guard let mismatch = comparison.compare(got, with: want, output: name) else { continue }
      if let set = try allowedSet(of: name, got, want, mismatch.verdict, inputs, model) {
        report.verdict = .passWithinSet
        report.detail = "output '\(name)' \(set)"
        continue
      }
      report.verdict = mismatch.verdict
      report.mismatch = mismatch
      report.detail = mismatch.description
      return
    }
  }

  /// What the case admits, in words, where that explains the outputs.
  private func admitted(_ outputs: NamedValues, _ values: CaseValues, _ verdict: Verdict) throws
    -> String?
  {
    switch request.admission {
    case nil: return nil
    case .anyValues: return verdict == .wrongValue ? "is left open by the text, as the case says" : nil
    case .outputs(let sets):
      let comparison = Comparison(request.tolerance)
      let fitting = try sets.first { set in
        try values.outputs(of: set).allSatisfy { name, value in
          outputs[name].map { comparison.compare($0, with: value, output: name) == nil } ?? false
        }
      }
      return fitting.map { "is as in '\($0.name)', which the case admits" }
    }
  }

  /// The set that the text allows, in words, where `got` lies within it though it is not the case's value.
  private func allowedSet(
    of name: String, _ got: Value, _ want: Value, _ verdict: Verdict, _ inputs: NamedValues,
    _ model: Model
  ) throws -> String? {
    let session = Result { try Session(model, options: SessionOptions(graphOptimizationLevel: .none)) }
    func compute(_ name: String) throws -> Value? {
      try inputs[name] ?? session.get().run(inputs, fetching: [name])[name]
    }
    if let open = try? openValue(of: name, got, want, model, compute) {
      return "is left open by the text (\(open.note))"
    }
    guard verdict == .wrongValue else { return nil }
    let sets = ValueSets(model, compute: compute)
    if let set = try sets.set(of: name) {
      return set.holds(got) ? "is random by the text: \(set)" : nil
    }
    guard case .tensor(let gotTensor) = got, case .tensor(let wantTensor) = want,
      case .tensor(let exact)? = try? session.get().run(inputs, fetching: [name])[name]
    else { return nil }
    let allowance = RoundingAllowance(exact: exact, caseValue: wantTensor, tolerance: request.tolerance)
    return allowance.holds(gotTensor)
      ? "lies nearer to the exact result than the case's own value, which inner roundings explain (TSN-0036)"
      : nil
  }

  /// What the text leaves open of the node that computes `name`, where that explains `got`.
  private func openValue(
    of name: String, _ got: Value, _ want: Value, _ model: Model, _ compute: (String) throws -> Value?
  ) throws -> OpenValue? {
    guard let index = model.graph.nodes.firstIndex(where: { $0.outputs.contains(name) }) else { return nil }
    var values: NamedValues = [:]
    for read in model.graph.nodes[index].valuesRead where !read.isEmpty { values[read] = try compute(read) }
    let comparison = Comparison(request.tolerance)
    guard let definition = try compute(name) else { return nil }
    return try NodeEvaluator(model, node: index).openValues(of: name, values).first { open in
      open.admits(got, inPlaceOf: want, definition: definition) {
        comparison.compare($0, with: $1, output: name) == nil
      }
    }
  }

  private func judge(_ error: any Error, _ model: Model?, _ report: inout CaseReport) {
    let kind = ErrorKind(error)
    report.detail = "\(error)"
    if let failure = error as? ProviderFailure {
      report.missingOperators = failure.missingOperators
      report.verdict =
        failure.kind == .fallback ? .fallback : failure.kind == .unsupported ? .unsupported : .rejected
      // Another runtime has no names for its errors that could be held against the case's.
      if request.rejection != nil, report.verdict == .rejected { report.verdict = .pass }
    } else if let rejection = request.rejection {
      let isAsWanted = kind.name == rejection
      report.verdict = isAsWanted ? .pass : kind.isUnsupported ? .unsupported : .rejected
      if !isAsWanted { report.detail = "must be refused as \(rejection), but is as \(kind.name): \(error)" }
    } else {
      report.verdict = kind.isUnsupported ? .unsupported : .rejected
      if kind.isUnsupported, let model { report.missingOperators = OperatorCensus(model).missing }
    }
  }

  private func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
  }
}

/// What kind of error stands in the way, by one name for all layers.
public struct ErrorKind: Sendable {
  /// `invalidShape`, `unsupported`, `malformed` …
  public let name: String
  /// Whether the model asks for what Touchstone does not have.
  public var isUnsupported: Bool { name == "unsupported" }
  /// Whether the model or file breaks the rules, or would be unsafe to read.
  public let isInvalid: Bool

  public init(_ error: any Error) {
    switch error {
    case let error as NodeError: (name, isInvalid) = (error.kind.rawValue, error.kind != .internalError)
    case let error as OperatorError: (name, isInvalid) = (error.kind.rawValue, error.kind != .internalError)
    case let error as ModelError: (name, isInvalid) = (error.kind.rawValue, true)
    case let error as LoadError: (name, isInvalid) = (error.kind.rawValue, true)
    case is FeedError: (name, isInvalid) = ("feed", false)
    case let error as ProviderFailure:
      (name, isInvalid) = (error.kind.rawValue, error.kind == .rejected)
    default: (name, isInvalid) = ("\(type(of: error))", false)
    }
  }
}
