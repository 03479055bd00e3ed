import ArgumentParser
import Foundation
import ModelFile
import RuntimeProviders
import Synchronization
import TensorCore
import Workers

/// `--isolated`
struct IsolationArguments: ParsableArguments {
  @Flag(help: "Work in a confined process of its own, whose crash is exit code 7.") var isolated = false
  @OptionGroup var sandbox: SandboxArguments
}

/// A command that can do its work in a process of its own.
protocol Isolable: Sandboxing {
  var isIsolated: Bool { get }
  /// What that process needs.
  func needs() throws -> Isolation.Needs
}

/// An isolable command that starts no process but the one in which it is isolated.
protocol WorksItself: Isolable {
  var isolation: IsolationArguments { get }
}

extension WorksItself {
  var isIsolated: Bool { isolation.isolated }
  var sandbox: SandboxArguments { isolation.sandbox }
  var startsProcesses: Bool { isIsolated }
}

/// A command's work in a process of its own: this program again, with the same arguments, in a sandbox.
///
/// It has this program's standard output and error. The files that it writes are opened here, and put in
/// their places here once it has completed them, so that it opens none itself.
enum Isolation {
  struct Needs {
    var sandbox: Sandbox
    var outputFiles: [String] = []
    var environment: [String: String] = [:]
    /// Whether it takes more addresses than there is memory, as drivers of graphics cards do.
    var reservesAddresses = false
  }

  /// The argument that makes this program such a process; its assignment follows.
  private static let word = "isolated"

  private struct Assignment: Codable {
    let sandbox: Sandbox
    /// Bytes of address space.
    let memory: Int?
    /// Descriptors of the output files, by their paths.
    let outputs: [String: Int32]
    /// The descriptor of a file that says what is being done.
    let phase: Int32
  }

  // MARK: - Outside

  private static let child = Atomic<Int32>(0)

  /// Does a command's work in a process of its own.
  ///
  /// - Parameter arguments: this program's.
  /// - Returns: the exit code.
  /// - Throws: where the process cannot be started, or an output file cannot be written.
  static func run(_ command: any Isolable, _ arguments: [String]) throws -> Int32 {
    let needs = try command.needs()
    let phase = try Descriptor.memoryFile()
    let files = try needs.outputFiles.filter { $0 != "-" }.map { ($0, try OutputFile($0)) }
    let assignment = Assignment(
      sandbox: needs.sandbox, memory: needs.reservesAddresses ? nil : addresses(of: command),
      outputs: Dictionary(files.map { ($0, $1.descriptor) }) { $1 }, phase: phase.number)
    let text = String(decoding: try JSONEncoder().encode(assignment), as: UTF8.self)
    let launch = WorkerLaunch(arguments: [word, text] + arguments, environment: needs.environment)
    let kept = files.map(\.1.descriptor) + [phase.number]
    let process = try launch.start(descriptors: kept.map { ($0, $0) }, isGroup: true)
    forwardSignals(to: process)
    let status = waitForEnd(of: process)
    for (_, file) in files where file.isMarked {
      try file.complete()
      try file.commit()
    }
    return exitCode(status, phase)
  }

  /// Twice what values may take, and room for the program itself.
  private static func addresses(of command: any Isolable) -> Int? {
    let values = (command as? any MemoryLimited)?.memory.memoryLimit?.bytes ?? MemoryLimit.standard
    return values < 1 << 50 ? 2 * values + 4 << 30 : nil
  }

