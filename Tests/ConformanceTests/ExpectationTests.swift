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
    (#"not JSON"#, "not a JSON object"),
  ])
  func aLineMustBeComplete(_ line: String, _ fragment: String) {
    let error = #expect(throws: CorpusError.self) { try parse("# a comment\n\n" + line) }
    #expect(error?.description.hasPrefix("e.jsonl:3: ") ?? false)
    #expect(error?.description.contains(fragment) ?? false, "\(error?.description ?? "")")
  }

  @Test func aLineIsUsedWhereItsOutcomeOccurs() throws {
    let expectations = try parse(Self.line)
    let none: [String] = []
    #expect(expectations.unused(results: ["test_ab": .wrongValue], others: none).isEmpty)
    #expect(expectations.unused(results: ["test_ab": .pass], others: none).count == 1, "outdated")
    #expect(expectations.unused(results: ["test_ab": .crash], others: none).count == 1, "wrongly optimistic")
    #expect(expectations.unused(results: ["test_b": .wrongValue], others: none).count == 1, "names no case")
    #expect(expectations.unused(results: [:], others: ["test_ab"]).isEmpty, "its case was not selected")
  }

  @Test func aLineMayNameAlternatives() throws {
    let expectations = try parse(
      #"{"provider":"p","versions":"*","case":"c","outcome":"wrong-value","alternatives":"pass crash","reason":"r"}"#
    )
    let line = try #require(expectations.lines.first)
    #expect([Verdict.wrongValue, .pass, .crash].allSatisfy(line.allows))
    #expect(!line.allows(.timeout))
    let none: [String] = []
    #expect(expectations.unused(results: ["c": .pass], others: none).isEmpty)
    #expect(expectations.unused(results: ["c": .timeout], others: none).count == 1)
  }

  @Test func aLineConcernsItsProviderVersionAndCorpus() throws {
    let text =
      #"{"provider":"ort","versions":">=1.20 <1.23","corpus":"onnx","case":"c","outcome":"crash","reason":"r"}"#
    let expectations = try parse(text)
    func count(_ provider: String, _ version: String, _ corpus: String) -> Int {
      expectations.concerning(provider: provider, version: version, corpus: corpus).lines.count
    }
    #expect(count("ort", "1.20.0", "onnx") == 1)
    #expect(count("ort", "1.22.9", "onnx") == 1)
    #expect(count("ort", "1.23", "onnx") == 0)
    #expect(count("ort", "1.19.2", "onnx") == 0)
    #expect(count("openvino", "1.20", "onnx") == 0)
    #expect(count("ort", "1.20", "touchstone") == 0)
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
        name: "c\(index)", kind: "node", folder: "", tolerance: .onnx, dataSets: [], rejection: nil,
        operatorName: nil, hashes: [:])
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
