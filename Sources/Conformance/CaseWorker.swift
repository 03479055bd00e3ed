import Execution
import Glibc
import Workers

/// A worker that tries cases with one provider.
public enum CaseWorker {
  /// The variable that makes a worker obey a file `fault` in a case's folder, for tests of the runner itself.
  static let faultVariable = "TOUCHSTONE_OBEY_FAULTS"

  /// Answers requests until there are no more.
  ///
  /// - Returns: the process's exit code.
  package static func run(memoryLimit: Int?, sandbox: Sandbox, provider: () throws -> any Provider) -> Int32 {
    WorkerLife.run(memoryLimit: memoryLimit, sandbox: sandbox, provider: provider) { provider, buffer in
      guard let request = try Frame.decode(CaseRequest.self, from: &buffer) else { return nil }
      obeyFault(in: request.folder)
      return try Frame.encode(CaseRunner(request: request, provider: provider).run())
    }
  }

  private static func obeyFault(in folder: String) {
    guard getenv(faultVariable) != nil else { return }
    let file = open("\(folder)/fault", O_RDONLY)
    guard file >= 0 else { return }
    var bytes: [UInt8] = []
    _ = Descriptor(owning: file).read(into: &bytes)
    if String(decoding: bytes, as: UTF8.self).hasPrefix("hang") {
      while true { pause() }
    }
    abort()
  }
}
