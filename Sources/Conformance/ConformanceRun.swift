import Execution
import Foundation
import Workers

/// Tries a provider against a corpus.
public struct ConformanceRun: Sendable {
  public var corpus: Corpus
  public var selection = Selection()
  public var expectations = Expectations([])
  /// The provider that is tried.
  public var provider: ProviderDescription
  /// How its workers are started.
  public var launch: WorkerLaunch
  /// How many cases are tried at a time, at most four for each processor; 0 means as many as there are
  /// processors.
  public var jobs = 0
  /// Seconds that one case may take.
  public var timeout = 120.0
  /// How models are made ready.
  public var options = LoadOptions()
  /// Whether reports have digests of the outputs, so that levels of optimization can be compared.
  public var digestsOutputs = false
  /// Asked now and then; a run ends early where it is true, with the results that there are.
  public var isInterrupted: @Sendable () -> Bool = { false }
  /// What replaces the tolerance of every case.
  public var rtol: Double?
  public var atol: Double?

  public init(corpus: Corpus, provider: ProviderDescription, launch: WorkerLaunch) {
    self.corpus = corpus
    self.provider = provider
    self.launch = launch
  }

  /// Runs the selected cases; `progress` hears of each result as it comes, with how many are done.
  ///
  /// - Throws: where workers do not start at all; everything else is a verdict.
  public func run(progress: (CaseResult, _ done: Int, _ of: Int) -> Void = { _, _, _ in }) throws -> RunResult
  {
    let cases = selection.apply(to: corpus.cases)
    let relevant = expectations.concerning(provider: provider, corpus: corpus)
    let clock = ContinuousClock()
    let start = clock.now
    let usageBefore = Self.childrenSeconds()
    var results = [CaseResult?](repeating: nil, count: cases.count)
    var done = 0
    let processors = ProcessInfo.processInfo.activeProcessorCount
    var launch = launch
    launch.readable += corpus.folders
    let pool = WorkerPool(
      launch: launch, jobs: jobs > 0 ? min(jobs, 4 * processors) : processors, timeout: timeout,
      isInterrupted: isInterrupted, request: request)
    try pool.run(cases) { index, report in
      let result = CaseResult(cases[index], report, relevant.expected(of: cases[index]))
      results[index] = result
      done += 1
      progress(result, done, cases.count)
    }
    let usage = Self.childrenSeconds()
    let finished = results.compactMap { $0 }
    let tried = Set(finished.map(\.id))
    return RunResult(
      provider: provider, optimizationLevel: options.optimizationLevel, corpus: corpus,
      isPartial: selection.isPartial,
      isInterrupted: finished.count < cases.count, results: finished,
      unusedExpectations: relevant.unused(
        results: finished, others: corpus.cases.filter { !tried.contains($0.id) }),
      wallSeconds: Double((clock.now - start).components.seconds)
        + Double((clock.now - start).components.attoseconds) * 1e-18,
      userSeconds: usage.user - usageBefore.user, systemSeconds: usage.system - usageBefore.system)
  }

  private func request(_ entry: ConformanceCase) -> CaseRequest {
    var tolerance = entry.tolerance
    tolerance.rtol = rtol ?? tolerance.rtol
    tolerance.atol = atol ?? tolerance.atol
    return CaseRequest(
      folder: entry.folder, tolerance: tolerance, dataSets: entry.dataSets, rejection: entry.rejection,
      admission: entry.admission, options: options, digestsOutputs: digestsOutputs)
  }

  /// Processor time of all workers that have ended.
  private static func childrenSeconds() -> (user: Double, system: Double) {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &usage)
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) * 1e-6 }
    return (seconds(usage.ru_utime), seconds(usage.ru_stime))
  }
}

/// What became of one case, and whether that was to be expected.
public struct CaseResult: Sendable {
  public let entry: ConformanceCase
  public let report: CaseReport
  /// The line that says what is expected other than a pass.
  public let expectation: Expectation?

  init(_ entry: ConformanceCase, _ report: CaseReport, _ expectation: Expectation?) {
    self.entry = entry
    self.report = report
    self.expectation = expectation
  }

  public var id: String { entry.id }
  public var name: String { entry.name }
  public var kind: String { entry.kind }

  /// A pass where nothing else is expected, else just what is.
  public var isExpected: Bool {
    expectation.map { $0.allows(report.verdict) } ?? report.verdict.isPass
  }
}

/// What became of a run.
public struct RunResult: Sendable {
  public let provider: ProviderDescription
  /// How far models were optimized: the raw value of a `GraphOptimizationLevel`.
  public let optimizationLevel: Int
  public let corpus: Corpus
  /// Whether only a part of the corpus was to be run.
  public let isPartial: Bool
  /// Whether the run was ended before all of it was done.
  public let isInterrupted: Bool
  public let results: [CaseResult]
  /// Lines that nothing bears out.
  public let unusedExpectations: [Expectation]
  public let wallSeconds: Double
  /// Processor time of the workers.
  public let userSeconds: Double
  public let systemSeconds: Double

  /// The provider, with the level of optimization where that is not the usual one.
  public var title: String {
    optimizationLevel == GraphOptimizationLevel.all.rawValue
      ? provider.name : "\(provider.name) at level \(optimizationLevel)"
  }

  /// The cases that passed, over all cases.
  public var passCount: Int { results.reduce(0) { $0 + ($1.report.verdict.isPass ? 1 : 0) } }
  public var score: Double { results.isEmpty ? 0 : Double(passCount) / Double(results.count) }

  /// The cases whose verdict is neither a pass nor expected, and passes that were not expected.
  public var unexpected: [CaseResult] { results.filter { !$0.isExpected } }

  /// Whether there are fewer cases than the manifest says.
  public var hasTooFewCases: Bool {
    corpus.cases.count < corpus.declaredCount || (!isPartial && results.count < corpus.declaredCount)
      || results.isEmpty
  }

  /// How often each missing operator stood in the way, most often first.
  public var missingOperators: [(name: String, cases: Int)] {
    var counts: [String: Int] = [:]
    for result in results where result.report.verdict == .unsupported {
      for name in result.report.missingOperators { counts[name, default: 0] += 1 }
    }
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
  }

  /// How many cases of each kind had each verdict.
  public var table: [(kind: String, counts: [Verdict: Int])] {
    var table: [String: [Verdict: Int]] = [:]
    for result in results { table[result.kind, default: [:]][result.report.verdict, default: 0] += 1 }
    return table.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// How many cases of each release had each verdict; a case counts in every release that holds it.
  public var releaseTable: [(source: CorpusRelease, counts: [Verdict: Int])] {
    var table: [CorpusRelease: [Verdict: Int]] = [:]
    for result in results {
      for source in result.entry.sources {
        table[source, default: [:]][result.report.verdict, default: 0] += 1
      }
    }
    return corpus.parts.map { ($0, table[$0] ?? [:]) }
  }

  /// 0 as expected; 130 interrupted; 6 too few cases; 7 an unexpected crash or timeout; 1 anything else unexpected.
  public var exitCode: Int32 {
    if isInterrupted { return 130 }
    if hasTooFewCases { return 6 }
    if unexpected.contains(where: { [.crash, .timeout].contains($0.report.verdict) }) { return 7 }
    return unexpected.isEmpty && unusedExpectations.isEmpty ? 0 : 1
  }
}

/// How many cases had each verdict.
extension [Verdict: Int] {
  var total: Int { values.reduce(0, +) }
  var passed: Int { reduce(0) { $0 + ($1.key.isPass ? $1.value : 0) } }
}
