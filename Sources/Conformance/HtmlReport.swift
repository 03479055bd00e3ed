import Execution
import Reports

/// The report as one page for a browser.
struct HtmlReport {
  private let report: ConformanceReport
  private var results: [RunResult] { report.results }

  init(_ report: ConformanceReport) { self.report = report }

  private var isMerged: Bool { results.first?.corpus.isMerged ?? false }

  /// The page's text.
  var text: String {
    let corpus = results.first?.corpus
    let release = corpus.map { "\($0.name) \($0.release)" } ?? ""
    var page = HtmlPage(
      title: "Conformance of \(results.map(\.title).joined(separator: ", "))",
      subtitle: "Corpus \(release), \(corpus?.declaredCount ?? 0) cases by its manifest",
      footer: "Made by touchstone conform. A score is the cases passed over all cases that ran.")
    page.warning = warning
    page.sections = [
      HtmlPage.Section(id: "summary", title: "Summary", summary),
      HtmlPage.Section(id: "verdicts", title: "Verdicts by kind", verdicts),
    ]
    if isMerged {
      page.sections.append(HtmlPage.Section(id: "releases", title: "Verdicts by release", releases))
    }
    page.sections += [
      HtmlPage.Section(id: "unexpected", title: "Unexpected results", unexpected),
      HtmlPage.Section(id: "expected", title: "Known results other than a pass", known),
      HtmlPage.Section(id: "board", title: "Board", HtmlBoard(report).html),
      HtmlPage.Section(id: "cases", title: "All cases", allCases),
    ]
    return page.text
  }

  private var warning: String? {
    let sentences = results.flatMap { result -> [String] in
      let (name, count) = (result.title, result.results.count)
      if result.isInterrupted { return ["\(name): interrupted after \(count) cases; the report is partial."] }
      guard result.hasTooFewCases else { return [] }
      return ["\(name): \(count) cases ran, but the manifest says \(result.corpus.declaredCount)."]
    }
    return sentences.isEmpty ? nil : sentences.joined(separator: " ")
  }

  // MARK: Summary

  private var summary: Html { "<div class=\"cards\">\n\(results.map(card).joined())</div>\n" }

  private func card(_ result: RunResult) -> Html {
    let counts = Dictionary(grouping: result.results, by: \.report.verdict).mapValues(\.count)
    let parts = Verdict.allCases.map { (count: counts[$0] ?? 0, tone: $0.tone, label: $0.rawValue) }
    let badges = parts.filter { $0.count > 0 }.map { $0.tone.badge("\($0.count) \($0.label)") }
    let known = result.results.filter { $0.isExpected && $0.expectation != nil }.count
    let unused = result.unusedExpectations.count
    return """
      <div class="card"><h3>\(result.title) <small>\(result.provider.version)</small></h3>
      <p><span class="score">\(fixed(result.score * 100, 2)) %</span><br>
      \(result.passCount) of \(result.results.count) cases passed</p>
      \(Html.bar(parts))<p>\(badges.joined(separator: " "))</p>
      <p>\(result.unexpected.count) unexpected, \(known) known other than a pass\
      \(unused > 0 ? ", \(unused) expectations borne out by nothing" : "")</p>
      <p class="quiet">\(fixed(result.wallSeconds, 1)) s, processor time of the workers \
      \(fixed(result.userSeconds + result.systemSeconds, 1)) s</p></div>

      """
  }

  /// The providers side by side for each kind of case.
  private var verdicts: Html {
    let kinds = Set(results.flatMap { $0.table.map(\.kind) }).sorted()
    let tables = results.map { Dictionary($0.table.map { ($0.kind, $0.counts) }) { first, _ in first } }
    return table(of: "kind", kinds, last: "all") { column, kind in tables[column][kind] ?? [:] }
  }

  /// The providers side by side for each release.
  private var releases: Html {
    let sources = results.first?.corpus.parts ?? []
    let tables = results.map {
      Dictionary($0.releaseTable.map { ($0.source, $0.counts) }) { first, _ in first }
    }
    return table(of: "release", sources, last: "all distinct") { column, source in
      tables[column][source] ?? [:]
    }
  }

  /// The verdicts of each provider in each group of cases, and in all.
  private func table<Group: CustomStringConvertible>(
    of title: String, _ groups: [Group], last: String, _ counts: (Int, Group) -> [Verdict: Int]
  ) -> Html {
    let totals = results.map { Dictionary(grouping: $0.results, by: \.report.verdict).mapValues(\.count) }
    let shown = Verdict.allCases.filter { verdict in totals.contains { $0[verdict] != nil } }
    func row(_ name: String, _ result: RunResult, _ counts: [Verdict: Int]) -> [Html] {
      ["\(name)", "\(result.title)", "\(counts.total)"]
        + shown.map { counts[$0].map { "\($0)" } ?? "<span class=\"quiet\">·</span>" }
    }
    let rows =
      groups.flatMap { group in
        results.enumerated().map { row("\(group)", $1, counts($0, group)) }
      } + zip(results, totals).map { row(last, $0, $1) }
    let numbers = (["cases"] + shown.map(\.rawValue)).map { HtmlTable.Column($0, .number) }
    return HtmlTable([HtmlTable.Column(title), HtmlTable.Column("provider")] + numbers, rows).html
  }

