import ArgumentParser
import Conformance
import Execution
import Foundation
import GraphIR
import ModelFile
import TensorCore

/// The program. Workers are told apart before arguments are parsed, since one is started for each processor
/// and again after each crash.
@main
enum Main {
  static func main() {
    StandardOutput.reserveDescriptors()
    if CommandLine.arguments.dropFirst().first == "worker" {
      leave(with: runWorker(Array(CommandLine.arguments.dropFirst(2))))
    }
    signal(SIGPIPE, SIG_DFL)
    do {
      var arguments = Array(CommandLine.arguments.dropFirst())
      try Isolation.enter(&arguments)
      var command = try TouchstoneCommand.parseAsRoot(arguments)
      if !Isolation.isInside {
        (command as? any Sandboxing)?.prepareSandbox()
        if let command = command as? any Isolable, command.isIsolated {
          end(with: try Isolation.run(command, arguments))
        }
      }
      let memory = (command as? any MemoryLimited)?.memory.memoryLimit?.bytes
      try MemoryLimit.$stated.withValue(memory) {
        try StackRoom.with(StackRoom.ofModel) { try command.run() }
      }
      end(with: 0)
    } catch {
      end(with: report(error))
    }
  }

  /// Ends the program; where standard output did not take everything, a success is none.
  private static func end(with code: Int32) -> Never {
    WorkFolder.remove()
    guard let failure = StandardOutput.failure else { leave(with: code) }
    printToError("error: standard output cannot be written: \(failure)")
    leave(with: code == 0 ? ExitStatus.unwritable.rawValue : code)
  }

  /// Ends the process without what libraries do at its end: OpenBLAS waits for its threads there, which wait for ever
  /// where they find no memory.
  private static func leave(with code: Int32) -> Never { _exit(code) }

  /// Says what is wrong, and returns the exit code for it.
  private static func report(_ error: any Error) -> Int32 {
    if let code = error as? ExitCode { return code.rawValue }
    let parserCode = TouchstoneCommand.exitCode(for: error)
    if parserCode == .success {
      printLine(TouchstoneCommand.fullMessage(for: error))
      return 0
    }
    if parserCode == .validationFailure {
      printToError(TouchstoneCommand.fullMessage(for: error))
      return ExitStatus.usage.rawValue
    }
    let text = isSentence(error) ? spellingOut("\(error)") : "\(error)"
    printToError(text.hasPrefix("error[") ? text : "error: \(text)")
    return ExitStatus(error).rawValue
  }

  /// Whether an error is one line, so that another line can only come from a name in it.
  private static func isSentence(_ error: any Error) -> Bool {
    error is UsageError || error is FeedError || error is ModelError || error is LoadError
      || error is CorpusError
  }
}

/// Touchstone's commands.
struct TouchstoneCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "touchstone",
    abstract: "The ONNX reference interpreter and conformance suite.",
    version: touchstoneVersion,
    subcommands: [
      RunCommand.self, BenchCommand.self, ConformCommand.self, CompareCommand.self, BisectCommand.self,
      ReduceCommand.self,
      InspectCommand.self, CheckCommand.self, InferCommand.self, ExtractCommand.self, InlineCommand.self,
      OptimizeCommand.self, VerifyCommand.self, ConvertCommand.self,
      OutlineCommand.self, ExplainCommand.self, ProvidersCommand.self, WorkerCommand.self,
    ])
}

/// Listed so that `worker` is a command like others; `Main` starts it before arguments are parsed.
struct WorkerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "worker", abstract: "Tries cases for another process; not for people.", shouldDisplay: false)
  @Argument var arguments: [String] = []
  func run() throws { throw ExitCode(runWorker(arguments)) }
}
