/// A page that needs nothing but itself: no network, no font, and a script only for searching.
public struct HtmlPage: Sendable {
  public var title: String
  /// The line below the title.
  public var subtitle: String
  /// What the reader must know before anything else, as that the report is partial.
  public var warning: String?
  /// The sections, in order.
  public var sections: [Section] = []
  /// A style of the page's own, beside the common one.
  public var style: Html = ""
  /// A script of the page's own, beside the one for searching.
  public var script: Html = ""
  /// The line at the end.
  public var footer: String

  /// A part of the page under a heading, to which the navigation leads.
  public struct Section: Sendable {
    public var id: String
    public var title: String
    public var content: Html
    public init(id: String, title: String, _ content: Html) {
      self.id = id
      self.title = title
      self.content = content
    }
  }

  public init(title: String, subtitle: String, footer: String) {
    self.title = title
    self.subtitle = subtitle
    self.footer = footer
  }

  /// The page's text. Its policy forbids it to load anything from elsewhere.
  public var text: String {
    let navigation = sections.map { "<a href=\"#\($0.id)\">\($0.title)</a>\n" as Html }.joined()
    let content = sections.map {
      "<section id=\"\($0.id)\">\n<h2>\($0.title)</h2>\n\($0.content)</section>\n" as Html
    }.joined()
    let page: Html = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" \
      content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
      <link rel="icon" href="data:,">
      <title>\(title)</title>
      <style>
      \(Self.style)\(style)</style>
      </head>
      <body>
      <header>
      <h1>\(title)</h1>
      <p>\(subtitle)</p>
      <nav>
      \(navigation)</nav>
      </header>
      <main>
      \(warning.map { "<p class=\"warning\" role=\"alert\"><strong>△</strong> \($0)</p>\n" as Html } ?? "")\
      \(content)</main>
      <footer>\(footer)</footer>
      <script>
      \(Self.searching)\(script)</script>
      </body>
      </html>

      """
    return page.markup
  }
}

/// How good or bad something is, for its colour; a sign and a word always say it too.
public enum Tone: String, Sendable {
  case good, fair, bad, quiet

  /// The sign that stands before the word.
  var sign: String {
    switch self {
    case .good: "✓"
    case .fair: "≈"
    case .bad: "✗"
    case .quiet: "–"
    }
  }

  /// A word with a sign, in its colour.
  ///
  /// - Parameter sign: what stands before it; nil for that of the tone.
  public func badge(_ word: String, sign: String? = nil) -> Html {
    "<span class=\"badge \(rawValue)\"><i aria-hidden=\"true\">\(sign ?? self.sign)</i> \(word)</span>"
  }
}

extension Html {
  /// What is shown only on demand.
  public static func folded(_ summary: Html, _ content: Html) -> Html {
    "<details><summary>\(summary)</summary>\n\(content)</details>\n"
  }

  /// A text that may be long: its first line, and the rest on demand.
  ///
  /// - Parameter limit: characters that are shown of it at most; the last line then says how many are not.
  public static func long(_ text: String, limit: Int = 2_000) -> Html {
    let shown =
      text.count > limit ? "\(text.prefix(limit))…\n(\(text.count - limit) more characters)" : text
    let first = shown.prefix { $0 != "\n" }
    guard first.count < shown.count || first.count > 160 else { return .text(shown) }
    return folded("\(first.count > 160 ? "\(first.prefix(150))…" : String(first))", "<pre>\(shown)</pre>")
  }

  /// Parts of a whole as a bar, each with its share, tone and label.
  public static func bar(_ parts: [(count: Int, tone: Tone, label: String)]) -> Html {
    let pieces = parts.filter { $0.count > 0 }.map {
      "<span class=\"\($0.tone.rawValue)\" style=\"flex-grow:\($0.count)\" title=\"\($0.label)\"></span>"
        as Html
    }
    return "<div class=\"bar\" aria-hidden=\"true\">\(pieces.joined())</div>\n"
  }
}
