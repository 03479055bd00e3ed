import Reports

/// What became of a corpus on one provider, or on several side by side.
public struct ConformanceReport {
  public let results: [RunResult]
  /// What each case exercises, by the case's id.
  let facts: [String: CaseFacts]
  let board: Board
  /// The levels of optimization held against each other, of each provider that ran at several.
  private let levels: [LevelComparison]

  /// Reads the models of the cases that ran, for the board.
  ///
  /// - Parameter results: one for each provider, in the order asked for, all of one corpus.
  public init(_ results: [RunResult]) {
    self.results = results
    let tried = Set(results.flatMap { $0.results.map(\.id) })
    facts =
      results.first.map { first in
        CaseFacts.all(of: first.corpus.cases.filter { tried.contains($0.id) }, in: first.corpus)
      } ?? [:]
    board = Board(results, facts: facts)
    let providers = results.map(\.provider.name).reduce(into: [String]()) { names, name in
      if !names.contains(name) { names.append(name) }
    }
    levels = providers.compactMap { name in LevelComparison(results.filter { $0.provider.name == name }) }
  }

  /// The text for a person: the provider's own report, and for several a table of all.
  public func console(verbose: Bool = false) -> String {
    let reports = results.map { ConsoleReport($0, verbose: verbose).text }
    let board = "\n" + board.text(providers: results.map(\.title), verbose: verbose)
    guard results.count > 1 else { return reports.joined() + board }
    let titled = zip(results, reports).map { "== \($0.title) \($0.provider.version) ==\n\n\($1)" }
    return titled.joined(separator: "\n") + board + "\n" + summary + "\n"
      + levels.map { "\n\($0.text)" }.joined()
  }

  /// A line for each provider with its verdicts and its score.
  private var summary: String {
    let verdicts = Verdict.allCases.filter { verdict in
      results.contains { $0.results.contains { $0.report.verdict == verdict } }
    }
    let rows = results.map { result in
      let counts = Dictionary(grouping: result.results, by: \.report.verdict).mapValues(\.count)
      return ["\(result.title) \(result.provider.version)", "\(result.results.count)"]
        + verdicts.map { counts[$0].map(String.init) ?? "·" }
        + [
          result.results.isEmpty ? "·" : "\(fixed(result.score * 100, 2)) %", "\(result.unexpected.count)",
          "\(fixed(result.wallSeconds, 1)) s",
        ]
    }
    let title = ["provider", "cases"] + verdicts.map(\.rawValue) + ["score", "unexpected", "time"]
    return TextTable([title] + rows).text
  }

  /// The results as JSON: an object for one provider, `{"providers": […]}` for several.
  public func json() throws -> String {
    let reports = results.enumerated().map { JsonReport($1, facts: facts, board: board, column: $0) }
    return try reports.count == 1 ? jsonText(reports[0]) : jsonText(["providers": reports])
  }

  /// The results as JUnit XML, which build servers read.
  public var junit: String { JunitReport(results).text }

  /// The results as one self-contained page for a browser.
  public var html: String { HtmlReport(self).text }

  /// The gravest of the runs' exit codes: those of an interruption, of a crash, of too few cases, of results
  /// that are not as expected, in this order; also 1 where levels of optimization do not agree.
  public var exitCode: Int32 {
    let code = results.map(\.exitCode).max() ?? 0
    return code == 0 && levels.contains { !$0.differences.isEmpty } ? 1 : code
  }
}
