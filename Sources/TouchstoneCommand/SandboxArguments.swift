import ArgumentParser
import Foundation
import ModelFile
import RuntimeProviders
import Workers

/// `--no-sandbox`, for commands that start processes which work for strangers.
struct SandboxArguments: ParsableArguments {
  @Flag(help: "Do not confine the processes that run models; see SECURITY.md.") var noSandbox = false
}

/// A command that starts such processes.
protocol Sandboxing: ParsableCommand {
  var sandbox: SandboxArguments { get }
  /// Whether it starts any.
  var startsProcesses: Bool { get }
}

extension Sandboxing {
  var startsProcesses: Bool { true }

  /// Takes the wish to go without a sandbox, or says once what the kernel lacks for it.
  func prepareSandbox() {
    if sandbox.noSandbox { setenv(Sandbox.offVariable, "1", 1) }
    if startsProcesses, let shortcoming = Sandbox.shortcoming { printToError("note: \(shortcoming)") }
  }
}

extension ConformCommand: Sandboxing {}
extension BisectCommand: Sandboxing { var sandbox: SandboxArguments { arguments.sandbox } }
extension ReduceCommand: Sandboxing { var sandbox: SandboxArguments { arguments.sandbox } }

/// The folder in which all temporary files of a command lie whose workers are to read them, and no others.
enum WorkFolder {
  nonisolated(unsafe) private static var folder: TemporaryFolder?

  /// Its path. Folders made from now on are made in it.
  ///
  /// - Throws: `LoadError` of the kind `unwritable`.
  static func path() throws -> String {
    if let folder { return folder.path }
    let made = try TemporaryFolder()
    setenv("TMPDIR", made.path, 1)
    folder = made
    return made.path
  }

  /// Takes it away, before the program ends.
  static func remove() { folder = nil }
}

/// Where a model lies with its external data: its folder, and that of the file which it may be a link to.
func foldersOfModel(_ path: String) -> [String] {
  [path, FilePath.resolved(path) ?? path].map { URL(fileURLWithPath: $0).deletingLastPathComponent().path }
}
