import Execution
import Foundation
import Reports

/// What `touchstone bench` found.
struct Answer: Encodable {
  let model: String
  let instructionSet: String
  let threads: Int
  /// Seconds until the session was ready.
  let load: Double
  let own: Times
  /// The most memory that the process has had.
  let peakBytes: Int
  var against: String?
  var againstLoad: Double?
  var rival: Times?
  /// Own time by the rival's, of neighbouring runs.
  var ratio: Spread?
  var operators: [OperatorTime]?

  var text: String {
    var lines = [
      "\(model)  \(instructionSet), \(threads) thread\(threads == 1 ? "" : "s")",
      "touchstone  \(own.text), loaded in \(milliseconds(load)), peak \(peakBytes >> 20) MiB",
    ]
    if let against, let rival, let ratio {
      lines.append("\(against)  \(rival.text), loaded in \(milliseconds(againstLoad ?? 0))")
      lines.append(
        String(format: "ratio  %.2f (%.2f to %.2f in the middle half)", ratio.median, ratio.low, ratio.high))
    }
    if let operators { lines += OperatorTime.lines(operators) }
    return lines.joined(separator: "\n")
  }
}

private func milliseconds(_ seconds: Double) -> String { String(format: "%.2f ms", seconds * 1_000) }

/// Seconds of several runs.
struct Times: Encodable {
  let runs: Int
  let median: Double
  /// What 95 of 100 runs stayed within.
  let p95: Double
  let runsPerSecond: Double

  init(_ seconds: [Double]) {
    let sorted = seconds.sorted()
    runs = sorted.count
    median = quantile(sorted, 0.5)
    p95 = quantile(sorted, 0.95)
    runsPerSecond = Double(runs) / max(sorted.reduce(0, +), .leastNonzeroMagnitude)
  }

  var text: String {
    "median \(milliseconds(median)), p95 \(milliseconds(p95)), "
      + String(format: "%.1f runs a second (%d runs)", runsPerSecond, runs)
  }
}

/// The middle of several numbers, and where their middle half lies.
struct Spread: Encodable {
  let low: Double
  let median: Double
  let high: Double

  init(_ numbers: [Double]) {
    let sorted = numbers.sorted()
    (low, median, high) = (quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75))
  }
}

/// The number that `share` of the sorted ones lie below; 0 of none.
private func quantile(_ sorted: [Double], _ share: Double) -> Double {
  sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
}

/// What the nodes of one kind take in a run.
struct OperatorTime: Encodable {
  let opType: String
  /// Nil for the definition.
  let kernel: String?
  let count: Int
  /// Seconds, without those of the graphs within.
  let seconds: Double
  let outputBytes: Int

  /// The dearest first.
  static func table(of entries: [RunProfile.Entry]) -> [OperatorTime] {
    let groups = Dictionary(grouping: entries) { "\($0.opType) \($0.kernel ?? "")" }
    return groups.values.map { entries in
      OperatorTime(
        opType: entries[0].opType, kernel: entries[0].kernel, count: entries.count,
        seconds: entries.reduce(0) { $0 + ($1.duration - $1.inner) / .seconds(1) },
        outputBytes: entries.reduce(0) { $0 + $1.outputBytes })
    }.sorted { ($0.seconds, $0.opType) > ($1.seconds, $1.opType) }
  }

  static func lines(_ table: [OperatorTime]) -> [String] {
    let whole = max(table.reduce(0) { $0 + $1.seconds }, .leastNonzeroMagnitude)
    return table.map { row in
      String(
        format: "%6.1f %% %10.3f ms %5d × ", 100 * row.seconds / whole, row.seconds * 1_000, row.count)
        + "\(row.opType)  [\(row.kernel ?? "definition")]  \(row.outputBytes >> 10) KiB"
    }
  }
}

/// A run as the trace events that Perfetto and the tracing pages of browsers read.
enum TraceFile {
  private struct Event: Encodable {
    let name: String
    let cat: String
    private(set) var ph = "X"
    let ts: Double
    let dur: Double
    private(set) var pid = 1
    private(set) var tid = 1
    let args: [String: String]
  }

  static func text(_ entries: [RunProfile.Entry]) throws -> String {
    try jsonText([
      "traceEvents": entries.sorted { $0.start < $1.start }.map { entry in
        Event(
          name: entry.name.isEmpty ? entry.opType : "\(entry.opType) \(entry.name)",
          cat: entry.kernel == nil ? "definition" : "kernel", ts: entry.start / .microseconds(1),
          dur: entry.duration / .microseconds(1),
          args: [
            "kernel": entry.kernel ?? "", "at": entry.path.joined(separator: " › "),
            "bytes": "\(entry.outputBytes)",
          ])
      }
    ])
  }
}
