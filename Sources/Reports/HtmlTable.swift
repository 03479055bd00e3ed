/// A table with a head; it scrolls sideways where it does not fit.
public struct HtmlTable: Sendable {
  /// The head of a column.
  public struct Column: Sendable {
    public var title: String
    public var kind: Kind
    /// Whether the reader may choose among the column's values.
    public var isFacet: Bool

    /// What stands in the column, for how it is set.
    public enum Kind: Sendable {
      case word
      /// A name that is long at times, which may be broken anywhere.
      case name
      /// Sentences, which may be broken anywhere.
      case text
      /// Set to the right.
      case number

      fileprivate var attribute: Html {
        switch self {
        case .word: ""
        case .name: " class=\"name\""
        case .text: " class=\"text\""
        case .number: " class=\"number\""
        }
      }
    }

    public init(_ title: String, _ kind: Kind = .word, facet: Bool = false) {
      self.title = title
      self.kind = kind
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

  /// Rows with sentences stand below one another, cell by cell, where the page is narrow.
  private var isList: Bool { columns.contains { $0.kind == .text } }

  /// The markup; a row's first cell is its head.
  public var html: Html {
    let head = columns.map { column -> Html in
      let facet: Html = column.isFacet ? " data-facet" : ""
      return "<th scope=\"col\"\(column.kind.attribute)\(facet)>\(column.title)</th>"
    }
    let body = rows.map { row -> Html in
      let anchor = row.anchor.map { " id=\"\($0)\"" as Html } ?? ""
      return
        "<tr\(anchor)>\(zip(columns, row.cells).enumerated().map { cell($1.1, $1.0, $0) }.joined())</tr>\n"
    }
    let style: Html = isList ? " class=\"list\"" : ""
    return """
      <div class="scroll"><table\(style)\(isSearchable ? " data-search" : "" as Html)>
      <thead><tr>\(head.joined())</tr></thead>
      <tbody>
      \(body.joined())</tbody></table></div>

      """
  }

  private func cell(_ content: Html, _ column: Column, _ index: Int) -> Html {
    if index == 0 { return "<th scope=\"row\">\(content)</th>" }
    let label: Html = isList && column.kind == .number ? " data-label=\"\(column.title)\"" : ""
    return "<td\(column.kind.attribute)\(label)>\(content)</td>"
  }
}
