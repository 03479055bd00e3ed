import Conformance
import Reports

/// How values differ, as markup.
enum HtmlDifference {
  /// A table with a row for each output.
  static func table(of trial: ComparisonReport.Trial) -> Html {
    let columns =
      [HtmlTable.Column("output"), HtmlTable.Column("type"), HtmlTable.Column("verdict")]
      + ["elements", "differ", "max abs", "mean abs", "max rel", "max ULP"].map {
        HtmlTable.Column($0, .number)
      } + [HtmlTable.Column("distances and worst element", .text)]
    return HtmlTable(columns, trial.outputs.map { row($0, verdict(of: $0, in: trial)) }).html
  }

  private static func row(_ value: ValueDifference, _ verdict: ComparisonReport.NodeVerdict) -> [Html] {
    [
      "\(value.name)", type(value), verdict.badge, "\(value.count)",
      "\(value.differingCount + value.nonFiniteCount)", "\(number(value.maxAbsolute))",
      "\(number(value.meanAbsolute))", "\(number(value.maxRelative))",
      "\(value.maxUlp.map { "\($0)" } ?? "")",
      histogram(value.histogram) + (value.mismatch.map { .long($0.description) } ?? ""),
    ]
  }

  private static func type(_ value: ValueDifference) -> Html {
    value.got == value.want ? "\(value.got)" : "\(value.got)<br>wanted: \(value.want)"
  }

  /// The verdict of all outputs is that of the worst: what is out of tolerance is no worse than that.
  private static func verdict(of value: ValueDifference, in trial: ComparisonReport.Trial)
    -> ComparisonReport.NodeVerdict
  {
    value.isEqual ? .equal : value.isWithinTolerance ? .withinTolerance : trial.verdict
  }

  /// What one provider says of one node.
  static func comparison(_ comparison: ComparisonReport.NodeComparison, title: String?) -> Html {
    var lines: [Html] = ["\(comparison.verdict.badge)"]
    if let share = comparison.boundShare { lines.append("error over its bound: \(number(share))") }
    if let inherited = comparison.inheritedMaxAbsolute {
      lines.append("largest error with what is inherited: \(number(inherited))")
    }
    if let remark = comparison.remark { lines.append("\(remark)") }
    let values = comparison.outputs.map { value -> Html in
      let text = facts(value)
      return "<p><b>\(value.name)</b> \(type(value))<br>\(text)</p>\(histogram(value.histogram))"
        + (value.mismatch.map { "<p>\(Html.long($0.description))</p>" } ?? "")
    }
    let head = title.map { "<h4>\($0)</h4>" as Html } ?? ""
    return "\(head)<p>\(lines.joined(separator: "<br>"))</p>\(values.joined())"
  }

  private static func facts(_ value: ValueDifference) -> String {
    guard !value.isEqual else { return "\(value.count) elements, all equal" }
    let finite = "\(value.differingCount) of \(value.count) elements differ"
    let absolute = "absolute error at most \(number(value.maxAbsolute)), mean \(number(value.meanAbsolute))"
    let relative = "relative at most \(number(value.maxRelative)), mean \(number(value.meanRelative))"
    let ulps = value.maxUlp.map { ["at most \($0) ULP, mean \(number(value.meanUlp ?? 0))"] } ?? []
    let infinite = value.nonFiniteCount > 0 ? ["\(value.nonFiniteCount) are NaN or infinite on one side"] : []
    return ([finite] + infinite + [absolute, relative] + ulps).joined(separator: "; ")
  }

  /// Bars of how many elements lie how far apart, their heights by the logarithm; the counts stand below.
  static func histogram(_ bins: [ValueDifference.Bin]) -> Html {
    guard bins.contains(where: { $0.atMost > 0 }) else { return "" }
    let (pitch, height) = (14, 48.0)
    let largest = Double(bins.map(\.count).max() ?? 1)
    let bars = bins.enumerated().map { position, bin in
      let share = logarithm(Double(bin.count) + 1) / logarithm(largest + 1)
      let bar = max(1, Int(height * share))
      return "M\(position * pitch) \(Int(height))v-\(bar)h\(pitch - 2)v\(bar)z"
    }.joined()
    let counts = bins.map { "\($0.atMost > 1 ? "≤\u{a0}" : "")\($0.atMost): \($0.count)" }
    let width = bins.count * pitch
    return """
      <figure><svg class="bars" width="\(width)" height="\(Int(height))" \
      viewBox="0 0 \(width) \(Int(height))" aria-hidden="true"><path d="\(bars)"/></svg><figcaption>ULP: \(counts.joined(separator: ", "))</figcaption></figure>
      """
  }

  /// The binary logarithm, near enough for a bar's height.
  private static func logarithm(_ value: Double) -> Double { Double(value.exponent) + value.significand - 1 }

  /// Three significant digits, rounded up.
  static func number(_ value: Double) -> String { value == 0 ? "0" : shortened(value) }
}
