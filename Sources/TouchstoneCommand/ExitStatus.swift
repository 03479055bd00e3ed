import ArgumentParser
import Conformance
import Execution
import ModelComparison
import ModelFile
import Workers

/// What the program's exit code says.
enum ExitStatus: Int32 {
  case expected = 0
  case mismatch = 1
  case usage = 2
  /// The model or file is invalid, unsafe or not there.
  case invalidModel = 3
  case unsupported = 4
  case providerMissing = 5
  case tooFewCases = 6
  case crash = 7
  case internalError = 70
  /// A temporary file, an output file or standard output does not take what is written.
  case unwritable = 74
  /// Ended by Ctrl-C.
  case interrupted = 130

  /// The code for an error that ends the program.
  init(_ error: any Error) {
    let kind = ErrorKind(error)
    self =
      switch error {
      case let failure as ProviderFailure where [.missing, .fallback].contains(failure.kind): .providerMissing
      case is CancellationError: .interrupted
      case is WorkerFailure: .crash
      case is ReductionError: .mismatch
      case let error as LoadError where error.kind == .unwritable: .unwritable
      case _ where kind.isUnsupported: .unsupported
      case is FeedError, is UsageError, is CorpusError: .usage
      case _ where kind.isInvalid: .invalidModel
      default: .internalError
      }
  }
}

/// Arguments that are well formed but make no sense together, or with the model.
struct UsageError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
