import Foundation
import TestSupport
import Testing

@testable import Workers

/// A worker whose starter is gone ends, and one whose starter has the number 1 does not.
@Suite struct OrphanTests {
  @Test func aStarterMayBeProcessOne() {
    #expect(!WorkerLife.isOrphan(of: "1", parent: 1))
    #expect(!WorkerLife.isOrphan(of: "345", parent: 345))
    #expect(WorkerLife.isOrphan(of: "345", parent: 1))
    #expect(!WorkerLife.isOrphan(of: nil, parent: 1))
  }

  private static func run(_ arguments: [String]) throws -> (code: Int32, text: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/unshare")
    process.arguments = ["--pid", "--fork", "--kill-child"] + arguments
    let pipe = Pipe()
    (process.standardOutput, process.standardError) = (pipe, pipe)
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, text)
  }

  /// Where a test may make a namespace of its own, in which the program is process 1.
  private static let mayUnshare = (try? run(["/bin/true"]))?.code == 0

  @Test(.enabled(if: mayUnshare)) func workersStartAsInAContainer() throws {
    let corpus = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("ConformanceData/touchstone").path
    let (code, text) = try Self.run([touchstoneProgram(), "conform", corpus, "--shard", "1/40"])
    #expect(code == 0 || code == 1, "\(text)")
    #expect(text.contains("score: "), "\(text)")
  }
}
