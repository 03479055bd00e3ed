import Foundation
import GraphIR
import ModelFile
import TensorCore
import TestSupport
import Testing

@testable import Conformance

/// Several releases of a corpus in one run.
@Suite(.serialized) struct MergedCorpusTests {
  /// Releases 1.2.3, 1.9.0 and 1.10.0. Case `kept` is the same in all, `fixed` was wrong before 1.10.0, `gone` is
  /// in the oldest and `new` in the newest.
  private struct Fixture {
    let folders: [Scratch]
    let corpus: Corpus

    init() throws {
      let contents: [(release: String, cases: [(name: String, want: [Float], hash: String)])] = [
        ("1.10.0", [("kept", [2, 4], "k"), ("fixed", [2, 4], "right"), ("new", [2, 4], "n")]),
        ("1.2.3", [("kept", [2, 4], "k"), ("fixed", [2, 5], "wrong"), ("gone", [2, 4], "g")]),
        ("1.9.0", [("kept", [2, 4], "k"), ("fixed", [2, 5], "wrong")]),
      ]
      folders = try contents.map { release, cases in
        let scratch = try Scratch()
        for entry in cases { try scratch.write(entry.name, want: entry.want) }
        try scratch.writeManifest(
          cases.map(\.name), release: release,
          hashes: Dictionary(uniqueKeysWithValues: cases.map { ($0.name, $0.hash) }))
        return scratch
      }
      corpus = try Corpus(merging: folders.map { try Corpus(folder: $0.path) })
    }

    func run(_ expectations: String = "") throws -> RunResult {
      var run = ConformanceRun(
        corpus: corpus, provider: TouchstoneProvider(kernels: nil).description,
        launch: try TestProgram.launch())
      run.jobs = 1
      run.expectations = try Expectations(text: expectations, path: "e.jsonl")
      return try run.run()
    }
  }

  private static let line =
    #"{"provider":"touchstone*","versions":"*","releases":"<1.10","case":"fixed","outcome":"wrong-value","reason":"r"}"#

  @Test func distinctCasesStandOnce() throws {
    let corpus = try Fixture().corpus
    #expect(corpus.cases.map(\.id) == ["kept", "fixed@1.9.0", "gone", "fixed", "new"])
    #expect(
      corpus.cases.map(corpus.releases) == ["1.2.3–1.10.0", "1.2.3–1.9.0", "1.2.3", "1.10.0", "1.10.0"])
    #expect(corpus.parts.map(\.release) == ["1.2.3", "1.9.0", "1.10.0"])
    #expect(corpus.declaredCount == 5)
    #expect(corpus.release == "in 3 releases from 1.2.3 to 1.10.0")
  }

  @Test func releasesThatHoldACaseNeedNotBeNeighbours() throws {
    let sources = ["1.2.3", "1.9.0", "1.10.0"].map { CorpusRelease(corpus: "own", release: $0) }
    let corpora = sources.enumerated().map { index, source in
      let entry = ConformanceCase(
        name: "c", kind: "node", folder: "", tolerance: .onnx, dataSets: [],
        hashes: ["model.onnx": "\(index % 2)"],
        sources: [source])
      return Corpus(
        name: "own", release: source.release, declaredCount: 1, cases: [entry], parts: [source])
    }
    let merged = try Corpus(merging: corpora)
    #expect(merged.cases.map(merged.releases) == ["1.2.3, 1.10.0", "1.9.0"])
    #expect(merged.cases.map(\.id) == ["c", "c@1.9.0"])
    #expect(throws: CorpusError.self) { try Corpus(merging: [corpora[0], corpora[0]]) }
    #expect(throws: CorpusError.self) { try Corpus(merging: []) }
    #expect(try !Corpus(merging: [corpora[0]]).isMerged)
  }

  @Test func aCaseCountsInEveryReleaseThatHoldsIt() throws {
    let result = try Fixture().run()
    #expect(result.results.map(\.report.verdict) == [.pass, .wrongValue, .pass, .pass, .pass])
    let totals = result.releaseTable.map { [$0.counts.passed, $0.counts.total] }
    #expect(totals == [[2, 3], [1, 2], [3, 3]])
    #expect(result.exitCode == 1)
    #expect(!result.hasTooFewCases)
  }

  @Test func expectationsMayBeForTheOldReleases() throws {
    let fixture = try Fixture()
    #expect(try fixture.run(Self.line).exitCode == 0)
    let tooWide = Self.line.replacing("<1.10", with: "*")
    #expect(try fixture.run(tooWide).unexpected.map(\.id) == ["fixed"], "the corrected case passes")
    let tooNarrow = Self.line.replacing("<1.10", with: "<1.9")
    let result = try fixture.run(tooNarrow)
    #expect(result.unexpected.map(\.id) == ["fixed@1.9.0"])
    #expect(result.unusedExpectations.count == 1, "it does not hold in every release of the case")
  }

  @Test func everyReportHasTheReleases() throws {
    let report = ConformanceReport([try Fixture().run(Self.line)])
    let console = report.console(verbose: true)
    #expect(console.contains("release       cases  pass  wrong-value"))
    #expect(console.contains("own 1.2.3         3     2            1"))
    #expect(console.contains("all distinct      5     4            1"))
    #expect(console.contains("score: 4 of 5 (80.00 %), corpus own in 3 releases from 1.2.3 to 1.10.0"))
    struct Json: Decodable {
      struct Release: Decodable { let release: String, cases: Int, passed: Int }
      struct Entry: Decodable { let name: String, releases: [String] }
      let releases: [Release]
      let results: [Entry]
    }
    let json = try JSONDecoder().decode(Json.self, from: Data(try report.json().utf8))
    #expect(json.releases.map { [$0.cases, $0.passed] } == [[3, 2], [2, 1], [3, 3]])
    #expect(json.results.map(\.releases).first == ["1.2.3", "1.9.0", "1.10.0"])
    #expect(report.junit.contains(#"<property name="own 1.9.0" value="1 of 2 passed"/>"#))
    #expect(report.junit.contains(#"name="fixed@1.9.0""#))
    #expect(report.html.contains("Verdicts by release"))
    #expect(report.html.contains("<td>1.2.3–1.9.0</td>"))
  }

  @Test func unexpectedCasesNameTheirReleases() throws {
    let console = ConformanceReport([try Fixture().run()]).console()
    #expect(console.contains("wrong-value  node/fixed (1.2.3–1.9.0)"))
  }

  /// Files of old releases write the bits of bfloat16 as uint16.
  @Test func bitsOfBfloat16() throws {
    let scratch = try Scratch()
    let file = scratch.path + "/input_0.pb"
    try OnnxFile.writeTensor(Tensor(.uint16, shape: [2], wrapping: [0x3fc0, 0xc000]), to: file)
    func read(_ type: ElementType) throws -> Value? {
      let input = ValueInfo(name: "X", type: .tensor(type, [2]))
      let model = Model(
        irVersion: 7, opsetImports: [], graph: Graph(name: "g", nodes: [], inputs: [input], outputs: []))
      let set = ConformanceCase.DataSet(name: "s", inputs: ["input_0.pb"])
      return try CaseValues(model: model, folder: scratch.path).inputs(of: set)["X"]
    }
    guard case .tensor(let bits)? = try read(.bfloat16), case .tensor(let words)? = try read(.uint16) else {
      Issue.record("no tensors")
      return
    }
    #expect(bits.elementType == .bfloat16 && bits.doubles() == [1.5, -2])
    #expect(words.elementType == .uint16)
  }
}
