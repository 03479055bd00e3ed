import Execution
import Foundation
import TensorCore
import Testing

@testable import Conformance
@testable import ModelComparison

/// Where the nodes of a picture stand.
@Suite struct GraphLayoutTests {
  @Test func aChainIsStraightAndABranchIsWide() {
    let chain = GraphLayout(parents: [[], [0], [1]])
    #expect(Set(chain.nodes.map(\.x)).count == 1)
    #expect(chain.nodes.map(\.y) == chain.nodes.map(\.y).sorted())
    let branch = GraphLayout(parents: [[], [0], [0], [1, 2]])
    #expect(branch.nodes[1].y == branch.nodes[2].y)
    #expect(abs(branch.nodes[1].x - branch.nodes[2].x) >= GraphLayout.nodeWidth)
    #expect(branch.edges.count == 4)
  }

  @Test func sourcesStandJustAboveTheirReaders() {
    let layout = GraphLayout(parents: [[], [0], [1], [], [2, 3]])
    #expect(layout.nodes[3].y == layout.nodes[2].y)
  }

  @Test func longEdgesAreLeftOutAndCounted() {
    let layout = GraphLayout(parents: [[]] + (0..<40).map { [$0] } + [[0, 40]])
    #expect(layout.omitted.map { [$0.from, $0.to] } == [[0, 41]])
  }

  @Test func oddGraphsHavePicturesToo() {
    #expect(GraphLayout(parents: []).nodes.isEmpty)
    #expect(GraphLayout(parents: [[1], [0]]).nodes.count == 2, "a cycle, which no valid model has")
  }

  /// A graph of the size of BERT: three parents at most, drawn by a fixed generator.
  @Test func largeGraphsKeepTheirNodesApart() {
    var state: UInt64 = 7
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    let parents = (0..<1_500).map { node in
      node == 0 ? [] : Array(Set((0...next(3)).map { _ in max(0, node - 1 - next(9)) })).sorted()
    }
    let layout = GraphLayout(parents: parents)
    #expect(layout.edges.count + layout.omitted.count == parents.map(\.count).reduce(0, +))
    #expect(layout.edges.allSatisfy { path in zip(path, path.dropFirst()).allSatisfy { $0.y < $1.y } })
    let rows = Dictionary(grouping: layout.nodes, by: \.y).values.map { $0.map(\.x).sorted() }
    #expect(rows.allSatisfy { zip($0, $0.dropFirst()).allSatisfy { $1 - $0 > GraphLayout.nodeWidth } })
    #expect(layout.nodes.allSatisfy { $0.x >= 0 && $0.x + GraphLayout.nodeWidth <= layout.width })
    #expect(GraphLayout(parents: parents).nodes == layout.nodes, "the same graph has the same picture")
  }
}

