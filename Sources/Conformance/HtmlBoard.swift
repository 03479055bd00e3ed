import Reports

/// The board as tables: what tells something first, the rest on demand.
struct HtmlBoard {
  private let report: ConformanceReport

  init(_ report: ConformanceReport) { self.report = report }

  var html: Html {
    let note: Html = """
      <p class="note">Cases passed of all. A case counts for the operator that it is about, else for every \
      operator in its model; for every operator set that its model imports; and for the element types of its \
      inputs and outputs.</p>

      """
    let width = 12 + 7 * report.results.count
    return """
      \(note)<div class="columns" style="--least: \(width)rem">
      \(report.board.sections.map(section).joined())</div>

      """
  }

  private func section(_ section: Board.Section) -> Html {
    let remarkable = section.rows.filter(\.isRemarkable)
    let others = section.rows.filter { !$0.isRemarkable }
    let all: Html = remarkable.isEmpty ? "All \(others.count)" : "The other \(others.count)"
    let tables =
      (remarkable.isEmpty ? "" : table(section, remarkable))
      + (others.isEmpty ? "" : .folded("\(all) pass everything", table(section, others)))
    return "<div><h3 id=\"by-\(section.id)\">By \(section.title)</h3>\n\(tables)</div>\n"
  }

  private func table(_ section: Board.Section, _ rows: [Board.Row]) -> Html {
    let providers = report.results.map { HtmlTable.Column($0.title, .number) }
    return HtmlTable(
      [HtmlTable.Column(section.title)] + providers,
      rows.map { row in ["\(row.name)"] + row.cells.map(cell) }, searchable: rows.count > 20
    ).html
  }

  private func cell(_ cell: Board.Cell) -> Html {
    let tone: Tone =
      cell.cases == 0 ? .quiet : cell.passed == cell.cases ? .good : cell.passed == 0 ? .bad : .fair
    return "<span class=\"\(tone.rawValue)\">\(cell.text)</span>"
  }
}
