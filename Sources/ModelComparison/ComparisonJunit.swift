import Conformance

extension ComparisonReport {
  /// The comparison as JUnit XML, which build servers read: a suite for each trial, a case for its outputs as a whole
  /// and one for each node that was compared.
  public var junit: String {
    let suites = trials.map { trial in
      let name =
        "\(trial.provider.name).level\(trial.optimizationLevel).threads\(trial.threadCount)"
      return JunitSuite(name: name, cases: trial.junitCases)
    }
    let partial = JunitSuite(
      name: "run",
      cases: [JunitSuite.Case(name: "all trials ran", failure: "interrupted: the report is partial")])
    return JunitSuite.document(suites + (isPartial ? [partial] : []))
  }
}

extension ComparisonReport.Trial {
  fileprivate var junitCases: [JunitSuite.Case] {
    if let failure {
      let verdict = failure.verdict?.rawValue ?? "not available"
      return [JunitSuite.Case(name: "outputs", failure: "\(verdict): \(failure.message)")]
    }
    let details = outputs.filter { !$0.isEqual }.compactMap { $0.mismatch?.description }
    let outputs = JunitSuite.Case(
      name: "outputs",
      failure: verdict == .differs ? (["differs"] + details).joined(separator: "\n") : nil)
    return [outputs] + nodes.map(\.junitCase)
  }
}

extension ComparisonReport.NodeComparison {
  fileprivate var junitCase: JunitSuite.Case {
    let details = outputs.compactMap { $0.mismatch?.description }
    return JunitSuite.Case(
      name: "\(index) \(operatorName) \(name)",
      failure: verdict == .differs ? (["differs"] + details).joined(separator: "\n") : nil,
      skipped: verdict == .notCompared ? remark ?? "not compared" : nil)
  }
}
