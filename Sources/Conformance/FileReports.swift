import Foundation

/// The report of one provider as JSON: the totals, then a line's worth of facts for each case.
struct JsonReport: Encodable {
  private let provider: String
  private let version: String
  private let optimizationLevel: Int
  /// Whether the run was ended before all of it was done.
  private let interrupted: Bool
  private let corpus: String
  private let release: String
  /// The totals of each release; absent where there is one.
  private let releases: [Release]?
  private let declaredCases: Int
  private let cases: Int
  private let passed: Int
  private let score: Double
  private let verdicts: [String: Int]
  private let wallSeconds: Double
  private let userSeconds: Double
  private let systemSeconds: Double
  private let missingOperators: [String: Int]
  private let unusedExpectations: [String]
  /// By operator, operator set and element type, by the row's name.
  private let board: [String: [String: Board.Cell]]
  private let results: [Entry]

  private struct Release: Encodable {
    let corpus: String
    let release: String
    let cases: Int
    let passed: Int
    let verdicts: [String: Int]

    init(_ source: CorpusRelease, _ counts: [Verdict: Int]) {
      (corpus, release) = (source.corpus, source.release)
      cases = counts.total
      passed = counts.passed
      verdicts = Dictionary(uniqueKeysWithValues: counts.map { ($0.key.rawValue, $0.value) })
    }
  }

  private struct Entry: Encodable {
    let name: String
    let kind: String
    /// The releases that hold the case; absent where one is tried.
    let releases: [String]?
    let expected: Bool
    let reason: String?
    let exercises: CaseFacts
    let report: CaseReport
  }

  /// - Parameter column: the provider's in the board.
  init(_ result: RunResult, facts: [String: CaseFacts], board: Board, column: Int) {
    provider = result.provider.name
    optimizationLevel = result.optimizationLevel
    version = result.provider.version
    interrupted = result.isInterrupted
    corpus = result.corpus.name
    release = result.corpus.release
    let isMerged = result.corpus.isMerged
    releases = isMerged ? result.releaseTable.map(Release.init) : nil
    declaredCases = result.corpus.declaredCount
    cases = result.results.count
    passed = result.passCount
    score = result.score
    verdicts = Dictionary(grouping: result.results, by: \.report.verdict.rawValue).mapValues(\.count)
    wallSeconds = result.wallSeconds
    userSeconds = result.userSeconds
    systemSeconds = result.systemSeconds
    missingOperators = Dictionary(uniqueKeysWithValues: result.missingOperators.map { ($0.name, $0.cases) })
    unusedExpectations = result.unusedExpectations.map(\.place)
    results = result.results.map {
      Entry(
        name: $0.name, kind: $0.kind, releases: isMerged ? $0.entry.sources.map(\.release) : nil,
        expected: $0.isExpected, reason: $0.expectation?.reason, exercises: facts[$0.id] ?? CaseFacts(),
        report: $0.report)
    }
    func cells(_ section: Board.Section) -> [String: Board.Cell] {
      Dictionary(section.rows.map { ($0.name, $0.cells[column]) }) { first, _ in first }
    }
    self.board = [
      "operators": cells(board.operators), "opsets": cells(board.opsets),
      "elementTypes": cells(board.elementTypes),
    ]
  }
}

/// The report as JUnit XML, which build servers read: a suite for each provider and kind.
struct JunitReport {
  private let results: [RunResult]

  init(_ results: [RunResult]) { self.results = results }

  /// What is expected though it is no pass shows as skipped, with its reason; what is unexpected as a
  /// failure, or as an error where the process died.
  var text: String {
    var lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>"]
    let name = results.first?.corpus.name ?? ""
    let others = results.reduce(0) { $0 + $1.unusedExpectations.count + runFailures($1).count }
    let counts = counts(results.flatMap(\.results), furtherFailures: others)
    lines.append("<testsuites name=\"\(Self.escaped(name))\" \(counts)>")
    lines += results.flatMap(suites)
    lines.append("</testsuites>")
    return lines.joined(separator: "\n") + "\n"
  }

