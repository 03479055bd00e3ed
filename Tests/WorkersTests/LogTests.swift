import Execution
import Glibc
import Testing

@testable import Workers

/// What a worker prints is bounded, and its last lines are told.
@Suite struct LogTests {
  private func log(of lines: [String]) throws -> WorkerLog {
    let log = try WorkerLog()
    for line in lines { _ = log.file.write(Array((line + "\n").utf8)) }
    return log
  }

  @Test func theLastLinesAreTold() throws {
    #expect(try log(of: ["first", "last"]).text == "first\nlast\n")
    let long = try log(of: (0..<20_000).map { "line \($0)" }).text
    #expect(long.hasSuffix("line 19998\nline 19999\n"))
    #expect(long.utf8.count == 65_536)
  }

  @Test func moreThanItsSizeIsRefused() throws {
    let log = try WorkerLog()
    let chunk = [UInt8](repeating: 65, count: 100_000)
    let taken = (0..<1_000).count { _ in log.file.write(chunk) }
    #expect(taken == WorkerLog.size / chunk.count)
    var status = stat()
    #expect(fstat(log.file.number, &status) == 0 && Int(status.st_size) == WorkerLog.size)
    #expect(Int(status.st_blocks) * 512 <= WorkerLog.size)
    #expect(ftruncate(log.file.number, off_t(WorkerLog.size * 2)) != 0)
  }

  @Test func aRequestMakesRoom() throws {
    let log = try log(of: [String(repeating: "a", count: WorkerLog.size * 3 / 4)])
    log.makeRoom()
    _ = log.file.write(Array("why it dies".utf8))
    #expect(log.text == "why it dies")
    log.makeRoom()
    #expect(log.text == "why it dies")
  }

  @Test func aWorkerOfManyWordsIsACrash() throws {
    let worker = try FakeWorker(
      [FakeWorker.greeting()], end: "head -c 50000000 /dev/zero | tr '\\0' w; kill -ABRT $$")
    let failure = #expect(throws: WorkerFailure.self) {
      _ = try RemoteProvider(worker.launch, timeout: 60).load(.init(.bytes([1])), options: .init())
    }
    #expect(failure?.kind == .crash)
    #expect(failure?.description.contains("SIGABRT: www") ?? false)
    #expect((failure?.description.utf8.count ?? 0) < 70_000)
  }
}
