import Execution
import Glibc
import TensorCore

/// What a session worker is asked for. Sessions bear numbers, so that several may be open at once.
enum SessionRequest: Codable, Sendable {
  /// Makes the model of a file ready, or, without a path, of the first bytes in the shared file.
  case load(session: Int, path: String?, byteCount: Int, options: LoadOptions)
  case run(session: Int, inputs: NameDictionary<ValueLayout>, names: [String])
  /// Runs as often, and answers what each run took.
  case time(session: Int, inputs: NameDictionary<ValueLayout>, names: [String], count: Int)
  case close(session: Int)
}

/// What it answers.
enum SessionAnswer: Codable, Sendable {
  case done
  case values(NameDictionary<ValueLayout>)
  case seconds([Double])
  case failed(ProviderFailure)
}

/// A worker that holds sessions of one provider for another process.
package enum SessionWorker {
  /// Answers requests until there are no more.
  ///
  /// - Returns: the process's exit code.
  package static func run(memoryLimit: Int?, sandbox: Sandbox, provider: () throws -> any Provider) -> Int32 {
    let desk = Desk(requestValues: Descriptor(owning: 5), answerValues: Descriptor(owning: 6))
    return WorkerLife.run(memoryLimit: memoryLimit, sandbox: sandbox, provider: provider) {
      provider, buffer in
      try Frame.decode(SessionRequest.self, from: &buffer).map {
        try Frame.encode(desk.answer($0, by: provider))
      }
    }
  }

  /// The open sessions and the files between the processes.
  private final class Desk {
    let requestValues: ValueReader
    let answerValues: Descriptor
    var sessions: [Int: any ProviderSession] = [:]

    init(requestValues: Descriptor, answerValues: Descriptor) {
      self.requestValues = ValueReader(file: requestValues)
      self.answerValues = answerValues
    }

    func answer(_ request: SessionRequest, by provider: any Provider) -> SessionAnswer {
      do {
        return try perform(request, by: provider)
      } catch let failure as ProviderFailure {
        return .failed(failure)
      } catch {
        return .failed(ProviderFailure(.rejected, "\(error)"))
      }
    }

    private func perform(_ request: SessionRequest, by provider: any Provider) throws -> SessionAnswer {
      switch request {
      case .load(let number, let path, let byteCount, let options):
        let contents: ModelSource.Contents =
          if let path { .file(path) } else { .bytes(try requestValues.bytes(count: byteCount)) }
        sessions[number] = try provider.load(ModelSource(contents), options: options)
        return .done
      case .run(let number, let inputs, let names):
        guard let session = sessions[number] else { throw LayoutError("session \(number)") }
        let values = try session.run(try inputs.mapValues(requestValues.read), fetching: names)
        var writer = ValueWriter(file: answerValues)
        return .values(try values.mapValues { try writer.write($0) })
      case .time(let number, let inputs, let names, let count):
        guard let session = sessions[number] else { throw LayoutError("session \(number)") }
        let values = try inputs.mapValues(requestValues.read)
        return .seconds(try (0..<count).map { _ in try seconds { try session.run(values, fetching: names) } })
      case .close(let number):
        sessions[number] = nil
        return .done
      }
    }

    private func seconds(_ body: () throws -> NamedValues) rethrows -> Double {
      let start = ContinuousClock.now
      _ = try body()
      return (ContinuousClock.now - start) / .seconds(1)
    }
  }
}
