import Execution

/// What became of the same cases on one provider at several levels of optimization.
struct LevelComparison {
  /// A line for each case and level whose verdict is not that of the lowest level, or whose bits are not, where
  /// both levels promise to keep them.
  let differences: [String]
  /// How many cases and levels were held against the lowest one: by verdict, and bit by bit.
  private(set) var verdicts = 0
  private(set) var digests = 0

  /// - Parameter results: of one provider; nil where they are of one level.
  init?(_ results: [RunResult]) {
    let sorted = results.sorted { $0.optimizationLevel < $1.optimizationLevel }
    guard let first = sorted.first, sorted.count > 1 else { return nil }
    let lowest = Dictionary(first.results.map { ($0.id, $0.report) }) { report, _ in report }
    var differences: [String] = []
    for result in sorted.dropFirst() {
      let keepsBits = result.optimizationLevel <= GraphOptimizationLevel.basic.rawValue
      for entry in result.results {
        guard let low = lowest[entry.id] else { continue }
        let place = "\(entry.kind)/\(entry.name) at level \(result.optimizationLevel)"
        verdicts += 1
        if entry.report.verdict != low.verdict {
          differences.append("\(place): \(entry.report.verdict.rawValue) instead of \(low.verdict.rawValue)")
        }
        guard keepsBits, let want = low.outputDigest, let got = entry.report.outputDigest else { continue }
        digests += 1
        if got != want { differences.append("\(place): other bits than at level \(first.optimizationLevel)") }
      }
    }
    self.differences = differences
  }

  var text: String {
    let counts =
      "levels of optimization: \(verdicts) verdicts and \(digests) outputs bit by bit held against "
      + "those of the lowest level, \(differences.count) differ"
    return (differences + [counts]).joined(separator: "\n") + "\n"
  }
}
