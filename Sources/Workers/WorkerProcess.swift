import Glibc

/// How workers are started: by default this program again.
public struct WorkerLaunch: Sendable {
  public var executable: String
  public var arguments: [String]
  /// Variables besides those of this process.
  public var environment: [String: String]
  /// Files and folders that the worker may read, which follow its arguments.
  public var readable: [String] = []

  public init(
    executable: String = "/proc/self/exe", arguments: [String], environment: [String: String] = [:]
  ) {
    self.executable = executable
    self.arguments = arguments
    self.environment = environment
  }
}

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
    process = try Self.spawn(
      launch,
      descriptors: [
        (log.file.number, 1), (log.file.number, 2), (toWorker.reading.number, 3), (fromWorker.writing.number, 4),
        (requestValues.number, 5), (answerValues.number, 6),
      ])
  }

  private static func spawn(_ launch: WorkerLaunch, descriptors: [(Int32, Int32)]) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    for (own, theirs) in descriptors { posix_spawn_file_actions_adddup2(&actions, own, theirs) }
    // The backtracer costs 40 to 75 ms a crash, and a crash is but a verdict here. OpenBLAS would start threads before
    // the sandbox, which these would then not be in.
    var environment = launch.environment.merging([
      "SWIFT_BACKTRACE": "enable=no", "OPENBLAS_NUM_THREADS": "1", WorkerLife.parentVariable: "\(getpid())",
    ]) { $1 }
    var variable = environ
    while let entry = variable.pointee {
      let text = String(cString: entry)
      let name = String(text.prefix { $0 != "=" })
      if environment[name] == nil { environment[name] = String(text.dropFirst(name.count + 1)) }
      variable += 1
    }
    let arguments = ([launch.executable] + launch.arguments + launch.readable).map { strdup($0) } + [nil]
    let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in arguments + variables { free(text) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, launch.executable, &actions, nil, arguments, variables)
    guard code == 0 else { throw SystemError("cannot start \(launch.executable)", code: code) }
    return process
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

/// What a signal that ends processes is called.
package func signalName(_ number: Int32) -> String {
  let names: [Int32: String] = [
    SIGILL: "SIGILL", SIGTRAP: "SIGTRAP", SIGABRT: "SIGABRT", SIGBUS: "SIGBUS", SIGFPE: "SIGFPE",
    SIGKILL: "SIGKILL", SIGSEGV: "SIGSEGV", SIGTERM: "SIGTERM", SIGXCPU: "SIGXCPU", SIGSYS: "SIGSYS",
  ]
  return names[number] ?? "\(number)"
}
