import CSystem
import Execution
import Glibc

/// What every worker process does, whatever it is asked for.
package enum WorkerLife {
  /// Begins the life of a worker and answers requests until there are no more.
  ///
  /// - Parameters:
  ///   - memoryLimit: bytes of address space; a request that takes more ends the worker before it slows the whole
  ///     machine. Nil for providers that reserve addresses freely, as those of graphics cards do.
  ///   - sandbox: what is entered before the provider's library, whose first code runs as it is opened.
  ///   - provider: makes the provider; where it cannot, the greeting says why.
  ///   - answer: takes one request off the buffer and returns the answer; nil while the request is not complete.
  /// - Returns: the process's exit code.
  package static func run(
    memoryLimit: Int?, sandbox: Sandbox, provider makeProvider: () throws -> any Provider,
    answer: (any Provider, inout [UInt8]) throws -> [UInt8]?
  ) -> Int32 {
    endWithParent()
    // Signals may reach the whole group; the parent ends its workers itself, when it has kept what is there.
    for number in [SIGINT, SIGTERM, SIGHUP] { signal(number, SIG_IGN) }
    Limits.set(memory: memoryLimit, fileSize: memoryLimit ?? largestFile)
    let requests = Descriptor(owning: 3)
    let answers = Descriptor(owning: 4)
    do {
      let provider: any Provider
      do {
        provider = try made {
          try sandbox.enter()
          return try makeProvider()
        }
      } catch let failure as ProviderFailure {
        _ = answers.write(try Frame.encode(WorkerGreeting.failed(failure)))
        return 0
      }
      guard answers.write(try Frame.encode(WorkerGreeting.ready(provider.description))) else { return 0 }
      var buffer: [UInt8] = []
      while true {
        while let bytes = try answer(provider, &buffer) {
          guard answers.write(bytes) else { return 0 }
        }
        guard requests.read(into: &buffer) else { return 0 }
      }
    } catch {
      return 70
    }
  }

  /// Has this process end with the one that started it, now if that is gone already.
  package static func endWithParent() {
    // At the end of the pipe alone a worker would never look while it hangs.
    _ = system_die_with_parent()
    if isOrphan(of: getenv(parentVariable).map { String(cString: $0) }, parent: getppid()) { exit(0) }
  }

  /// Bytes of the file of answers where memory has no limit.
  private static let largestFile = 16 << 30

  /// The variable in which a worker is told the number of the process that starts it.
  static let parentVariable = "TOUCHSTONE_PARENT"

  /// Whether the process that started this one is gone already. Its number may be 1, as it is in a container.
  static func isOrphan(of starter: String?, parent: pid_t) -> Bool {
    starter.flatMap { pid_t($0) }.map { $0 != parent } ?? false
  }

  private static func made(_ makeProvider: () throws -> any Provider) throws -> any Provider {
    do {
      return try makeProvider()
    } catch let failure as ProviderFailure {
      throw failure
    } catch {
      throw ProviderFailure(.missing, "\(error)")
    }
  }
}
