import Glibc

/// How workers are started: by default this program again.
public struct WorkerLaunch: Sendable {
  public var executable: String
  public var arguments: [String]
  /// Variables besides those of this process.
  public var environment: [String: String]

  public init(
    executable: String = "/proc/self/exe", arguments: [String] = ["worker"],
    environment: [String: String] = [:]
  ) {
    self.executable = executable
    self.arguments = arguments
    self.environment = environment
  }
}

/// A child process that tries one case at a time, so that a crash or a hang ends a case and not the run.
///
/// Requests go to its descriptor 3, answers come from 4; what it prints goes to a file of its own, from which
/// the reason of a crash is read.
final class WorkerProcess {
  private let process: pid_t
  private let requests: Descriptor
  private let log: Descriptor
  let answers: Descriptor
  private var buffer: [UInt8] = []

  init(_ launch: WorkerLaunch) throws {
    let toWorker = try Descriptor.pipe()
    let fromWorker = try Descriptor.pipe()
    log = try Descriptor.scratchFile()
    requests = toWorker.writing
    answers = fromWorker.reading
    process = try Self.spawn(
      launch,
      descriptors: [
        (log.number, 1), (log.number, 2), (toWorker.reading.number, 3), (fromWorker.writing.number, 4),
      ])
  }

  private static func spawn(_ launch: WorkerLaunch, descriptors: [(Int32, Int32)]) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    for (own, theirs) in descriptors { posix_spawn_file_actions_adddup2(&actions, own, theirs) }
    // The backtracer costs 40 to 75 ms a crash, and a crash is but a verdict here.
    var environment = launch.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
    var variable = environ
    while let entry = variable.pointee {
      let text = String(cString: entry)
      let name = String(text.prefix { $0 != "=" })
      if environment[name] == nil { environment[name] = String(text.dropFirst(name.count + 1)) }
      variable += 1
    }
    let arguments = ([launch.executable] + launch.arguments).map { strdup($0) } + [nil]
    let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in arguments + variables { free(text) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, launch.executable, &actions, nil, arguments, variables)
    guard code == 0 else { throw SystemError("cannot start \(launch.executable)", code: code) }
    return process
  }

  /// False where the worker is gone.
  func send(_ request: CaseRequest) throws -> Bool { requests.write(try Frame.encode(request)) }

  /// Reads what the worker has written; false where it is gone.
  func receive() -> Bool { answers.read(into: &buffer) }

  /// The next message, once it is complete.
  func message<Message: Decodable>(_: Message.Type) throws -> Message? {
    try Frame.decode(Message.self, from: &buffer)
  }

  /// Ends the worker, if it still runs, and says how it ended and what it printed last.
  func end(kill isKilled: Bool) -> (ending: String, log: String) {
    if isKilled { kill(process, SIGKILL) }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7f
    let ending =
      signal == 0 ? "ended with exit code \(status >> 8 & 0xff)" : "ended by signal \(Self.name(signal))"
    return (ending, log.takeText())
  }

  private static func name(_ signal: Int32) -> String {
    let names: [Int32: String] = [
      SIGILL: "SIGILL", SIGTRAP: "SIGTRAP", SIGABRT: "SIGABRT", SIGBUS: "SIGBUS", SIGFPE: "SIGFPE",
      SIGKILL: "SIGKILL", SIGSEGV: "SIGSEGV", SIGTERM: "SIGTERM", SIGXCPU: "SIGXCPU",
    ]
    return names[signal] ?? "\(signal)"
  }
}