/// The page of a comparison, as a browser shows it.
@Suite(.enabled(if: Browser.program != nil, Browser.isMissing), .serialized) struct ComparisonPageTests {
  private static let hostile = "relu</text><script>noSuchName()</script>"

  /// Three nodes in a row and two trials; in the first, the second node differs by one unit in the last
  /// place.
  private func report() -> ComparisonReport {
    typealias Node = ComparisonReport.GraphNode
    var report = ComparisonReport(
      model: "models/small<b>.onnx",
      reference: ProviderDescription(name: "touchstone", version: "1", devices: []), tolerance: "onnx",
      inputs: [.init(name: "X", type: "float[4]", origin: "random, seed 0")],
      graph: [
        Node(
          index: 0, name: "conv", opType: "Conv", domain: "", inputs: ["X", "W"], outputs: ["a"],
          attributes: ["group = 1"]),
        Node(
          index: 1, name: Self.hostile, opType: "Relu", domain: "", inputs: ["a"], outputs: ["b"],
          attributes: []),
        Node(
          index: 2, name: "", opType: "Own", domain: "org", inputs: ["b", ""], outputs: ["Y"],
          attributes: []),
      ])
    for level in [0, 99] {
      var trial = ComparisonReport.Trial(
        provider: ProviderDescription(name: "other", version: "2", devices: []), optimizationLevel: level,
        threadCount: 1)
      trial.verdict = level == 0 ? .differs : .equal
      trial.outputs = differences("Y", apart: level == 0)
      trial.nodes = report.graph.map {
        .init(index: $0.index, name: $0.name, operatorName: "\($0.opType)@11")
      }
      trial.nodes[0].verdict = .equal
      trial.nodes[1].verdict = level == 0 ? .differs : .explainedByRounding
      trial.nodes[1].outputs = differences("b", apart: true)
      trial.nodes[1].boundShare = level == 0 ? 8 : 0.5
      trial.nodes[2].remark = "fed <apart>"
      report.trials.append(trial)
    }
    return report
  }

  private func differences(_ name: String, apart: Bool) -> [ValueDifference] {
    let want = Value.tensor(Tensor(floats: [1, 2, 3, 4]))
    let got = Value.tensor(Tensor(floats: [1, apart ? Float(2).nextUp : 2, 3, 4]))
    var criterion = Criterion()
    criterion.tolerance = Tolerance(rtol: 0, atol: 0)
    // Nothing ends this run.
    return (try? ValueDifference.all(got, want, name: name, criterion: criterion)) ?? []
  }

  private static let panel = "document.querySelector('.panel')?.textContent.replace(/\\s+/g, ' ') ?? ''"

  @Test func theTablesSayWhatTheDataSay() throws {
    let rows = """
      [...document.querySelectorAll("#nodes tbody tr")].map(row => [...row.cells].slice(0, -1).map(
        cell => cell.textContent.trim()))
      """
    let (nodes, console) = try Browser.evaluate(report().html, rows, as: [[String]].self)
    #expect(console.isEmpty, "\(console)")
    #expect(
      nodes == [
        ["conv #0", "Conv@11", "= equal", "= equal", "", ""],
        ["\(Self.hostile) #1", "Relu@11", "≠ differs", "~ explained by rounding", "2.39e-07", "8.0"],
        ["#2", "Own@11", "– not compared", "– not compared", "", ""],
      ])
    let outputs = "[...document.querySelectorAll('#outputs tbody tr')].map(row => row.cells[2].textContent)"
    #expect(
      try Browser.evaluate(report().html, outputs, as: [String].self).value == ["≠ differs", "= equal"])
  }

  @Test func aClickOnANodeShowsItsFacts() throws {
    let click = """
      (() => {
        document.querySelector('.graph a[href="#node-1"] rect').dispatchEvent(
          new MouseEvent("click", { bubbles: true, cancelable: true }));
        return \(Self.panel);
      })()
      """
    let (text, console) = try Browser.evaluate(report().html, click, as: String.self)
    #expect(console.isEmpty, "\(console)")
    for part in [
      "Relu@11", Self.hostile, "inputsa", "outputsb", "error over its bound: 8.0",
      "1 of 4 elements differ", "at most 1 ULP", "ULP: 0: 3, 1: 1",
    ] {
      #expect(text.contains(part), "\(part) in \(text)")
    }
  }

  @Test func aFragmentOpensItsNode() throws {
    #expect(try Browser.evaluate(report().html, Self.panel, as: String.self).value.isEmpty)
    let text = try Browser.evaluate(report().html, Self.panel, fragment: "node-2", as: String.self).value
    #expect(text.contains("Own@11 #2") && text.contains("fed <apart>"))
  }

  @Test func theReaderChoosesWhoseVerdictsTheColoursAre() throws {
    let choose = """
      (() => {
        const choice = document.querySelector("#chooser select");
        const seen = () => document.querySelector('.graph a[href="#node-1"]').getAttribute("class")
          + document.querySelector('.graph a[href="#node-1"] .sign').textContent;
        const set = value => {
          choice.value = value;
          choice.dispatchEvent(new Event("input", { bubbles: true }));
          return seen();
        };
        return [seen(), set("1"), set("0"), set("")];
      })()
      """
    let (seen, console) = try Browser.evaluate(report().html, choose, as: [String].self)
    #expect(console.isEmpty, "\(console)")
    #expect(seen == ["d≠", "r~", "d≠", "d≠"])
  }

  @Test func partialReportsAndFailuresSaySo() throws {
    var report = report()
    #expect(!report.html.contains("the report is partial"))
    report.isPartial = true
    report.trials[0].failure = ComparisonReport.Failure(ProviderFailure(.unsupported, "no <b>Own</b>"))
    #expect(report.html.contains("the report is partial"))
    let failure = "[...document.querySelectorAll('#outputs > p')].map(line => line.textContent.trim())"
    #expect(
      try Browser.evaluate(report.html, failure, as: [String].self).value == ["✗ unsupported no <b>Own</b>"])
  }
}
