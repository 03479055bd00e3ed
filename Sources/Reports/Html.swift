/// Markup that is safe to show: what stands in a literal is markup, what is interpolated into it is text.
///
/// `"<td>\(name)</td>" as Html` shows a name such as `<script>` as it is spelt.
public struct Html: Sendable {
  /// The markup itself.
  public private(set) var markup: String

  /// Markup that we wrote ourselves, as a style sheet; never text from outside.
  init(trusted markup: String) { self.markup = markup }

  /// Text, escaped for elements and for quoted attributes. Characters that HTML cannot hold become U+FFFD.
  public static func text(_ text: String) -> Html {
    var markup = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": markup += "&amp;"
      case "<": markup += "&lt;"
      case ">": markup += "&gt;"
      case "\"": markup += "&quot;"
      case "'": markup += "&#39;"
      case "\n", "\t": markup.unicodeScalars.append(scalar)
      case _ where scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value):
        markup += "\u{fffd}"
      // A name must not turn the text around it.
      case _ where (0x202a...0x202e).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value):
        markup += "\u{fffd}"
      default: markup.unicodeScalars.append(scalar)
      }
    }
    return Html(trusted: markup)
  }

  public static func + (a: Html, b: Html) -> Html { Html(trusted: a.markup + b.markup) }
  public static func += (a: inout Html, b: Html) { a.markup += b.markup }
}

extension Html: ExpressibleByStringInterpolation {
  public init(stringLiteral value: String) { markup = value }
  public init(stringInterpolation: Interpolation) { markup = stringInterpolation.markup }

  /// Collects literals as markup and values as text.
  public struct Interpolation: StringInterpolationProtocol {
    fileprivate var markup = ""
    public init(literalCapacity: Int, interpolationCount: Int) { markup.reserveCapacity(literalCapacity) }
    public mutating func appendLiteral(_ literal: String) { markup += literal }
    public mutating func appendInterpolation(_ html: Html) { markup += html.markup }
    public mutating func appendInterpolation(_ text: String) { markup += Html.text(text).markup }
    public mutating func appendInterpolation(_ number: some BinaryInteger) { markup += "\(number)" }
  }
}

extension Sequence<Html> {
  /// One after the other.
  public func joined(separator: Html = "") -> Html {
    Html(trusted: map(\.markup).joined(separator: separator.markup))
  }
}
