import Glibc

/// A child process that answers one request at a time, so that a crash or a hang ends a request and not the run.
///
/// Requests go to its descriptor 3, answers come from 4; large values lie in the files 5 (of requests) and 6 (of
/// answers). What it prints goes to a file of its own, from which the reason of a crash is read.
package final class WorkerProcess {
  private let process: pid_t
  private let requests: Descriptor
  private let log: WorkerLog
  package let answers: Descriptor
  /// The file in which the values of requests lie.
  package let requestValues: Descriptor
  /// The file in which the values of answers lie.
  package let answerValues: Descriptor
  private var buffer: [UInt8] = []

  package init(_ launch: WorkerLaunch) throws {
    let toWorker = try Descriptor.pipe()
    let fromWorker = try Descriptor.pipe()
    log = try WorkerLog()
    requestValues = try Descriptor.memoryFile()
    answerValues = try Descriptor.memoryFile()
    requests = toWorker.writing
    answers = fromWorker.reading
    process = try launch.start(
      descriptors: [
        (log.file.number, 1), (log.file.number, 2), (toWorker.reading.number, 3),
        (fromWorker.writing.number, 4),
        (requestValues.number, 5), (answerValues.number, 6),
      ])
  }

  /// False where the worker is gone.
  package func send(_ request: some Encodable) throws -> Bool {
    log.makeRoom()
    return requests.write(try Frame.encode(request))
  }

  /// Reads what the worker has written; false where it is gone.
  package func receive() -> Bool { answers.read(into: &buffer) }

  /// The next message, once it is complete.
  package func message<Message: Decodable>(_: Message.Type) throws -> Message? {
    try Frame.decode(Message.self, from: &buffer)
  }

  /// Whether the worker has been seen to its end.
  package private(set) var hasEnded = false

  /// How a worker ended.
  package struct Ending {
    /// `ended by signal SIGSEGV`
    let manner: String
    /// What it printed last.
    let log: String

    /// One sentence, with the last lines of what it printed.
    package var sentence: String {
      let lines = log.split(separator: "\n").suffix(4).joined(separator: "\n")
      return "the worker \(manner)" + (lines.isEmpty ? "" : ": \(lines)")
    }
  }

  /// Ends the worker, if it still runs, and says how it ended.
  package func end(kill isKilled: Bool) -> Ending {
    guard !hasEnded else { return Ending(manner: "had ended before", log: "") }
    hasEnded = true
    if isKilled { kill(process, SIGKILL) }
    let status = waitForEnd()
    let signal = status & 0x7f
    let manner =
      signal == 0 ? "ended with exit code \(status >> 8 & 0xff)" : "ended by signal \(signalName(signal))"
    return Ending(manner: manner, log: log.text)
  }

  /// How many milliseconds a worker that has closed its end of the pipe may take to be gone.
  private static let patience = 2_000

  private func waitForEnd() -> Int32 {
    var status: Int32 = 0
    for _ in 0..<Self.patience {
      let ended = waitpid(process, &status, WNOHANG)
      if ended == process || (ended < 0 && errno != EINTR) { return status }
      usleep(1_000)
    }
    kill(process, SIGKILL)
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return status
  }
}
