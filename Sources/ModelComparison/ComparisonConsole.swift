import Conformance
import TensorCore

/// A comparison as a person reads it on a terminal.
public struct ComparisonConsole {
  private let report: ComparisonReport
  private let isVerbose: Bool

  /// - Parameter verbose: whether nodes that are equal are listed too.
  public init(_ report: ComparisonReport, verbose: Bool = false) {
    self.report = report
    isVerbose = verbose
  }

  public var text: String {
    var blocks = ["\(report.model): reference \(report.reference.name) \(report.reference.version)"]
    blocks.append(
      report.inputs.map { "  input \(shown($0.name)): \(shown($0.type)) (\($0.origin))" }.joined(
        separator: "\n"))
    blocks += report.trials.map(text)
    if report.isPartial { blocks.append("interrupted: the report is partial") }
    return blocks.joined(separator: "\n\n")
  }

  private func text(_ trial: ComparisonReport.Trial) -> String {
    let title =
      "== \(trial.provider.name) \(trial.provider.version), level \(trial.optimizationLevel), "
      + "threads \(trial.threadCount): "
    if let failure = trial.failure {
      return title + "\(failure.verdict?.rawValue ?? "not available") ==\n  \(failure.message)"
    }
    var lines = [title + "\(trial.verdict.rawValue) =="]
    lines.append(outputTable(trial.outputs))
    lines += trial.outputs.flatMap(details)
    lines += remarks(trial)
    if !trial.nodes.isEmpty { lines += nodeLines(trial.nodes) }
    return lines.joined(separator: "\n")
  }

  private func remarks(_ trial: ComparisonReport.Trial) -> [String] {
    var lines: [String] = []
    if !trial.varyingOutputs.isEmpty {
      lines.append(
        "varies over \(trial.runCount) runs: \(trial.varyingOutputs.map(shown).joined(separator: ", "))")
    }
    if !trial.outputsChangedByFetching.isEmpty {
      let names = trial.outputsChangedByFetching.map(shown).joined(separator: ", ")
      lines.append(
        "fetching inner values changes the bits of \(names): the provider fuses nodes of the plain model")
    }
    if let difference = trial.optimizationDifference { lines += ["", difference.text] }
    return lines
  }

  // MARK: - Outputs

  private func outputTable(_ outputs: [ValueDifference]) -> String {
    let title = [
      "output", "type", "differ", "max abs", "mean abs", "max rel", "mean rel", "max ULP", "judged",
    ]
    let rows = outputs.map { output in
      [
        shown(output.name), shown(output.want), "\(output.differingCount)/\(output.count)",
        short(output.maxAbsolute),
        short(output.meanAbsolute), short(output.maxRelative), short(output.meanRelative),
        output.maxUlp.map { "\($0)" } ?? "·",
        output.isEqual ? "equal" : output.isWithinTolerance ? "within tolerance" : "outside tolerance",
      ]
    }
    return TextTable([title] + rows, left: [0, 1, 8]).text
  }

  private func details(_ output: ValueDifference) -> [String] {
    guard !output.isEqual else { return [] }
    var lines = output.mismatch.map { ["  \($0)"] } ?? []
    if output.got != output.want { lines.append("  got \(output.got), want \(output.want)") }
    if !output.histogram.isEmpty { lines.append("  ULP apart: \(histogram(output))") }
    return lines
  }

  private func histogram(_ output: ValueDifference) -> String {
    output.histogram.map { bin in
      "\(bin.atMost == 0 ? "0" : "≤\(bin.atMost)") \(bin.count)"
    }.joined(separator: ", ")
  }

  private func short(_ number: Double) -> String { number == 0 ? "0" : "\(Float(shortened(number)) ?? 0)" }

  // MARK: - Nodes

  /// How many nodes are shown unless all are asked for.
  private static let shownNodes = 25

  private func nodeLines(_ nodes: [ComparisonReport.NodeComparison]) -> [String] {
    let counts = Dictionary(grouping: nodes, by: \.verdict).sorted { $0.key < $1.key }
    var lines = [
      "", "nodes: " + counts.map { "\($0.value.count) \($0.key.rawValue)" }.joined(separator: ", "),
    ]
    let notable = nodes.filter {
      isVerbose || $0.verdict > .explainedByRounding || $0.verdict == .notCompared
    }
    guard !notable.isEmpty else { return lines }
    let listed = isVerbose ? notable[...] : notable.prefix(Self.shownNodes)
    let title = ["node", "operator", "name", "verdict", "max abs", "max ULP", "of bound", "inherited"]
    let rows = listed.map { node in
      [
        "\(node.index)", shown(node.operatorName), shown(node.name), node.verdict.rawValue,
        short(node.outputs.map(\.maxAbsolute).max() ?? 0),
        node.outputs.compactMap(\.maxUlp).max().map { "\($0)" } ?? "·",
        node.boundShare.map(short) ?? "·", node.inheritedMaxAbsolute.map(short) ?? "·",
      ]
    }
    lines.append(TextTable([title] + rows, left: [1, 2, 3]).text)
    lines += listed.compactMap { node in node.remark.map { "  \(node.index): \($0)" } }
    if listed.count < notable.count { lines.append("… and \(notable.count - listed.count) more (--verbose)") }
    return lines
  }
}
