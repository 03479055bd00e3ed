import Testing

@testable import Conformance

/// The same cases at several levels of optimization. Expected lines: by hand.
@Suite struct LevelComparisonTests {
  /// A run of the fixture's first provider at a level, whose first case has a digest and a verdict.
  private static func run(level: Int, _ digest: String, _ verdict: Verdict = .pass) throws -> RunResult {
    let first = try ReportFixture().report.results[0]
    var report = first.results[0].report
    (report.outputDigest, report.verdict) = (digest, verdict)
    return RunResult(
      provider: first.provider, optimizationLevel: level, corpus: first.corpus, isPartial: true,
      isInterrupted: false, results: [CaseResult(first.results[0].entry, report, nil)],
      unusedExpectations: [],
      wallSeconds: 1, userSeconds: 1, systemSeconds: 0)
  }

  @Test func oneLevelHasNothingToCompare() throws {
    #expect(LevelComparison([try Self.run(level: 1, "a")]) == nil)
  }

  @Test func bitsCountUpToLevelOne() throws {
    let levels = [try Self.run(level: 0, "a"), try Self.run(level: 1, "b"), try Self.run(level: 2, "c")]
    let comparison = try #require(LevelComparison(levels))
    #expect((comparison.verdicts, comparison.digests) == (2, 1))
    #expect(comparison.differences.count == 1)
    #expect(comparison.differences.first?.hasSuffix("at level 1: other bits than at level 0") == true)
  }

  @Test func verdictsCountAtEveryLevel() throws {
    let levels = [try Self.run(level: 0, "a"), try Self.run(level: 99, "a", .wrongValue)]
    let comparison = try #require(LevelComparison(levels))
    #expect(comparison.differences.first?.hasSuffix("at level 99: wrong-value instead of pass") == true)
  }
}
