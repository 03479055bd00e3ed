import Foundation
import Testing

@testable import Conformance

@Suite struct ReportTextTests {
  @Test func snapshots() throws {
    let report = try ReportFixture().report
    try Snapshot.check(report.console(), "console.txt")
    try Snapshot.check(report.console(verbose: true), "console-verbose.txt")
    // The style and script are the same for all pages, and seen working by the browser.
    let body = try #require(report.html.range(of: "<body>"))
    let end = try #require(report.html.range(of: "<script>", range: body.lowerBound..<report.html.endIndex))
    try Snapshot.check(String(report.html[body.lowerBound..<end.lowerBound]), "report.html")
  }

  @Test func aCaseCountsForWhatItExercises() throws {
    let facts = try ReportFixture().report.facts
    #expect(facts["add"]?.operators == ["Add"])
    #expect(facts["abs_expanded"]?.operators == ["Abs"], "an expanded function counts for the function")
    #expect(facts["named"]?.operators == ["Gelu"], "the manifest's word comes first")
    #expect(facts["add"]?.opsets == ["ai.onnx 14"])
    #expect(facts["add_old"]?.opsets == ["ai.onnx 7"])
    #expect(facts["add"]?.elementTypes == ["float"])
  }

  @Test(arguments: [
    ("test_gelu_default_1_expanded", "test_gelu_default_1"),
    ("test_clip_expanded_ver18", "test_clip"), ("test_clip_ver18", nil), ("test_expanded_dims", nil),
    ("test_expand_ver", nil),
  ])
  func expandedFunctionsKnowTheirOriginal(_ name: String, _ original: String?) {
    #expect(CaseFacts.original(of: name) == original)
  }

  @Test func theBoardCountsPassesOfAll() throws {
    let board = try ReportFixture().report.board
    let rows = board.operators.rows.map { [$0.name] + $0.cells.map(\.text) }
    #expect(
      rows == [
        ["Abs", "2/2", "1/2"], ["Add", "2/2", "1/2"], ["Gelu", "1/1", "1/1"], ["Sub", "1/1", "0/1"],
      ])
    #expect(board.opsets.rows.map(\.name) == ["ai.onnx 7", "ai.onnx 14"])
    #expect(board.elementTypes.rows.map { $0.cells.map(\.text) } == [["6/6", "3/6"]])
  }

  @Test func jsonHoldsTheBoard() throws {
    struct Report: Decodable {
      struct Cell: Decodable, Equatable { let passed: Int, cases: Int }
      let board: [String: [String: Cell]]
      let score: Double
    }
    let json = try ReportFixture().report.json()
    let reports = try JSONDecoder().decode([String: [Report]].self, from: Data(json.utf8))["providers"]
    #expect(reports?.map(\.score) == [1, 0.5])
    #expect(reports?.last?.board["operators"]?["Add"] == Report.Cell(passed: 1, cases: 2))
    #expect(reports?.last?.board["opsets"]?["ai.onnx 7"] == Report.Cell(passed: 0, cases: 1))
    #expect(reports?.last?.board["elementTypes"]?["float"] == Report.Cell(passed: 3, cases: 6))
  }

  @Test func partialReportsSaySo() throws {
    let report = try ReportFixture(interrupted: true).report
    #expect(report.console().contains("interrupted: the report is partial"))
    #expect(try report.json().contains("\"interrupted\" : true"))
    #expect(report.junit.contains("interrupted after 4 cases"))
    // Eight results, of which a pass that is not expected fails and one died; two lines, two interruptions.
    #expect(report.junit.contains("<testsuites name=\"own\" tests=\"12\" failures=\"5\" errors=\"1\""))
    #expect(report.html.contains("alpha: interrupted after 4 cases; the report is partial."))
    #expect(report.exitCode == 130)
  }
}

/// The page as a browser shows it.
@Suite(.enabled(if: Browser.program != nil, Browser.isMissing), .serialized) struct HtmlReportTests {
  /// The cells of each table's rows under a section, as texts.
  private func rows(of section: String) -> String {
    """
    [...document.querySelectorAll("#\(section) tbody tr")].map(
      row => [...row.cells].map(cell => cell.textContent.trim().replace(/\\s+/g, " ")))
    """
  }

  @Test func theTablesSayWhatTheDataSay() throws {
    let page = try ReportFixture().report.html
    let (verdicts, console) = try Browser.evaluate(page, rows(of: "verdicts"), as: [[String]].self)
    #expect(console.isEmpty, "\(console)")
    let alpha = ["alpha", "6", "6", "·", "·", "·", "·"]
    let beta = ["beta", "6", "2", "1", "1", "1", "1"]
    #expect(verdicts == [["node"] + alpha, ["node"] + beta, ["all"] + alpha, ["all"] + beta])
    let unexpected = try Browser.evaluate(page, rows(of: "unexpected"), as: [[String]].self).value
    #expect(unexpected.map { $0[0] } == ["abs", "abs_expanded", ReportFixture.hostile, "abs", "gone"])
    #expect(unexpected[1][1...] == ["beta", "✗ crash", "node", "Abs", "ended by SIGSEGV"])
    let known = try Browser.evaluate(page, rows(of: "expected"), as: [[String]].self).value
    #expect(
      known == [
        ["add_old", "beta", "– unsupported", "node", "Add", "a & b, TSN-1no kernel for Add(7)"]
      ])
    let board = try Browser.evaluate(page, rows(of: "board"), as: [[String]].self).value
    #expect(board.prefix(3) == [["Abs", "2/2", "1/2"], ["Add", "2/2", "1/2"], ["Sub", "1/1", "0/1"]])
  }

  @Test func hostileNamesAreText() throws {
    let page = try ReportFixture().report.html
    let (images, console) = try Browser.evaluate(
      page, "document.querySelectorAll('main img, main b').length", as: Int.self)
    #expect(images == 0)
    #expect(console.isEmpty, "\(console)")
  }

  @Test func searchingHidesTheOtherRows() throws {
    let search = """
      (() => {
        const section = document.querySelector("#unexpected");
        const field = section.querySelector("input[type=search]");
        const choice = section.querySelector("select[aria-label=verdict]");
        const shown = () => [...section.querySelector("table").tBodies[0].rows]
          .filter(row => row.getClientRects().length > 0).map(row => row.cells[0].textContent);
        const set = (element, value) => {
          element.value = value;
          element.dispatchEvent(new Event("input", { bubbles: true }));
          return shown();
        };
        return [shown(), set(field, "ABS beta"), set(choice, "✗ crash"), set(field, "")];
      })()
      """
    let (shown, console) = try Browser.evaluate(
      try ReportFixture().report.html, search, as: [[String]].self)
    #expect(console.isEmpty, "\(console)")
    #expect(
      shown == [
        ["abs", "abs_expanded", ReportFixture.hostile], ["abs", "abs_expanded"], ["abs_expanded"],
        ["abs_expanded"],
      ])
  }

  @Test func aBrokenScriptWouldBeSeen() throws {
    let page = try ReportFixture().report.html.replacingOccurrences(
      of: "</main>", with: "</main><script>noSuchName()</script>")
    #expect(!(try Browser.evaluate(page, "1", as: Int.self).console.isEmpty))
  }
}
