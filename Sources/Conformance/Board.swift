/// How many cases each provider passes, by what the cases exercise.
struct Board {
  /// Passed cases of all that count in a row.
  struct Cell: Encodable, Equatable {
    var passed = 0
    var cases = 0
    /// `7/8`, or a dot where there is no case.
    var text: String { cases == 0 ? "·" : "\(passed)/\(cases)" }
  }

  /// One operator, operator set or element type.
  struct Row {
    let name: String
    /// One for each provider.
    let cells: [Cell]
    /// Whether providers differ or a case is no pass.
    var isRemarkable: Bool { cells.contains { $0 != cells[0] || $0.passed < $0.cases } }
  }

  /// The rows of one kind.
  struct Section {
    /// What a row stands for, as `operator`.
    let title: String
    let rows: [Row]
    /// The title as one word.
    var id: String { title.replacing(" ", with: "-") }
  }

  let operators: Section
  let opsets: Section
  let elementTypes: Section
  var sections: [Section] { [operators, opsets, elementTypes] }

  /// - Parameter facts: those of each case, by its id.
  init(_ results: [RunResult], facts: [String: CaseFacts]) {
    func section(
      _ title: String, _ names: KeyPath<CaseFacts, [String]>, _ precedes: (String, String) -> Bool
    ) -> Section {
      var rows: [String: [Cell]] = [:]
      for (column, result) in results.enumerated() {
        for entry in result.results {
          for name in facts[entry.id]?[keyPath: names] ?? [] {
            rows[name, default: results.map { _ in Cell() }][column].cases += 1
            if entry.report.verdict.isPass { rows[name]?[column].passed += 1 }
          }
        }
      }
      return Section(
        title: title,
        rows: rows.sorted { precedes($0.key, $1.key) }.map { Row(name: $0.key, cells: $0.value) })
    }
    operators = section("operator", \.operators, <)
    opsets = section("opset", \.opsets, CaseFacts.precedes)
    elementTypes = section("element type", \.elementTypes, <)
  }

  /// The sections as a person reads them: the rows that tell something, or all of them.
  func text(providers: [String], verbose: Bool) -> String {
    sections.map { section in
      let rows = verbose ? section.rows : section.rows.filter(\.isRemarkable)
      let hidden = section.rows.count - rows.count
      let table = [[section.title] + providers] + rows.map { [$0.name] + $0.cells.map(\.text) }
      return (rows.isEmpty ? "" : TextTable(table).text + "\n")
        + (hidden == 0 ? "" : "\(section.title): \(hidden) of \(section.rows.count) pass everything\n")
    }.joined(separator: "\n")
  }
}
