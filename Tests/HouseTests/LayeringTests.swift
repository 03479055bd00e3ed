import Foundation
import Testing

/// The `import` lines of every source file against the table of ARCHITECTURE.md.
@Suite struct LayeringTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent()
  /// What comes with the toolchain or is a package that Package.swift names.
  private static let outside: Set<String> = ["Foundation", "Dispatch", "Synchronization", "Glibc", "Darwin"]

  @Test func importsFollowTheTable() throws {
    let table = try Self.table()
    #expect(table.count > 8, "ARCHITECTURE.md has a table of targets")
    for (target, allowed) in table {
      for (file, module) in try Self.imports(of: target) where !Self.outside.contains(module) {
        #expect(
          allowed.contains(module),
          "\(file) imports \(module), which ARCHITECTURE.md does not allow \(target)")
      }
    }
  }

  @Test func everyTargetIsInTheTable() throws {
    let table = try Self.table()
    let folders = try FileManager.default.contentsOfDirectory(
      atPath: Self.root.appendingPathComponent("Sources").path)
    for folder in folders { #expect(table[folder] != nil, "\(folder) is not in ARCHITECTURE.md") }
  }

  /// The rows `| target | what | may import |`, the last cell naming modules.
  private static func table() throws -> [String: Set<String>] {
    let text = try String(contentsOf: root.appendingPathComponent("ARCHITECTURE.md"), encoding: .utf8)
    var table: [String: Set<String>] = [:]
    for line in text.split(separator: "\n") where line.hasPrefix("| `") {
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count == 3 else { continue }
      let modules = cells[2].split(separator: ",").map {
        $0.trimmingCharacters(in: CharacterSet(charactersIn: " `"))
      }
      for target in cells[0].split(separator: ",") {
        table[target.trimmingCharacters(in: CharacterSet(charactersIn: " `"))] = Set(modules)
      }
    }
    return table
  }

  private static func imports(of target: String) throws -> [(file: String, module: String)] {
    let folder = root.appendingPathComponent("Sources/\(target)")
    let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return try files.filter { $0.hasSuffix(".swift") }.flatMap { file in
      try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8).split(separator: "\n")
        .compactMap { line in
          let words = line.split(separator: " ")
          guard let at = words.firstIndex(of: "import"), at + 1 < words.count,
            words[..<at].allSatisfy({ $0.hasPrefix("@") || ["public", "package", "internal"].contains($0) })
          else { return nil }
          return (file, String(words[at + 1].split(separator: ".")[0]))
        }
    }
  }
}
