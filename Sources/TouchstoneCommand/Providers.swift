import Conformance
import Execution
import FastKernels
import RuntimeProviders
import Workers

/// The kernels that the command uses unless `--no-kernels` is given.
func availableKernels() -> KernelRegistry { .all }

extension ProviderReference {
  /// The provider itself, in the process that is to hold it.
  ///
  /// - Throws: `ProviderFailure` where it cannot be used.
  func provider() throws -> any Provider {
    guard family == .touchstone else { return try RuntimeCatalog.provider(self) }
    return TouchstoneProvider(kernels: device == nil ? availableKernels() : nil)
  }

  /// What a provider that is not built in says of itself, from a worker of its own.
  ///
  /// - Throws: `ProviderFailure` or `WorkerFailure`.
  func describe() throws -> ProviderDescription {
    guard family != .touchstone else { return try provider().description }
    let launch = RuntimeCatalog.launch(try RuntimeCatalog.located(self), task: "session")
    return try RemoteProvider(launch, timeout: Self.patience).description
  }

  /// Seconds that a runtime may take to load.
  private static let patience = 60.0
}

/// The command `worker`, which other commands start; not for people.
///
/// - Parameter arguments: `cases` or `session`, the provider, then what may be read.
/// - Returns: the exit code.
func runWorker(_ arguments: [String]) -> Int32 {
  guard arguments.count >= 2, let reference = try? ProviderReference(arguments[1]) else {
    return ExitStatus.usage.rawValue
  }
  let limit = RuntimeCatalog.memoryLimit(of: reference)
  var sandbox = RuntimeCatalog.sandbox(of: reference)
  sandbox.readable += arguments.dropFirst(2)
  switch arguments[0] {
  case "cases": return CaseWorker.run(memoryLimit: limit, sandbox: sandbox, provider: reference.provider)
  case "session": return SessionWorker.run(memoryLimit: limit, sandbox: sandbox, provider: reference.provider)
  default: return ExitStatus.usage.rawValue
  }
}
