import Glibc

/// How a process is started: by default this program again.
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

  /// Starts the process, without input.
  ///
  /// - Parameters:
  ///   - descriptors: what it has open, each by its number here and there.
  ///   - isGroup: whether it leads a group of its own, which a terminal's Ctrl-C does not reach.
  /// - Throws: `SystemError`.
  package func start(descriptors: [(Int32, Int32)], isGroup: Bool = false) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    for (own, theirs) in descriptors { posix_spawn_file_actions_adddup2(&actions, own, theirs) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // Whoever started this program may have left signals blocked.
    var blocked = sigset_t()
    sigemptyset(&blocked)
    posix_spawnattr_setsigmask(&attributes, &blocked)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | (isGroup ? POSIX_SPAWN_SETPGROUP : 0)))
    let arguments = ([executable] + arguments + readable).map { strdup($0) } + [nil]
    let variables = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in arguments + variables { free(text) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, executable, &actions, &attributes, arguments, variables)
    guard code == 0 else { throw SystemError("cannot start \(executable)", code: code) }
    return process
  }

  private var variables: [String: String] {
    // The backtracer costs 40 to 75 ms a crash, and a crash is but a verdict here. OpenBLAS would start
    // threads before the sandbox, which these would then not be in.
    var variables = environment.merging([
      "SWIFT_BACKTRACE": "enable=no", "OPENBLAS_NUM_THREADS": "1", WorkerLife.parentVariable: "\(getpid())",
    ]) { $1 }
    var variable = environ
    while let entry = variable.pointee {
      let text = String(cString: entry)
      let name = String(text.prefix { $0 != "=" })
      if variables[name] == nil { variables[name] = String(text.dropFirst(name.count + 1)) }
      variable += 1
    }
    return variables
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
