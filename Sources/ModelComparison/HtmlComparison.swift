import Conformance
import Reports

/// The report of a comparison as one page for a browser.
struct HtmlComparison {
  private let report: ComparisonReport

  init(_ report: ComparisonReport) { self.report = report }

  /// The page's text.
  var text: String {
    var page = HtmlPage(
      title: "Comparison of \(report.model.split(separator: "/").suffix(2).joined(separator: "/"))",
      subtitle:
        "Reference: \(report.reference.name) \(report.reference.version); tolerance: \(report.tolerance); "
        + "model: \(report.model)",
      footer: "Made by touchstone compare.")
    page.warning = report.isPartial ? "The comparison was interrupted; the report is partial." : nil
    let nodes = HtmlNodes(report)
    page.sections = [
      HtmlPage.Section(id: "summary", title: "Summary", summary),
      HtmlPage.Section(id: "outputs", title: "Outputs", report.trials.map(outputs).joined()),
      HtmlPage.Section(
        id: "graph", title: "Graph", chooser + HtmlGraph(report: report, verdicts: nodes.verdicts).html),
      HtmlPage.Section(id: "nodes", title: "Nodes", nodes.html),
      HtmlPage.Section(id: "inputs", title: "Inputs", inputs),
    ]
    page.style = Self.style
    page.script = Self.script
    return page.text
  }

  // MARK: Summary

  private var summary: Html { "<div class=\"cards\">\n\(report.trials.map(card).joined())</div>\n" }

  private func card(_ trial: ComparisonReport.Trial) -> Html {
    let counts = Dictionary(grouping: trial.nodes, by: \.verdict).mapValues(\.count)
    let verdicts = ComparisonReport.NodeVerdict.allCases.filter { counts[$0] != nil }
    let bar = Html.bar(verdicts.map { (counts[$0] ?? 0, $0.tone, $0.rawValue) })
    let names = verdicts.map { "\(counts[$0] ?? 0) \($0.words)" }.joined(separator: ", ")
    var lines: [Html] = ["Outputs: \(trial.verdict.badge)"]
    if let failure = trial.failure { lines = ["\(failure.badge) \(Html.long(failure.message))"] }
    if !trial.nodes.isEmpty { lines.append("Nodes: \(names)\(bar)") }
    if !trial.varyingOutputs.isEmpty {
      let varying = trial.varyingOutputs.joined(separator: ", ")
      lines.append("In \(trial.runCount) runs with the same inputs the bits of \(varying) differ.")
    }
    if !trial.outputsChangedByFetching.isEmpty {
      let changed = trial.outputsChangedByFetching.joined(separator: ", ")
      lines.append(
        "Fetching inner values changes \(changed): what is said of nodes may not hold for the plain model."
      )
    }
    let body = lines.map { "<div class=\"line\">\($0)</div>\n" as Html }.joined()
    return "<div class=\"card\"><h3>\(trial.provider.name) <small>\(trial.provider.version), "
      + "optimization level \(trial.optimizationLevel), threads: \(trial.threadCount)</small></h3>\n"
      + "\(body)</div>\n"
  }

  private func outputs(_ trial: ComparisonReport.Trial) -> Html {
    let head: Html = "<h3>\(trial.label)</h3>\n"
    if let failure = trial.failure { return head + "<p>\(failure.badge) \(Html.long(failure.message))</p>\n" }
    return head + HtmlDifference.table(of: trial)
  }

  private var inputs: Html {
    HtmlTable(
      ["input", "type", "value"].map { HtmlTable.Column($0) },
      report.inputs.map { ["\($0.name)", "\($0.type)", "\($0.origin)"] }
    ).html
  }

  /// The script shows it where there is something to choose.
  private var chooser: Html {
    guard report.trials.count > 1 else { return "" }
    let options = report.trials.enumerated().map { "<option value=\"\($0)\">\($1.label)</option>" as Html }
    return "<form class=\"search\" id=\"chooser\" hidden><label>Colours of <select>"
      + "<option value=\"\">the gravest verdict</option>\(options.joined())</select></label></form>\n"
  }
}

extension ComparisonReport {
  /// The report as one self-contained page for a browser.
  public var html: String { HtmlComparison(self).text }
}

extension ComparisonReport.Failure {
  fileprivate var badge: Html { Tone.bad.badge(verdict?.rawValue ?? "not available") }
}

extension ComparisonReport.Trial {
  /// The provider with its way to make models ready.
  var label: String {
    "\(provider.name) \(provider.version), level \(optimizationLevel), threads \(threadCount)"
  }
}
