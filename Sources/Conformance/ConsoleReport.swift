import TensorCore

/// The report that a person reads.
public struct ConsoleReport {
  private let result: RunResult
  private let isVerbose: Bool

  public init(_ result: RunResult, verbose: Bool = false) {
    self.result = result
    isVerbose = verbose
  }

  /// How many unexpected cases are shown unless all are asked for.
  private static let shownCases = 40
  private static let shownOperators = 30
  /// Some diagnostics list every type that is allowed; this much of a line is shown unless all is asked for.
  private static let lineWidth = 300

  public var text: String {
    ([table] + releaseTable + unexpectedLines + unsupportedLines + expectationLines + summary).filter {
      !$0.isEmpty
    }
    .joined(separator: "\n\n") + "\n"
  }

  private var total: [Verdict: Int] {
    result.table.reduce(into: [:]) { $0.merge($1.counts, uniquingKeysWith: +) }
  }

  private var table: String {
    let rows = result.table.map { (name: $0.kind, counts: $0.counts) }
    return table("kind", rows + (rows.count > 1 ? [(name: "all", counts: total)] : []))
  }

  /// The verdicts by release, where there are several.
  private var releaseTable: [String] {
    guard result.corpus.isMerged else { return [] }
    let rows = result.releaseTable.map { (name: $0.source.description, counts: $0.counts) }
    return [table("release", rows + [(name: "all distinct", counts: total)])]
  }

  private func table(_ title: String, _ rows: [(name: String, counts: [Verdict: Int])]) -> String {
    let verdicts = Verdict.allCases.filter { verdict in rows.contains { $0.counts[verdict] != nil } }
    let lines = rows.map { name, counts in
      [name, "\(counts.total)"] + verdicts.map { counts[$0].map(String.init) ?? "·" }
    }
    return TextTable([[title, "cases"] + verdicts.map(\.rawValue)] + lines).text
  }

  private var unexpectedLines: [String] {
    // The operators that are missing say it shorter than the cases that need them.
    let unexpected = result.unexpected.filter {
      isVerbose || $0.report.verdict != .unsupported || $0.report.missingOperators.isEmpty
    }
    let shown = isVerbose ? unexpected[...] : unexpected.prefix(Self.shownCases)
    let width = isVerbose ? Int.max : Self.lineWidth
    let texts = shown.map {
      "\($0.report.verdict.rawValue)  \($0.kind)/\($0.name)\(releases(of: $0))\($0.explanation)"
    }
    var lines = texts.flatMap { $0.split(separator: "\n") }.map { line in
      line.count > width ? "\(line.prefix(width))…" : String(line)
    }
    if shown.count < unexpected.count {
      lines.append("… and \(unexpected.count - shown.count) more (--verbose)")
    }
    return lines.isEmpty ? [] : [lines.joined(separator: "\n")]
  }

  /// The releases that hold a case, where several are tried.
  private func releases(of result: CaseResult) -> String {
    let corpus = self.result.corpus
    return corpus.isMerged ? " (\(corpus.releases(of: result.entry)))" : ""
  }

  private var unsupportedLines: [String] {
    let missing = result.missingOperators
    guard !missing.isEmpty else { return [] }
    let shown = missing.prefix(Self.shownOperators).map { "\($0.name) \($0.cases)" }
    let rest = missing.count > shown.count ? ", and \(missing.count - shown.count) more" : ""
    return ["operators not implemented, by cases: \(shown.joined(separator: ", "))\(rest)"]
  }

  private var expectationLines: [String] {
    let lines = result.unusedExpectations.map {
      "\($0.place): expects \($0.outcome.rawValue) of '\($0.caseName)', but nothing bears that out"
    }
    return lines.isEmpty ? [] : [lines.joined(separator: "\n")]
  }

  private var summary: [String] {
    let withinSet = result.results.count { $0.report.verdict == .passWithinSet }
    var lines = [
      "\(result.provider.name) \(result.provider.version)",
      "score: \(result.passCount) of \(result.results.count) (\(fixed(result.score * 100, 2)) %)"
        + (withinSet > 0 ? ", \(withinSet) of them within the set that the text allows" : "")
        + ", corpus \(result.corpus.name) \(result.corpus.release)",
      "time: \(fixed(result.wallSeconds, 2)) s, processor time of the workers: "
        + "\(fixed(result.userSeconds, 2)) s user, \(fixed(result.systemSeconds, 2)) s system",
    ]
    let known = result.results.filter { $0.isExpected && $0.expectation != nil }.count
    if known > 0 { lines.append("\(known) results other than a pass are expected") }
    if result.isInterrupted { lines.append("interrupted: the report is partial") }
    if result.hasTooFewCases, !result.isInterrupted {
      lines.append(
        "too few cases: the manifest says \(result.corpus.declaredCount), "
          + "it lists \(result.corpus.cases.count), and "
          + "\(result.results.count) ran")
    }
    return [lines.joined(separator: "\n")]
  }
}

extension CaseResult {
  /// What follows the case's name on its line.
  var explanation: String {
    if report.verdict.isPass, let expectation {
      return ": passes, though \(expectation.place) expects \(expectation.outcome.rawValue)"
    }
    let place = report.dataSet.map { $0 == "test_data_set_0" ? "" : " \($0)" } ?? ""
    return report.detail.isEmpty
      ? place : "\(place)\n    \(report.detail.split(separator: "\n").joined(separator: "\n    "))"
  }
}

/// Columns, the first to the left and the others to the right. A cell is one line, whatever text it holds.
public struct TextTable {
  private let rows: [[String]]
  /// The columns that are set to the left.
  private let left: Set<Int>

  public init(_ rows: [[String]], left: Set<Int> = [0]) {
    self.rows = rows.map { $0.map { spellingOut($0) } }
    self.left = left
  }

  public var text: String {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      let cells = row.enumerated().map { column, cell in
        let space = String(repeating: " ", count: widths[column] - cell.count)
        return left.contains(column) ? cell + space : space + cell
      }
      let line = cells.joined(separator: "  ")
      return line.last == " " ? String(line.reversed().drop { $0 == " " }.reversed()) : line
    }.joined(separator: "\n")
  }
}

/// A number with a fixed count of decimals.
func fixed(_ value: Double, _ decimals: Int) -> String {
  let scale = (0..<decimals).reduce(1) { product, _ in product * 10 }
  let scaled = Int((value * Double(scale)).rounded())
  let fraction = String(scaled.magnitude % UInt(scale))
  let whole = "\(scaled < 0 ? "-" : "")\(scaled.magnitude / UInt(scale))"
  return decimals == 0
    ? whole : "\(whole).\(String(repeating: "0", count: decimals - fraction.count))\(fraction)"
}
