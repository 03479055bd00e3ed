import Reports

/// The graph as a picture, each node in the colour of its verdict and a link to what is known of it.
struct HtmlGraph {
  let report: ComparisonReport
  /// What each trial says of each node, by the node's position.
  let verdicts: [[ComparisonReport.NodeVerdict]]

  var html: Html {
    let layout = GraphLayout(report.graph)
    let edges = layout.edges.map { "<path d=\"\(Self.path($0))\"/>\n" as Html }.joined()
    let nodes = report.graph.indices.map { node($0, at: layout.nodes[$0]) }.joined()
    let (width, height) = (Int(layout.width), Int(layout.height))
    let note: Html =
      layout.omitted.isEmpty
      ? "" : "<p class=\"note\">\(layout.omitted.count) edges over many layers are left out.</p>\n"
    return """
      \(legend)\(note)<div class="stage"><div class="graph" tabindex="0" aria-label="The graph">
      <svg width="\(width)" height="\(height)" viewBox="0 0 \(width) \(height)">
      <g class="edges">
      \(edges)</g>
      \(nodes)</svg></div></div>

      """
  }

  private var legend: Html {
    let badges = ComparisonReport.NodeVerdict.allCases.map(\.badge).joined(separator: " ")
    return "<p class=\"note\">\(badges). A node leads to its row in the table of nodes.</p>\n"
  }

  private func node(_ position: Int, at place: GraphLayout.Point) -> Html {
    let node = report.graph[position]
    // With several trials the picture begins with the gravest verdict of each node.
    let verdict = verdicts[position].max { $0.gravity < $1.gravity } ?? .notCompared
    let codes = verdicts[position].map { "\($0.code)" }.joined()
    let title = node.opType.count > 17 ? "\(node.opType.prefix(16))…" : node.opType
    let name = node.name.isEmpty ? "#\(node.index)" : node.name
    let label = name.count > 20 ? "…\(name.suffix(19))" : name
    return """
      <a href="#node-\(node.index)" class="\(verdict.code)" data-v="\(codes)" \
      transform="translate(\(Int(place.x)) \(Int(place.y)))"><rect width="\(Int(GraphLayout.nodeWidth))" \
      height="\(Int(GraphLayout.nodeHeight))" rx="4"/><text x="8" y="15">\
      <tspan class="sign">\(verdict.sign)</tspan> \(title)</text>\
      <text x="8" y="29" class="name">\(label)</text><title>\(node.opType) \(name)</title></a>

      """
  }

  /// Curves that leave and reach every point vertically.
  private static func path(_ points: [GraphLayout.Point]) -> String {
    guard var last = points.first else { return "" }
    var path = "M\(Int(last.x)) \(Int(last.y))"
    for point in points.dropFirst() {
      let middle = Int((last.y + point.y) / 2)
      path +=
        point.x == last.x
        ? "V\(Int(point.y))"
        : "C\(Int(last.x)) \(middle) \(Int(point.x)) \(middle) \(Int(point.x)) \(Int(point.y))"
      last = point
    }
    return path
  }
}

extension ComparisonReport.NodeVerdict {
  /// How good a verdict is.
  var tone: Tone {
    switch self {
    case .equal: .good
    case .withinTolerance, .explainedByRounding, .withinSet: .fair
    case .differs: .bad
    case .folded, .notCompared: .quiet
    }
  }

  var sign: String {
    switch self {
    case .equal: "="
    case .withinTolerance: "≈"
    case .explainedByRounding: "~"
    case .withinSet: "∈"
    case .differs: "≠"
    case .folded: "·"
    case .notCompared: "–"
    }
  }

  /// One letter for classes and data in the page.
  var code: String {
    switch self {
    case .equal: "e"
    case .withinTolerance: "w"
    case .explainedByRounding: "r"
    case .withinSet: "s"
    case .differs: "d"
    // Folded constants look like what was not compared.
    case .folded, .notCompared: "n"
    }
  }

  var words: String { rawValue.replacing("-", with: " ") }
  var badge: Html { tone.badge(words, sign: sign) }

  /// Where a node has several verdicts, the one of the greatest gravity counts.
  var gravity: Int {
    switch self {
    case .notCompared: 0
    case .folded: 1
    case .equal: 2
    case .withinSet: 3
    case .withinTolerance: 4
    case .explainedByRounding: 5
    case .differs: 6
    }
  }
}
