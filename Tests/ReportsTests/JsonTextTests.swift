import Foundation
import Reports
import Testing

/// Results as JSON.
@Suite struct JsonTextTests {
  @Test func nothingSteersATerminalAndNothingIsLost() throws {
    let value = ["b": "a\u{202e}\u{9b}2J\u{1b}\n\u{7f}", "a": "漢/é"]
    let text = try jsonText(value)
    #expect(text.hasPrefix("{\n  \"a\" : \"漢/é\",\n  \"b\" : \"a\\u202e\\u009b2J"), "\(text)")
    #expect(text.hasSuffix("}\n"))
    #expect(
      text.unicodeScalars.allSatisfy { $0 == "\n" || !(0x7f...0x9f).contains($0.value) && $0.value >= 0x20 })
    #expect(try JSONDecoder().decode([String: String].self, from: Data(text.utf8)) == value)
  }

  @Test func numbersThatJsonLacksAreTexts() throws {
    #expect(
      try jsonText([Double.nan, .infinity, -.infinity]) == "[\n  \"nan\",\n  \"inf\",\n  \"-inf\"\n]\n")
  }
}
