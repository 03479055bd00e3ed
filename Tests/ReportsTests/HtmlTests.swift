import Testing

@testable import Reports

@Suite struct HtmlTests {
  @Test(arguments: [
    ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
    ("a\" onclick='x' & b", "a&quot; onclick=&#39;x&#39; &amp; b"),
    ("nul\u{0} bell\u{7} next\u{85}", "nul\u{fffd} bell\u{fffd} next\u{fffd}"),
    ("turned \u{202e}txet", "turned \u{fffd}txet"),
    ("é 語 \u{1f600}\n\t", "é 語 \u{1f600}\n\t"),
  ])
  func textIsEscaped(_ text: String, _ markup: String) {
    #expect(Html.text(text).markup == markup)
    #expect(("<b title=\"\(text)\">\(text)</b>" as Html).markup == "<b title=\"\(markup)\">\(markup)</b>")
  }

  @Test func markupStaysMarkup() {
    let inner: Html = "<i>\("&")</i>"
    #expect(("<b>\(inner)\(3)</b>" as Html).markup == "<b><i>&amp;</i>3</b>")
    #expect([inner, "x"].joined(separator: "<br>").markup == "<i>&amp;</i><br>x")
  }

  @Test func tablesHaveHeadsAndFacets() {
    let table = HtmlTable(
      [HtmlTable.Column("a<b"), HtmlTable.Column("n", .number, facet: true)],
      [HtmlTable.Row(["x", "1"], anchor: "x\"y")], searchable: true)
    #expect(
      table.html.markup == """
        <div class="scroll"><table data-search>
        <thead><tr><th scope="col">a&lt;b</th><th scope="col" class="number" data-facet>n</th></tr></thead>
        <tbody>
        <tr id="x&quot;y"><th scope="row">x</th><td class="number">1</td></tr>
        </tbody></table></div>

        """)
  }

  @Test func longTextsAreFoldedAndClipped() {
    #expect(Html.long("short & plain").markup == "short &amp; plain")
    #expect(
      Html.long("first\nsecond").markup
        == "<details><summary>first</summary>\n<pre>first\nsecond</pre></details>\n")
    #expect(Html.long(String(repeating: "x", count: 2_500)).markup.contains("(500 more characters)"))
  }
}
