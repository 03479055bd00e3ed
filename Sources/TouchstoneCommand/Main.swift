import ArgumentParser
import Conformance
import Execution
import Foundation
import TensorCore

/// The program. Workers are told apart before arguments are parsed, since one is started for each processor
/// and again after each crash.
@main
enum Main {
  static func main() {
    if CommandLine.arguments.dropFirst().first == "worker" {
      exit(runWorker(Array(CommandLine.arguments.dropFirst(2))))
    }
    signal(SIGPIPE, SIG_DFL)
    do {
      var command = try TouchstoneCommand.parseAsRoot()
      let memory = (command as? any MemoryLimited)?.memory.memoryLimit?.bytes
      try MemoryLimit.$stated.withValue(memory) { try command.run() }
    } catch {
      exit(report(error))
    }
  }

  /// Says what is wrong, and returns the exit code for it.
  private static func report(_ error: any Error) -> Int32 {
    if let code = error as? ExitCode { return code.rawValue }
    let parserCode = TouchstoneCommand.exitCode(for: error)
    if parserCode == .success {
      print(TouchstoneCommand.fullMessage(for: error))
      return 0
    }
    if parserCode == .validationFailure {
      complain(TouchstoneCommand.fullMessage(for: error))
      return ExitStatus.usage.rawValue
    }
    let text = "\(error)"
    complain(text.hasPrefix("error[") ? text : "error: \(text)")
    return ExitStatus(error).rawValue
  }

  private static func complain(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
}

/// Touchstone's commands.
struct TouchstoneCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "touchstone",
    abstract: "The ONNX reference interpreter and conformance suite.",
    version: touchstoneVersion,
    subcommands: [
      RunCommand.self, ConformCommand.self, CompareCommand.self, BisectCommand.self, ReduceCommand.self,
      InspectCommand.self, CheckCommand.self, InferCommand.self, ExplainCommand.self, ProvidersCommand.self,
      WorkerCommand.self,
    ])
}

/// Listed so that `worker` is a command like others; `Main` starts it before arguments are parsed.
struct WorkerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "worker", abstract: "Tries cases for another process; not for people.", shouldDisplay: false)
  @Argument var arguments: [String] = []
  func run() throws { throw ExitCode(runWorker(arguments)) }
}