  private func suites(_ result: RunResult) -> [String] {
    // Of one provider a suite's name is that of the kind, as it is in the corpus.
    let prefix = results.count > 1 ? "\(result.title)." : ""
    let suites = result.table.flatMap { kind, _ in
      let cases = result.results.filter { $0.kind == kind }
      let name = Self.escaped(prefix + kind)
      return ["  <testsuite name=\"\(name)\" \(counts(cases))>"] + cases.map { testcase($0, suite: name) }
        + ["  </testsuite>"]
    }
    let unused = result.unusedExpectations.map {
      JunitSuite.Case(name: $0.place, failure: "nothing bears this line out")
    }
    return suites + releases(result, prefix) + JunitSuite(name: "\(prefix)expectations", cases: unused).lines
      + JunitSuite(name: "\(prefix)run", cases: runFailures(result)).lines
  }

  /// A suite without cases, whose properties are the totals of each release where there are several.
  private func releases(_ result: RunResult, _ prefix: String) -> [String] {
    guard result.corpus.isMerged else { return [] }
    let properties = result.releaseTable.map { source, counts in
      "      <property name=\"\(Self.escaped(source.description))\" "
        + "value=\"\(counts.passed) of \(counts.total) passed\"/>"
    }
    return ["  <testsuite name=\"\(Self.escaped(prefix))releases\" \(counts([]))>", "    <properties>"]
      + properties + ["    </properties>", "  </testsuite>"]
  }

  /// What keeps the run as a whole from being a success, whatever its cases say.
  private func runFailures(_ result: RunResult) -> [JunitSuite.Case] {
    let count = result.results.count
    if result.isInterrupted {
      return [
        JunitSuite.Case(
          name: "all cases ran", failure: "interrupted after \(count) cases: the report is partial")
      ]
    }
    guard result.hasTooFewCases else { return [] }
    return [
      JunitSuite.Case(
        name: "all cases ran", failure: "\(count) cases ran, the manifest says \(result.corpus.declaredCount)"
      )
    ]
  }

  /// - Parameter furtherFailures: what failed beside the cases.
  private func counts(_ cases: [CaseResult], furtherFailures: Int = 0) -> String {
    let states = cases.map(state)
    func count(_ state: State) -> Int { states.reduce(0) { $0 + ($1 == state ? 1 : 0) } }
    let seconds = cases.reduce(0) { $0 + $1.report.loadSeconds + $1.report.runSeconds }
    let tests = cases.count + furtherFailures
    return "tests=\"\(tests)\" failures=\"\(count(.failure) + furtherFailures)\" errors=\"\(count(.error))\" "
      + "skipped=\"\(count(.skipped))\" time=\"\(fixed(seconds, 6))\""
  }

  private enum State { case success, failure, error, skipped }

  private func state(_ result: CaseResult) -> State {
    if result.isExpected { return result.report.verdict.isPass ? .success : .skipped }
    return [.crash, .timeout].contains(result.report.verdict) ? .error : .failure
  }

  private func testcase(_ result: CaseResult, suite: String) -> String {
    let report = result.report
    let time = fixed(report.loadSeconds + report.runSeconds, 6)
    let head =
      "    <testcase classname=\"\(suite)\" "
      + "name=\"\(Self.escaped(result.id))\" time=\"\(time)\""
    let verdict = report.verdict.rawValue
    switch state(result) {
    case .success: return head + "/>"
    case .skipped:
      return head
        + "><skipped message=\"\(verdict): \(Self.escaped(result.expectation?.reason ?? ""))\"/></testcase>"
    case .failure, .error:
      let element = state(result) == .error ? "error" : "failure"
      return head + "><\(element) type=\"\(verdict)\" message=\"\(verdict)\">"
        + "\(Self.escaped(result.explanation))</\(element)></testcase>"
    }
  }

  /// Text for an attribute or an element; characters that XML 1.0 cannot hold become U+FFFD.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n", "\t": result.unicodeScalars.append(scalar)
      case _ where scalar.value < 0x20 || scalar.value == 0xfffe || scalar.value == 0xffff:
        result += "\u{fffd}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
