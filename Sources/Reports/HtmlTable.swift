/// A table with a head; it scrolls sideways where it does not fit.
public struct HtmlTable: Sendable {
  /// The head of a column.
  public struct Column: Sendable {
    public var title: String
    /// Numbers stand to the right.
    public var isNumeric: Bool
    /// Whether the reader may choose among the column's values.
    public var isFacet: Bool

    public init(_ title: String, numeric: Bool = false, facet: Bool = false) {
      self.title = title
      isNumeric = numeric
      isFacet = facet
    }
  }

  /// A row, with the fragment by which it is found.
  public struct Row: Sendable {
    public var cells: [Html]
    public var anchor: String?

    public init(_ cells: [Html], anchor: String? = nil) {
      self.cells = cells
      self.anchor = anchor
    }
  }

  public var columns: [Column]
  public var rows: [Row]
  /// Whether the page offers to search the rows.
  public var isSearchable: Bool

  public init(_ columns: [Column], _ rows: [Row], searchable: Bool = false) {
    self.columns = columns
    self.rows = rows
    isSearchable = searchable
  }

  public init(_ columns: [Column], _ rows: [[Html]], searchable: Bool = false) {
    self.init(columns, rows.map { Row($0) }, searchable: searchable)
  }

  /// The markup; a row's first cell is its head.
  public var html: Html {
    let head = columns.map { column -> Html in
      let style: Html = column.isNumeric ? " class=\"number\"" : ""
      return "<th scope=\"col\"\(style)\(column.isFacet ? " data-facet" : "" as Html)>\(column.title)</th>"
    }
    let body = rows.map { row -> Html in
      let anchor = row.anchor.map { " id=\"\($0)\"" as Html } ?? ""
      return
        "<tr\(anchor)>\(zip(columns, row.cells).enumerated().map { cell($1.1, $1.0, $0) }.joined())</tr>\n"
    }
    return """
      <div class="scroll"><table\(isSearchable ? " data-search" : "" as Html)>
      <thead><tr>\(head.joined())</tr></thead>
      <tbody>
      \(body.joined())</tbody></table></div>

      """
  }

  private func cell(_ content: Html, _ column: Column, _ index: Int) -> Html {
    if index == 0 { return "<th scope=\"row\">\(content)</th>" }
    return column.isNumeric ? "<td class=\"number\">\(content)</td>" : "<td>\(content)</td>"
  }
}
