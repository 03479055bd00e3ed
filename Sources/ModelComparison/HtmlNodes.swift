import Reports

/// The table of nodes, with all that is known of each.
struct HtmlNodes {
  private let report: ComparisonReport
  /// Of each node in the graph what each trial says; nil where the trial says nothing.
  private let comparisons: [[ComparisonReport.NodeComparison?]]

  init(_ report: ComparisonReport) {
    self.report = report
    let found = report.trials.map { trial in
      Dictionary(trial.nodes.map { ($0.index, $0) }) { first, _ in first }
    }
    comparisons = report.graph.map { node in found.map { $0[node.index] } }
  }

  /// Of each node the verdict of each trial.
  var verdicts: [[ComparisonReport.NodeVerdict]] {
    comparisons.map { $0.map { $0?.verdict ?? .notCompared } }
  }

  var html: Html {
    let trials = report.trials.enumerated().map { index, trial in
      HtmlTable.Column(report.trials.count > 1 ? "\(index + 1). \(trial.label)" : "verdict", facet: true)
    }
    let columns =
      [HtmlTable.Column("node"), HtmlTable.Column("operator", .name, facet: true)] + trials
      + [HtmlTable.Column("largest error", .number), HtmlTable.Column("of its bound", .number)]
      + [HtmlTable.Column("details", .text)]
    let note: Html = """
      <p class="note">Each node computes from the provider's own inputs to it, on both sides, so that no \
      error is inherited. The largest error is absolute; the bound is how far rounding may bring the \
      result.</p>

      """
    return note + HtmlTable(columns, report.graph.indices.map(row), searchable: true).html
  }

  private func row(_ position: Int) -> HtmlTable.Row {
    let node = report.graph[position]
    let own = comparisons[position].compactMap { $0 }
    let errors = own.flatMap { $0.outputs.map(\.maxAbsolute) }
    let name: Html =
      node.name.isEmpty ? "#\(node.index)" : "\(node.name) <small class=\"quiet\">#\(node.index)</small>"
    let opType =
      own.first?.operatorName ?? (node.domain.isEmpty ? node.opType : "\(node.domain).\(node.opType)")
    return HtmlTable.Row(
      [name, "\(opType)"] + verdicts(position)
        + [
          "\(errors.max().map(HtmlDifference.number) ?? "")",
          "\(own.compactMap(\.boundShare).max().map(HtmlDifference.number) ?? "")", details(position),
        ],
      anchor: "node-\(node.index)")
  }

  private func verdicts(_ position: Int) -> [Html] {
    comparisons[position].map { ($0?.verdict ?? .notCompared).badge }
  }

  private func details(_ position: Int) -> Html {
    let node = report.graph[position]
    let facts = [("inputs", node.inputs), ("outputs", node.outputs), ("attributes", node.attributes)]
    let lines = facts.filter { !$0.1.isEmpty }.map { title, texts -> Html in
      "<dt>\(title)</dt><dd>\(texts.map { $0.isEmpty ? "–" : $0 }.joined(separator: ", "))</dd>"
    }
    let trials = zip(report.trials, comparisons[position]).map { trial, comparison in
      comparison.map { HtmlDifference.comparison($0, title: report.trials.count > 1 ? trial.label : nil) }
        ?? ""
    }
    return .folded("show", "<div class=\"facts\"><dl>\(lines.joined())</dl>\(trials.joined())</div>")
  }
}
