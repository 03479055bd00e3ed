import Execution
import Foundation

/// A result other than pass that is known, with its reason.
public struct Expectation: Sendable, Equatable {
  /// The provider of which this is expected, in which `*` and `?` are wildcards, as `touchstone*`.
  public let provider: String
  /// The provider's versions: `*`, or comparisons that must all hold, as `>=1.20 <1.23`.
  public let versions: String
  /// The corpus that the case is of; nil for any.
  public let corpus: String?
  /// The releases of the corpus: `*`, or comparisons that must all hold, as `>=1.5 <1.9`.
  public let releases: String
  /// The case's name, in which `*` and `?` are wildcards.
  public let caseName: String
  public let outcome: Verdict
  /// What else the outcome may be, where it changes from run to run or with what the machine has installed.
  public let alternatives: [Verdict]
  public let reason: String
  /// Where the reason is explained: an address, or a note's number.
  public let link: String?
  public let note: String?
  /// Where the line stands, for messages.
  public let place: String

  /// Whether a verdict is as the line says.
  func allows(_ verdict: Verdict) -> Bool { verdict == outcome || alternatives.contains(verdict) }

  /// Whether it speaks of a case, in every release that holds it.
  fileprivate func applies(to entry: ConformanceCase) -> Bool {
    Pattern.glob(caseName).matches(entry.name) && entry.sources.allSatisfy(concerns)
  }

  fileprivate func concerns(_ source: CorpusRelease) -> Bool {
    (corpus ?? source.corpus) == source.corpus && Versions.match(source.release, releases)
  }
}

/// The expectations of one file that concern one provider and corpus.
public struct Expectations: Sendable {
  public let lines: [Expectation]

  public init(_ lines: [Expectation]) { self.lines = lines }

  /// Reads a file of JSON lines; empty lines and those that begin with `#` are skipped.
  ///
  /// - Throws: `CorpusError` that names the line, for one that is not as it must be.
  public init(path: String) throws {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw CorpusError(description: "\(path): there is no such file")
    }
    try self.init(text: String(decoding: data, as: UTF8.self), path: path)
  }

  init(text: String, path: String) throws {
    lines = try text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap {
      index, line in
      guard let first = line.first(where: { !$0.isWhitespace }), first != "#" else { return nil }
      return try Expectation(line: line, place: "\(path):\(index + 1)")
    }
  }

  /// Those for a provider of a version and for a corpus.
  func concerning(provider: ProviderDescription, corpus: Corpus) -> Expectations {
    Expectations(
      lines.filter {
        Pattern.glob($0.provider).matches(provider.name) && Versions.match(provider.version, $0.versions)
          && corpus.parts.contains(where: $0.concerns)
      })
  }

  /// What is expected of a case; the first line that names it counts.
  func expected(of entry: ConformanceCase) -> Expectation? { lines.first { $0.applies(to: entry) } }

  /// The lines that no result bears out: wrongly optimistic, outdated, or naming no case at all.
  ///
  /// - Parameters:
  ///   - results: those of the cases that ran, with what these lines expect of them.
  ///   - others: the cases that did not run; lines for those are left alone.
  func unused(results: [CaseResult], others: [ConformanceCase]) -> [Expectation] {
    lines.filter { line in
      let isBorneOut = results.contains { $0.expectation == line && line.allows($0.report.verdict) }
      return !isBorneOut && !others.contains(where: line.applies)
    }
  }
}

extension Expectation {
  private static let keys: Set = [
    "provider", "versions", "corpus", "releases", "case", "outcome", "alternatives", "reason", "link", "note",
  ]

  fileprivate init(line: Substring, place: String) throws {
    func failure(_ message: String) -> CorpusError { CorpusError(description: "\(place): \(message)") }
    let fields: [String: String]
    do {
      fields = try JSONDecoder().decode([String: String].self, from: Data(line.utf8))
    } catch {
      throw failure("not a JSON object of strings")
    }
    if let stranger = fields.keys.filter({ !Self.keys.contains($0) }).min() {
      throw failure("'\(stranger)' is no field of an expectation; they are \(Self.keys.sorted())")
    }
    func required(_ key: String) throws -> String {
      guard let text = fields[key], text.contains(where: { !$0.isWhitespace }) else {
        throw failure(key == "reason" ? "an expectation without a reason" : "'\(key)' is missing")
      }
      return text
    }
    let outcomeText = try required("outcome")
    guard let outcome = Verdict(rawValue: outcomeText), !outcome.isPass else {
      let known = Verdict.allCases.filter { !$0.isPass }.map(\.rawValue).joined(separator: ", ")
      throw failure("the outcome is '\(outcomeText)', but must be one of \(known)")
    }
    provider = try required("provider")
    versions = try required("versions")
    releases = fields["releases"] ?? "*"
    for (key, text) in [("versions", versions), ("releases", releases)] where !Versions.isWellFormed(text) {
      throw failure("\(key) are '\(text)', but must be * or comparisons such as >=1.20")
    }
    corpus = fields["corpus"]
    caseName = try required("case")
    self.outcome = outcome
    alternatives = try (fields["alternatives"] ?? "").split(separator: " ").map { text in
      guard let verdict = Verdict(rawValue: String(text)), verdict != outcome else {
        let known = Verdict.allCases.map(\.rawValue).joined(separator: ", ")
        throw failure(
          "the alternative is '\(text)', but must be another one of \(known)")
      }
      return verdict
    }
    reason = try required("reason")
    link = fields["link"]
    note = fields["note"]
    self.place = place
  }
}

/// Comparisons of version numbers, as `>=1.20 <1.23`.
enum Versions {
  private static let operators = [">=", "<=", "==", ">", "<"]

  static func isWellFormed(_ text: String) -> Bool {
    text == "*" || text.split(separator: " ").allSatisfy { parse($0) != nil } && !text.isEmpty
  }

  static func match(_ version: String, _ text: String) -> Bool {
    if text == "*" { return true }
    let own = numbers(version[...]) ?? []
    return text.split(separator: " ").allSatisfy { comparison in
      guard let (sign, other) = parse(comparison) else { return false }
      switch sign {
      case ">=": return !isBefore(own, other)
      case "<=": return !isBefore(other, own)
      case ">": return isBefore(other, own)
      case "<": return isBefore(own, other)
      default: return !isBefore(own, other) && !isBefore(other, own)
      }
    }
  }

  private static func parse(_ comparison: Substring) -> (String, [Int])? {
    guard let sign = operators.first(where: { comparison.hasPrefix($0) }) else { return nil }
    return numbers(comparison.dropFirst(sign.count)).map { (sign, $0) }
  }

  private static func numbers(_ text: Substring) -> [Int]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
    return parts.contains(nil) ? nil : parts.compactMap { $0 }
  }

  /// Whether one version is older than another; what is no number comes first.
  static func precedes(_ a: String, _ b: String) -> Bool {
    isBefore(numbers(a[...]) ?? [], numbers(b[...]) ?? [])
  }

  /// 1.2 is 1.2.0.
  private static func isBefore(_ a: [Int], _ b: [Int]) -> Bool {
    for index in 0..<max(a.count, b.count) {
      let (x, y) = (index < a.count ? a[index] : 0, index < b.count ? b[index] : 0)
      if x != y { return x < y }
    }
    return false
  }
}
