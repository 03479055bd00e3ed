import Execution
import Foundation
import TestSupport
import Testing

@testable import Conformance

/// Two runs over a corpus of six cases with every sort of result, one bearing a name made to harm.
struct ReportFixture {
  static let hostile = "<img src=x onerror=alert(1)>"
  let scratch: Scratch
  let report: ConformanceReport

  init(interrupted: Bool = false) throws {
    scratch = try Scratch()
    let names = ["add", "add_old", "abs", "abs_expanded", "named", Self.hostile]
    try scratch.write("add", want: [2, 4])
    try scratch.write("add_old", want: [2, 4], opset: 7)
    try scratch.write("abs", want: [1, 2], opType: "Abs")
    try scratch.write("abs_expanded", want: [1, 2], opType: "Max")
    try scratch.write("named", want: [1, 2], opType: "Mul")
    try scratch.write(Self.hostile, want: [1, 2], opType: "Sub")
    try scratch.writeManifest(names, operators: ["named": "Gelu"])
    let corpus = try Corpus(folder: scratch.path)
    let expectations = try Expectations(
      text: """
        {"provider":"beta","versions":"*","case":"add_old","outcome":"unsupported",\
        "reason":"a & b","note":"TSN-1"}
        {"provider":"beta","versions":"*","case":"abs","outcome":"wrong-value","reason":"was wrong before"}
        {"provider":"beta","versions":"*","case":"gone","outcome":"crash","reason":"no such case"}
        """, path: "beta.jsonl")
    let detail = "output 'Y' <b>differs</b>\n  second line"
    let good = corpus.cases.map { CaseResult($0, CaseReport(.pass), nil) }
    let reports: [CaseReport] = [
      CaseReport(.pass), CaseReport(.unsupported, "no kernel for Add(7)"), CaseReport(.pass),
      CaseReport(.crash, "ended by SIGSEGV"), CaseReport(.passWithinSet), CaseReport(.wrongValue, detail),
    ]
    let mixed = zip(corpus.cases, reports).map {
      CaseResult($0, $1, expectations.expected(of: $0))
    }
    func run(_ name: String, _ results: [CaseResult], _ unused: [Conformance.Expectation]) -> RunResult {
      RunResult(
        provider: ProviderDescription(name: name, version: "1.2", devices: ["CPU"]), optimizationLevel: 99,
        corpus: corpus,
        isPartial: false, isInterrupted: interrupted, results: interrupted ? results.dropLast(2) : results,
        unusedExpectations: unused, wallSeconds: 1.5, userSeconds: 2.25, systemSeconds: 0.25)
    }
    report = ConformanceReport([
      run("alpha", good, []), run("beta", mixed, Array(expectations.lines.dropFirst())),
    ])
  }
}

/// Texts that are held against files, which `UPDATE_SNAPSHOTS=1` rewrites.
enum Snapshot {
  static func check(_ text: String, _ name: String, at location: SourceLocation = #_sourceLocation) throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "Snapshots/\(name)")
    if ProcessInfo.processInfo.environment["UPDATE_SNAPSHOTS"] == "1" {
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(text == (try? String(contentsOf: file, encoding: .utf8)), "\(name)", sourceLocation: location)
  }
}
