import Foundation
import Testing

/// Loops of definitions count their work, so that a run can be cancelled within them. What this sees is the
/// shape of the text alone; that each operator asks is seen by `CancellationTests`.
@Suite struct WorkTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Sources/OperatorSet")

  /// Files that sort or loop in loops, but not over what is computed.
  private static let audited = [
    "OpenValue.swift",  // what a test admits, judged outside any run
    "OperatorRegistry.swift",  // operators
    "Shared/EinsumEquation.swift",  // letters of an equation
    "Shared/RegularExpressions/CodePointSet.swift",  // ranges in a pattern
  ]

  @Test func filesThatLoopWithinLoopsCountTheirWork() throws {
    let files = FileManager.default.enumerator(atPath: Self.root.path)?.compactMap { $0 as? String } ?? []
    #expect(files.count > 200)
    for file in files.sorted() where file.hasSuffix(".swift") && !Self.audited.contains(file) {
      let text = try String(contentsOf: Self.root.appendingPathComponent(file), encoding: .utf8)
      let takesLong = Self.loopsWithinLoop(text) || text.contains(".sorted {")
      #expect(!takesLong || text.contains("spend"), "\(file) counts no work")
    }
  }

  /// Whether a loop over a range of numbers stands within another.
  private static func loopsWithinLoop(_ text: String) -> Bool {
    var open: [Int] = []
    for line in text.split(separator: "\n") {
      let depth = line.prefix { $0 == " " }.count
      open.removeAll { $0 >= depth }
      guard line.contains("for "), line.contains("..<"), line.dropFirst(depth).hasPrefix("for ") else {
        continue
      }
      if !open.isEmpty { return true }
      open.append(depth)
    }
    return false
  }
}
