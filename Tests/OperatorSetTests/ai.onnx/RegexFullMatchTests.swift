import GraphIR
import OperatorSet
import TensorCore
import Testing

/// Whole strings against regular expressions. Expected values: RE2 itself (google-re2 1.1.20251105,
/// `re2.fullmatch`); Scripts/compare-regex compares many more.
@Suite struct RegexFullMatchTests {
  static let rows: [(pattern: String, text: String, matches: Bool)] = [
    (#"www\.[\w.-]+\.\bcom\b"#, "www.google.com", true),
    (#"www\.[\w.-]+\.\bcom\b"#, "www.bbc.co.uk", false),
    (#"abc"#, "abc", true),
    (#"abc"#, "abcd", false),
    (#"abc"#, "xabc", false),
    (#""#, "", true),
    (#""#, "a", false),
    (#"a|b|cd"#, "cd", true),
    (#"a|ab"#, "ab", true),
    (#"a|ab|abc"#, "abcd", false),
    (#"(a*)*b"#, "aaab", true),
    (#"(a|b)*abb"#, "babaabb", true),
    (#"a*?"#, "aaa", true),
    (#"a+?b??"#, "aab", true),
    (#"(?U)a+b"#, "aab", true),
    (#"a{2}"#, "aaa", false),
    (#"a{2,}"#, "aaaa", true),
    (#"a{2,3}"#, "a", false),
    (#"a{2,3}?"#, "aaa", true),
    (#"a{0}b"#, "b", true),
    (#"a{,2}"#, "a{,2}", true),
    (#"a{01}"#, "a{01}", true),
    (#"{"#, "{", true),
    (#"a(?i)*"#, "aA", false),
    (#"(?:a{10}){100}"#, "a", false),
    (#"."#, "\n", false),
    (#"(?s)."#, "\n", true),
    (#"."#, "漢", true),
    (#".."#, "é", false),
    (#"[^a]"#, "\n", true),
    (#"[]a]+"#, "]a", true),
    (#"[a-]"#, "-", true),
    (#"[a\-z]"#, "b", false),
    (#"[--/]"#, ".", true),
    (#"[^\d\s]"#, "x", true),
    (#"[[:alpha:]_]+"#, "aZ_", true),
    (#"[[:^alpha:]]"#, "1", true),
    (#"[[:word:]]+"#, "é", false),
    (#"[[:space:]]"#, "\u{B}", true),
    (#"\s"#, "\u{B}", false),
    (#"\d"#, "٣", false),
    (#"\pN"#, "٣", true),
    (#"\w"#, "é", false),
    (#"\pL\pM*"#, "é", true),
    (#"\p{Greek}+"#, "λόγος", true),
    (#"\p{^Greek}"#, "a", true),
    (#"\P{^Greek}"#, "λ", true),
    (#"\p{Han}{2}"#, "漢字", true),
    (#"\p{Old_Italic}"#, "𐌀", true),
    (#"[\p{Lu}\P{L}]+"#, "A1", true),
    (#"\p{Any}"#, "😀", true),
    (#"\p{Zs}"#, "\u{A0}", true),
    (#"(?i)straße"#, "STRAẞE", true),
    (#"(?i)ss"#, "ß", false),
    (#"(?i)k"#, "\u{212A}", true),
    (#"(?i)[j-l]"#, "\u{212A}", true),
    (#"(?i)[^j-l]"#, "\u{212A}", false),
    (#"(?i)i"#, "\u{131}", false),
    (#"(?i)\p{Lu}"#, "a", true),
    (#"(?i)\P{Lu}"#, "a", false),
    (#"(?i)Σ"#, "ς", true),
    (#"(?i:a)b"#, "AB", false),
    (#"(?i)a(?-i)b"#, "Ab", true),
    (#"(?i)a(?-i)b"#, "AB", false),
    (#"a(?i)b|c"#, "C", true),
    (#"(?i)ǆ"#, "ǅ", true),
    (#"a$\n"#, "a\n", false),
    (#"a$"#, "a\n", false),
    (#"a\z"#, "a", true),
    (#"\Aa"#, "a", true),
    (#"a^b"#, "ab", false),
    (#"(?m)a$\n^b"#, "a\nb", true),
    (#"(?m)a$"#, "a\n", false),
    (#"(?m)^$"#, "", true),
    (#"$^"#, "", true),
    (#"a\b b"#, "a b", true),
    (#"a\Bb"#, "ab", true),
    (#"é\b"#, "é", false),
    (#"\bé\b"#, "é", false),
    (#"(^|x)+a"#, "a", true),
    (#"(|a)+"#, "aaa", true),
    (#"(?:\b)*a"#, "a", true),
    (#"(?P<year>\d{4})-(?<month>\d\d)"#, "2024-05", true),
    (#"(?P<jahr_ä>a)"#, "a", true),
    (#"\x41\x{1F600}\101"#, "A😀A", true),
    (#"\a\f\t\n\r\v"#, "\u{7}\u{C}\t\n\r\u{B}", true),
    (#"\0"#, "\u{0}", true),
    (#"\377"#, "ÿ", true),
    (#"\Qa.b*\E+"#, "a.b**", true),
    (#"\Qa\"#, "a\\", true),
    (#"\_\-\."#, "_-.", true),
    (#"\x{D800}"#, "\u{FFFD}", false),
    (#"\C\C"#, "é", true),
    (#"\C"#, "é", false),
    (#".\C"#, "é", false),
    (#"\C{3}"#, "漢", true),
    (#"(?:\C.)+"#, "aéa", false),
    (#"é"#, "e\u{301}", false),
    (#"e."#, "e\u{301}", true),
  ]
  @Test(arguments: rows) func matches(_ pattern: String, _ text: String, _ matches: Bool) throws {
    try Self.tryPattern(pattern, [text], [matches])
  }

  static func tryPattern(_ pattern: String, _ texts: [String], _ matches: [Bool], shape: [Int]? = nil) throws
  {
    let shape = shape ?? [texts.count]
    try tries(
      "RegexFullMatch", 20, ["pattern": .string(pattern)], [Tensor(strings: texts, shape: shape)],
      gives: [Tensor(bools: matches, shape: shape)])
  }

  /// What RE2 refuses, and the part of it that the message shows.
  static let invalidRows: [(pattern: String, part: String)] = [
    (#"a**"#, #"**"#),
    (#"a*?+"#, #"*?+"#),
    (#"x{2}{3}"#, #"{2}{3}"#),
    (#"a++"#, #"++"#),
    (#"*"#, #"*"#),
    (#"(?i)*"#, #"*"#),
    (#"a|*"#, #"*"#),
    (#"(+)"#, #"+"#),
    (#"{2}"#, #"{2}"#),
    (#"a{1001}"#, #"{1001}"#),
    (#"a{3,2}"#, #"{3,2}"#),
    (#"(a{100}){11}"#, #"{11}"#),
    (#"((x{5}){0}){1000}"#, #"{1000}"#),
    (#"(a"#, #"(a"#),
    (#"((a)"#, #"((a)"#),
    (#"a)b"#, #")b"#),
    (#"(?=a)"#, #"(?="#),
    (#"(?!a)"#, #"(?!"#),
    (#"(?<=a)"#, #"(?<"#),
    (#"(?<!a)"#, #"(?<"#),
    (#"(?>a)"#, #"(?>"#),
    (#"(?P=n)"#, #"(?P"#),
    (#"(?P<>a)"#, #"(?P<>"#),
    (#"(?P<n-m>a)"#, #"(?P<n-m>"#),
    (#"(?P<n"#, #"(?P<n"#),
    (#"(?x)a"#, #"(?x"#),
    (#"(?i-)a"#, #"(?i-)"#),
    (#"(?i"#, #"(?i"#),
    (#"[a"#, #"[a"#),
    (#"[]"#, #"[]"#),
    (#"[^]"#, #"[^]"#),
    (#"[z-a]"#, #"z-a"#),
    (#"[a-\d]"#, #"\d"#),
    (#"[[:foo:]]"#, #"[:foo:]"#),
    (#"[\b]"#, #"\b"#),
    (#"\p"#, #"\p"#),
    (#"\pX"#, #"\pX"#),
    (#"\p{greek}"#, #"\p{greek}"#),
    (#"\p{Greek"#, #"\p{Greek"#),
    (#"\p{Cn}"#, #"\p{Cn}"#),
    (#"\1"#, #"\1"#),
    (#"\8"#, #"\8"#),
    (#"\Z"#, #"\Z"#),
    (#"\E"#, #"\E"#),
    (#"\é"#, #"\é"#),
    (#"\x4"#, #"\x4"#),
    (#"\x{}"#, #"\x{}"#),
    (#"\x{110000}"#, #"\x{110000"#),
    (#"a\"#, #"\"#),
  ]
  @Test(arguments: invalidRows) func invalid(_ pattern: String, _ part: String) {
    Self.refuses(pattern, mentioning: "'\(part)'")
  }

  static func refuses(_ pattern: String, mentioning part: String) {
    fails(
      "RegexFullMatch", 20, ["pattern": .string(pattern)], [texts(["a"])], .invalidAttribute, mentioning: part
    )
  }

  @Test func shapes() throws {
    try Self.tryPattern("a", ["a"], [true], shape: [])
    try Self.tryPattern("a", [], [], shape: [2, 0])
    try Self.tryPattern(
      "a.", ["ab", "b", "a", "ac", "abc", ""], [true, false, false, true, false, false], shape: [2, 3])
  }

  @Test func missingPattern() {
    fails("RegexFullMatch", 20, [:], [texts(["a"])], .invalidAttribute, mentioning: "'pattern' is missing")
  }

  /// An engine that tries again would need 2^100000 steps for the first.
  @Test func longTexts() throws {
    let letters = String(repeating: "a", count: 100_000)
    let start = ContinuousClock.now
    try Self.tryPattern("(a*)*b", [letters, letters + "b"], [false, true])
    try Self.tryPattern("(?:a?){500}a{500}", [String(repeating: "a", count: 500)], [true])
    #expect(
      ContinuousClock.now - start < .seconds(60), "a linear time, even of a build that is not optimised")
  }

  /// Patterns that would need much memory, time or stack are refused, or run within bounds.
  @Test func largePatterns() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "(", count: depth) + "a" + String(repeating: ")", count: depth)
    }
    try Self.tryPattern(nested(1000), ["a", "b"], [true, false])
    Self.refuses(nested(1001), mentioning: "1000 deep")
    Self.refuses(nested(200_000), mentioning: "1000 deep")
    Self.refuses("(?:abcdefghijk){1000}{2}", mentioning: "follows the other")
    Self.refuses("(?:" + String(repeating: "a", count: 101) + "){1000}", mentioning: "too large")
    Self.refuses(String(repeating: "a{1000}", count: 101), mentioning: "too large")
    Self.refuses(String(repeating: "|", count: 100_000), mentioning: "too large")
    Self.refuses("[" + String(repeating: #"\pL"#, count: 10_000) + "]", mentioning: "too large")
    Self.refuses(String(repeating: "[[:", count: 30_000), mentioning: "']' is missing")
    try Self.tryPattern(
      "(?:" + String(repeating: "(?:)", count: 1_000) + "){1000}", ["", "a"], [true, false])
  }
}