  private static func forwardSignals(to process: pid_t) {
    child.store(process, ordering: .relaxed)
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM, SIGHUP] where !Interruption.isIgnored(number) {
      signal(number) { kill(Isolation.child.load(ordering: .relaxed), $0) }
      sigaddset(&signals, number)
    }
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  private static func waitForEnd(of process: pid_t) -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return status
  }

  /// The process's own exit code. Signals that end a program from outside end this one too; others are its
  /// crash.
  private static func exitCode(_ status: Int32, _ phase: Descriptor) -> Int32 {
    let number = status & 0x7f
    guard number != 0 else { return status >> 8 & 0xff }
    if [SIGINT, SIGTERM, SIGHUP, SIGPIPE].contains(number) {
      WorkFolder.remove()
      signal(number, SIG_DFL)
      raise(number)
    }
    lseek(phase.number, 0, SEEK_SET)
    var bytes: [UInt8] = []
    _ = phase.read(into: &bytes)
    let doing = shown(String(decoding: bytes.prefix(100), as: UTF8.self))
    printToError("error: the isolated process was ended by signal \(signalName(number)) while \(doing)")
    return ExitStatus.crash.rawValue
  }

  // MARK: - Inside

  nonisolated(unsafe) private static var assignment: Assignment?

  /// Whether this is such a process.
  static var isInside: Bool { assignment != nil }

  /// Enters the sandbox, where the arguments make this process one that is to.
  ///
  /// - Parameter arguments: this program's; the command's are left.
  /// - Throws: `SystemError` where the kernel refuses.
  static func enter(_ arguments: inout [String]) throws {
    guard arguments.count > 1, arguments[0] == word,
      let assignment = try? JSONDecoder().decode(Assignment.self, from: Data(arguments[1].utf8))
    else { return }
    arguments.removeFirst(2)
    self.assignment = assignment
    WorkerLife.endWithParent()
    Limits.set(memory: assignment.memory, fileSize: assignment.memory ?? .max)
    OutputFile.handOver(assignment.outputs)
    note("reading the model and its inputs")
    try assignment.sandbox.enter()
  }

  /// Leaves word of what is being done, in case that this is the last of it.
  static func note(_ doing: String) {
    guard let phase = assignment?.phase else { return }
    ftruncate(phase, 0)
    _ = doing.utf8.withContiguousStorageIfAvailable { pwrite(phase, $0.baseAddress, $0.count, 0) }
  }
}

// MARK: - Commands

extension RunCommand: WorksItself {
  func needs() -> Isolation.Needs {
    var sandbox = Sandbox(
      reading: foldersOfModel(model) + input.compactMap(fileOfInput) + (dataDir.map { [$0] } ?? []))
    if let saveOutputs {
      // A folder that cannot be made is the process's own error.
      try? FileManager.default.createDirectory(atPath: saveOutputs, withIntermediateDirectories: true)
      sandbox.writable = [saveOutputs]
    }
    return Isolation.Needs(sandbox: sandbox)
  }
}

extension CheckCommand: WorksItself {
  func needs() -> Isolation.Needs { Isolation.Needs(sandbox: Sandbox(reading: foldersOfModel(model))) }
}

extension InferCommand: WorksItself {
  func needs() -> Isolation.Needs {
    Isolation.Needs(
      sandbox: Sandbox(reading: foldersOfModel(model)), outputFiles: output.map { [$0] } ?? [])
  }
}

extension CompareCommand: Isolable {
  var isIsolated: Bool { isolated }
  var sandbox: SandboxArguments { arguments.sandbox }

  /// It starts the providers' workers, each in a sandbox within its own, and looks for no library itself,
  /// since Python would be asked.
  func needs() throws -> Isolation.Needs {
    let references = try arguments.references()
    var sandbox = Sandbox(reading: arguments.readable)
    for reference in references {
      let own = RuntimeCatalog.sandbox(of: reference)
      sandbox.readable += own.readable
      sandbox.writable += own.writable
      sandbox.hasDrivers = sandbox.hasDrivers || own.hasDrivers
    }
    sandbox.writable.append(try WorkFolder.path())
    sandbox.startsPrograms = true
    return Isolation.Needs(
      sandbox: sandbox, outputFiles: [arguments.jsonFile, junitFile, htmlFile].compactMap { $0 },
      environment: try variables(),
      reservesAddresses: references.contains { RuntimeCatalog.memoryLimit(of: $0) == nil })
  }
}

extension CompareCommand {
  /// What names the libraries that are found here, so that the process does not look for them again.
  private func variables() throws -> [String: String] {
    let found = try arguments.namedProviders().filter { $0.library == nil }.map(RuntimeCatalog.located)
    return RuntimeCatalog.variables(naming: found)
  }
}

/// The file of `name=file`.
func fileOfInput(_ text: String) -> String? {
  let parts = text.split(separator: "=", maxSplits: 1)
  return parts.count == 2 ? String(parts[1]) : nil
}
