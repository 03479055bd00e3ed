import Foundation
import Testing

@testable import Transforms

/// Every rule is explained, and tried by positive cases and near misses.
@Suite struct RuleCommentTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private static func files(in folder: String) -> [String: String] {
    let path = root.appendingPathComponent(folder).path
    let found = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    let swift = found.filter { $0.hasSuffix(".swift") }
    return Dictionary(swift.map { (($0 as NSString).lastPathComponent, $0) }) { first, _ in first }
  }

  @Test func everyRuleIsListedOnce() {
    let names = Rules.all.map { $0.name }
    #expect(Set(names).count == names.count)
    #expect(Set(ruleExplanations.keys).symmetricDifference(names).isEmpty)
  }

  @Test(arguments: Rules.all.map { $0.name })
  func theCommentHasAllHeadings(_ name: String) throws {
    let lines = try #require(ruleExplanations[name]).split(separator: "\n")
    let headings = lines.filter { $0.hasPrefix("- ") }.map { $0.dropFirst(2).prefix { $0 != ":" } }
    #expect(headings == ["Before", "After", "Needs", "Promise", "Source"])
    let promise = try #require(Rules.all.first { $0.name == name }).promise
    #expect(lines.contains { $0.hasPrefix("- Promise: \(promise.words)") })
  }

  @Test(arguments: Rules.all.map { $0.name })
  func theTestsHavePositiveCasesAndNearMisses(_ name: String) throws {
    let cases = try Self.cases(of: name)
    #expect(cases.contains { $0.hasPrefix("\"near miss") })
    #expect(cases.contains { !$0.hasPrefix("\"near miss") })
  }

  @Test func theTablesAreLong() throws {
    let cases = try Rules.all.flatMap { try Self.cases(of: $0.name) }
    #expect(cases.count >= 150, "\(cases.count) cases")
  }

  /// The cases of a rule in the table beside it, each from its description on.
  private static func cases(of name: String) throws -> [String] {
    let source = try #require(files(in: "Sources/Transforms/Rules")["\(name).swift"])
    let path = "Tests/TransformsTests/Rules/\(source.dropLast(6))Tests.swift"
    let text = try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    return text.components(separatedBy: "RuleCase(").dropFirst().map {
      $0.trimmingCharacters(in: .whitespacesAndNewlines)
    }
    .filter { $0.hasPrefix("\"") }
  }
}
