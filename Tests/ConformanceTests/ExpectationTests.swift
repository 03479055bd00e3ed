import Execution
import Testing

@testable import Conformance

/// What a line must say, and what makes it fail a run.
@Suite struct ExpectationTests {
  private static let line =
    #"{"provider":"touchstone","versions":"*","case":"test_a*","outcome":"wrong-value","reason":"known"}"#

  private func parse(_ text: String) throws -> Expectations { try Expectations(text: text, path: "e.jsonl") }

  @Test(arguments: [
    (#"{"provider":"p","versions":"*","case":"c","outcome":"crash"}"#, "without a reason"),
    (#"{"provider":"p","versions":"*","case":"c","outcome":"crash","reason":" "}"#, "without a reason"),
    (#"{"provider":"p","versions":"*","case":"c","outcome":"pass","reason":"r"}"#, "must be one of"),
    (#"{"provider":"p","versions":"*","case":"c","outcome":"explodes","reason":"r"}"#, "must be one of"),
    (#"{"provider":"p","versions":"1.x","case":"c","outcome":"crash","reason":"r"}"#, "comparisons"),
    (#"{"provider":"p","case":"c","outcome":"crash","reason":"r"}"#, "'versions' is missing"),
    (#"{"provider":"p","versions":"*","case":"c","outcome":"crash","reason":"r","why":"x"}"#, "'why'"),
    (
      #"{"provider":"p","versions":"*","case":"c","outcome":"crash","alternatives":"x","reason":"r"}"#,
      "the alternative is 'x'"
    ),
    (
      #"{"provider":"p","versions":"*","case":"c","outcome":"crash","alternatives":"crash","reason":"r"}"#,
      "another one of"
    ),
    (
      #"{"provider":"p","versions":"*","releases":"old","case":"c","outcome":"crash","reason":"r"}"#,
      "releases are 'old'"
    ),
    (#"not JSON"#, "not a JSON object"),
  ])
  func aLineMustBeComplete(_ line: String, _ fragment: String) {
    let error = #expect(throws: CorpusError.self) { try parse("# a comment\n\n" + line) }
    #expect(error?.description.hasPrefix("e.jsonl:3: ") ?? false)
    #expect(error?.description.contains(fragment) ?? false, "\(error?.description ?? "")")
  }

  @Test func aLineIsUsedWhereItsOutcomeOccurs() throws {
    let expectations = try parse(Self.line)
    func unused(_ name: String, _ verdict: Verdict) -> Int {
      let entry = entry(name)
      let result = CaseResult(entry, CaseReport(verdict), expectations.expected(of: entry))
      return expectations.unused(results: [result], others: []).count
    }
    #expect(unused("test_ab", .wrongValue) == 0)
    #expect(unused("test_ab", .pass) == 1, "outdated")
    #expect(unused("test_ab", .crash) == 1, "wrongly optimistic")
    #expect(unused("test_b", .wrongValue) == 1, "names no case")
    #expect(expectations.unused(results: [], others: [entry("test_ab")]).isEmpty, "its case was not selected")
  }

  @Test func aLineMayNameAlternatives() throws {
    let expectations = try parse(
      #"{"provider":"p","versions":"*","case":"c","outcome":"wrong-value","alternatives":"pass crash","reason":"r"}"#
    )
    let line = try #require(expectations.lines.first)
    #expect([Verdict.wrongValue, .pass, .crash].allSatisfy(line.allows))
    #expect(!line.allows(.timeout))
    func unused(_ verdict: Verdict) -> Int {
      let result = CaseResult(entry("c"), CaseReport(verdict), line)
      return expectations.unused(results: [result], others: []).count
    }
    #expect(unused(.pass) == 0)
    #expect(unused(.timeout) == 1)
  }

  @Test func aLineConcernsItsProviderVersionAndCorpus() throws {
    let text =
      #"{"provider":"ort","versions":">=1.20 <1.23","corpus":"onnx","case":"c","outcome":"crash","reason":"r"}"#
    let expectations = try parse(text)
    func count(_ provider: String, _ version: String, _ corpus: String) -> Int {
      let provider = ProviderDescription(name: provider, version: version, devices: [])
      return expectations.concerning(provider: provider, corpus: self.corpus(corpus, "1.9.0")).lines.count
    }
    #expect(count("ort", "1.20.0", "onnx") == 1)
    #expect(count("ort", "1.22.9", "onnx") == 1)
    #expect(count("ort", "1.23", "onnx") == 0)
    #expect(count("ort", "1.19.2", "onnx") == 0)
    #expect(count("openvino", "1.20", "onnx") == 0)
    #expect(count("ort", "1.20", "touchstone") == 0)
  }
}

/// Lines for some releases of a corpus.
extension ExpectationTests {
  private static let oldLine =
    #"{"provider":"p","versions":"*","corpus":"onnx","releases":">=1.5 <1.9","case":"c","outcome":"crash","reason":"r"}"#

  private func entry(_ name: String, _ releases: String...) -> ConformanceCase {
    ConformanceCase(
      name: name, kind: "node", folder: "", tolerance: .onnx, dataSets: [],
      sources: releases.map { CorpusRelease(corpus: "onnx", release: $0) })
  }

  private func corpus(_ name: String, _ release: String) -> Corpus {
    let source = CorpusRelease(corpus: name, release: release)
    return Corpus(name: name, release: release, declaredCount: 0, cases: [], parts: [source])
  }

  @Test func aLineMayBeForSomeReleases() throws {
    let provider = ProviderDescription(name: "p", version: "1", devices: [])
    let expectations = try parse(Self.oldLine)
    for (release, count) in [("1.4.1", 0), ("1.5.0", 1), ("1.8.1", 1), ("1.9.0", 0), ("1.10.2", 0)] {
      #expect(
        expectations.concerning(provider: provider, corpus: corpus("onnx", release)).lines.count == count)
      #expect((expectations.expected(of: entry("c", release)) == nil) == (count == 0))
    }
    #expect(expectations.concerning(provider: provider, corpus: corpus("own", "1.5.0")).lines.isEmpty)
  }

  @Test func aLineSpeaksOfACaseInAllItsReleasesOrNotAtAll() throws {
    let expectations = try parse(Self.oldLine)
    #expect(expectations.expected(of: entry("c", "1.5.0", "1.8.1")) != nil)
    #expect(expectations.expected(of: entry("c", "1.8.1", "1.9.0")) == nil)
  }
}

/// The names that a filter means, and the parts of a sharded run.
@Suite struct SelectionTests {
  @Test(arguments: [
    ("add", "test_add_bcast", true), ("test_add*", "test_add_bcast", true), ("test_add", "test_mul", false),
    ("add*", "test_add", false), ("test_?dd", "test_add", true), ("*a*b*c", "xaybzc", true),
    ("*a*b*c", "xaybz", false),
    ("^test_(add|mul)$", "test_mul", true), ("^test_(add|mul)$", "test_mul_x", false),
  ])
  func patterns(_ pattern: String, _ name: String, _ matches: Bool) {
    #expect(Pattern(pattern)?.matches(name) == matches)
  }

  @Test func aMalformedPatternIsNone() { #expect(Pattern("(") == nil) }

  @Test func shardsTogetherAreAllCases() {
    let cases = (0..<7).map { index in
      ConformanceCase(
        name: "c\(index)", kind: "node", folder: "", tolerance: .onnx, dataSets: [])
    }
    let parts = (1...3).map { Selection(shard: Shard("\($0)/3")).apply(to: cases).map(\.name) }
    #expect(parts == [["c0", "c3", "c6"], ["c1", "c4"], ["c2", "c5"]])
    #expect(Shard("0/3") == nil)
    #expect(Shard("4/3") == nil)
    #expect(Shard("1/0") == nil)
  }

  @Test func dataSetsAreOrderedByNumber() {
    let files =
      ["model.onnx"] + (0..<11).map { "test_data_set_0/input_\($0).pb" } + ["test_data_set_1/output_0.pb"]
    let sets = ConformanceCase.dataSets(in: files.shuffled())
    #expect(sets.map(\.name) == ["test_data_set_0", "test_data_set_1"])
    #expect(sets[0].inputs.last == "test_data_set_0/input_10.pb")
    #expect(sets[1].outputs == ["test_data_set_1/output_0.pb"])
  }
}
