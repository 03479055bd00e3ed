import Foundation
import Testing

@testable import TensorCore

/// Names and texts from outside.
@Suite struct OutsideTextTests {
  @Test(arguments: [("\u{e9}", "e\u{301}"), ("TopK", "Top\u{212a}"), ("", "\0"), ("/x", "/\u{301}x")])
  func namesAreTheirBytes(a: String, b: String) {
    #expect(NameKey(a) != NameKey(b))
    #expect(Set([NameKey(a), NameKey(b), NameKey(a + "")]).count == 2)
    #expect(!areSame(a, b) && areSame(a, a))
  }

  @Test func longMessagesAreCut() {
    let message = String(repeating: "\u{e9}", count: 1_000_000)
    #expect(abridged(message).unicodeScalars.count == 2_001 && abridged(message).hasSuffix("\u{e9}…"))
    #expect(abridged("short") == "short")
    #expect(ShapeError(description: message).description == abridged(message))
  }

  @Test func aDictionaryOfNamesKeepsBoth() throws {
    let (composed, decomposed) = ("\u{e9}", "e\u{301}")
    let values: NameDictionary = [composed: 1, decomposed: 2]
    #expect(values.count == 2 && values[composed] == 1 && values[decomposed] == 2)
    // Its order is that of bytes: 65 before c3.
    #expect(values.names.map { Array($0.utf8) } == [Array(decomposed.utf8), Array(composed.utf8)])
    #expect(values.merging([composed: 3]).selecting([composed]).map(\.element) == [3])
    let copy = try JSONDecoder().decode(NameDictionary<Int>.self, from: JSONEncoder().encode(values))
    #expect(copy[composed] == 1 && copy[decomposed] == 2)
  }

  @Test(arguments: [
    ("plain", "plain"), ("Größe 漢字", "Größe 漢字"), ("\u{1b}[31mred", "\\u{1b}[31mred"),
    ("a\rb\nc\u{7}", "a\\u{d}b\\u{a}c\\u{7}"), ("\u{202e}evil\u{2066}", "\\u{202e}evil\\u{2066}"),
    ("\u{9b}2J\u{7f}", "\\u{9b}2J\\u{7f}"), ("a\u{2028}b", "a\\u{2028}b"),
  ])
  func whatSteersATerminalIsSpelledOut(text: String, wanted: String) { #expect(shown(text) == wanted) }

  @Test func longNamesAreShortened() {
    #expect(shown(String(repeating: "n", count: 200)).count == 200)
    #expect(shown(String(repeating: "n", count: 5_000)) == String(repeating: "n", count: 100) + "…")
    // One character for Swift, and half a megabyte.
    #expect(shown("e" + String(repeating: "\u{301}", count: 250_000)).utf8.count < 250)
  }

  @Test func linesStayWhereTheyAreWanted() {
    #expect(spellingOut("a\n\tb\r\u{1b}", lines: true) == "a\n\tb\\u{d}\\u{1b}")
  }
}