  // MARK: Cases

  private var unexpected: Html {
    let rows = results.flatMap { result in
      result.unexpected.map { row($0, of: result, reason: $0.isUnexpectedPass ? $0.explanation : "") }
    }
    let unused = results.flatMap { result in
      result.unusedExpectations.map { line -> [Html] in
        ["\(line.caseName)", "\(result.title)", "\(line.outcome.rawValue)", "\(line.place)"]
      }
    }
    var html = rows.isEmpty ? "<p>\(Tone.good.badge("none"))</p>\n" : table(rows, last: "detail")
    if !unused.isEmpty {
      let columns = ["case", "provider", "expected", "line"].map { HtmlTable.Column($0) }
      html += "<h3>Expectations that nothing bears out</h3>\n\(HtmlTable(columns, unused).html)"
    }
    return html
  }

  private var known: Html {
    let rows = results.flatMap { result in
      result.results.filter { $0.isExpected && $0.expectation != nil }.map { entry in
        row(entry, of: result, reason: entry.expectation?.reason ?? "")
      }
    }
    return rows.isEmpty ? "<p>\(Tone.quiet.badge("none"))</p>\n" : table(rows, last: "reason and detail")
  }

  /// Every case with the verdict of each provider.
  private var allCases: Html {
    var cases: [ConformanceCase] = []
    var entries: [String: [CaseResult?]] = [:]
    for (column, result) in results.enumerated() {
      for entry in result.results {
        if entries[entry.id] == nil { cases.append(entry.entry) }
        entries[entry.id, default: results.map { _ in nil }][column] = entry
      }
    }
    let rows = cases.map { entry -> [Html] in
      let own = entries[entry.id] ?? []
      let verdicts = own.map { entry in
        entry.map { $0.report.verdict.tone.badge($0.report.verdict.rawValue) }
          ?? "<span class=\"quiet\">·</span>"
      }
      return ["\(entry.name)"] + held(entry) + ["\(entry.kind)", "\(operators(of: entry))"] + verdicts
    }
    let columns =
      [HtmlTable.Column("case")] + heldColumn
      + [HtmlTable.Column("kind", facet: true), HtmlTable.Column("operators", .name)]
      + results.map { HtmlTable.Column($0.title, facet: true) }
    return .folded("\(rows.count) cases", HtmlTable(columns, rows, searchable: true).html)
  }

  private func operators(of entry: ConformanceCase) -> String {
    (report.facts[entry.id]?.operators ?? []).joined(separator: ", ")
  }

  /// The releases that hold a case; no cell where there is one.
  private func held(_ entry: ConformanceCase) -> [Html] {
    guard isMerged, let corpus = results.first?.corpus else { return [] }
    return ["\(corpus.releases(of: entry))"]
  }

  private var heldColumn: [HtmlTable.Column] { isMerged ? [HtmlTable.Column("releases")] : [] }

  private func row(_ entry: CaseResult, of result: RunResult, reason: String) -> [Html] {
    let verdict = entry.report.verdict
    let set = entry.report.dataSet.map { $0 == "test_data_set_0" ? "" : " \($0)" } ?? ""
    let links = [entry.expectation?.note, entry.expectation?.link].compactMap { $0 }.map { ", \($0)" }
      .joined()
    let explanation: Html = reason.isEmpty ? "" : "<p class=\"note\">\(reason)\(links)</p>"
    return ["\(entry.name)\(set)"] + held(entry.entry) + [
      "\(result.title)", verdict.tone.badge(verdict.rawValue), "\(entry.kind)",
      "\(operators(of: entry.entry))",
      explanation + (entry.isUnexpectedPass ? "" : .long(entry.report.detail)),
    ]
  }

  private func table(_ rows: [[Html]], last: String) -> Html {
    let facets = ["provider", "verdict", "kind"].map { HtmlTable.Column($0, facet: true) }
    return HtmlTable(
      [HtmlTable.Column("case")] + heldColumn + facets + [
        HtmlTable.Column("operators", .name), HtmlTable.Column(last, .text),
      ], rows,
      searchable: true
    ).html
  }
}

extension CaseResult {
  /// Whether the case passes though something else is expected.
  fileprivate var isUnexpectedPass: Bool { report.verdict.isPass && expectation != nil }
}

extension Verdict {
  /// How good a verdict is.
  var tone: Tone {
    switch self {
    case .pass: .good
    case .passWithinSet: .fair
    case .unsupported, .skipped: .quiet
    default: .bad
    }
  }
}
