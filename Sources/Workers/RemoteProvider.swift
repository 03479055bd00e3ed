import Execution
import Glibc
import TensorCore

/// A provider that lives in a worker process, so that its crash or hang is an error here.
///
/// A worker that has died is started anew for the next model. To be used by one thread at a time.
public final class RemoteProvider: Provider {
  public let description: ProviderDescription
  private let launch: WorkerLaunch
  /// Seconds that one request may take.
  private let timeout: Double
  private var worker: WorkerProcess
  /// How many workers there have been: a session of one before is lost.
  private var generation = 1
  private var sessionCount = 0
  /// The sessions that nobody holds any more, of which the worker hears with the next request.
  private var closed: [Int] = []

  /// Asked while an answer is awaited; where it is true, the request ends with `CancellationError`.
  public var isInterrupted: @Sendable () -> Bool = { false }

  /// How many workers are started for one provider before it is given up.
  private static let workerLimit = 1_000

  /// - Throws: `ProviderFailure` where the provider cannot be had, `WorkerFailure` where its process dies.
  public init(_ launch: WorkerLaunch, timeout: Double = 120) throws {
    signal(SIGPIPE, SIG_IGN)
    self.launch = launch
    self.timeout = timeout
    (worker, description) = try Self.start(launch, timeout)
  }

  deinit { _ = worker.end(kill: true) }

  private static func start(_ launch: WorkerLaunch, _ timeout: Double) throws
    -> (WorkerProcess, ProviderDescription)
  {
    let worker = try WorkerProcess(launch)
    switch try worker.answer(WorkerGreeting.self, within: timeout) {
    case .ready(let description): return (worker, description)
    case .failed(let failure):
      _ = worker.end(kill: true)
      throw failure
    }
  }

  public func load(_ model: ModelSource, options: LoadOptions) throws -> any ProviderSession {
    if worker.hasEnded {
      guard generation < Self.workerLimit else {
        throw ProviderFailure(
          .missing, "\(generation) workers of \(description.name) have died; no more are tried")
      }
      generation += 1
      closed = []
      worker = try Self.start(launch, timeout).0
    }
    sessionCount += 1
    var path: String?
    var writer = ValueWriter(file: worker.requestValues)
    switch model.contents {
    case .file(let file): path = file
    case .bytes(let bytes): try bytes.withUnsafeBytes { try writer.write($0) }
    }
    _ = try ask(
      .load(session: sessionCount, path: path, byteCount: writer.byteCount, options: options), of: generation)
    return RemoteSession(provider: self, number: sessionCount, generation: generation)
  }

  /// Ends the worker, whose memory is then free; the next model starts another. Sessions are lost.
  public func rest() { _ = worker.end(kill: true) }

  fileprivate func run(_ session: RemoteSession, _ inputs: NamedValues, _ names: [String]) throws
    -> NamedValues
  {
    var writer = ValueWriter(file: worker.requestValues)
    let layouts = try inputs.mapValues { try writer.write($0) }
    let answer = try ask(.run(session: session.number, inputs: layouts, names: names), of: session.generation)
    guard case .values(let values) = answer else { return [:] }
    let reader = ValueReader(file: worker.answerValues)
    defer { for file in [worker.requestValues, worker.answerValues] { ftruncate(file.number, 0) } }
    return try values.mapValues(reader.read)
  }

  fileprivate func seconds(_ session: RemoteSession, _ inputs: NamedValues, _ names: [String], _ count: Int)
    throws
    -> [Double]
  {
    var writer = ValueWriter(file: worker.requestValues)
    let layouts = try inputs.mapValues { try writer.write($0) }
    defer { ftruncate(worker.requestValues.number, 0) }
    let request = SessionRequest.time(session: session.number, inputs: layouts, names: names, count: count)
    guard case .seconds(let seconds) = try ask(request, of: session.generation) else { return [] }
    return seconds
  }

  fileprivate func close(_ session: RemoteSession) {
    if session.generation == generation { closed.append(session.number) }
  }

  private func ask(_ request: SessionRequest, of generation: Int) throws -> SessionAnswer {
    guard generation == self.generation, !worker.hasEnded else {
      throw WorkerFailure(.crash, "the worker that held this model is gone")
    }
    for number in closed { _ = try exchange(.close(session: number)) }
    closed = []
    let answer = try exchange(request)
    if case .failed(let failure) = answer { throw failure }
    return answer
  }

  private func exchange(_ request: SessionRequest) throws -> SessionAnswer {
    guard !isInterrupted() else { throw CancellationError() }
    // Where the worker is gone, waiting for its answer says so.
    _ = try worker.send(request)
    return try worker.answer(SessionAnswer.self, within: timeout, isInterrupted: isInterrupted)
  }
}

/// A session whose runs are timed where they happen.
public protocol TimedSession: ProviderSession {
  /// What each of `count` runs took, in seconds, without what it takes to bring values to and fro.
  func seconds(_ inputs: NamedValues, fetching names: [String], count: Int) throws -> [Double]
}

/// A session in a worker process.
private final class RemoteSession: TimedSession {
  let provider: RemoteProvider
  let number: Int
  let generation: Int

  init(provider: RemoteProvider, number: Int, generation: Int) {
    self.provider = provider
    self.number = number
    self.generation = generation
  }

  deinit { provider.close(self) }

  func run(_ inputs: NamedValues, fetching names: [String]) throws -> NamedValues {
    try provider.run(self, inputs, names)
  }

  func seconds(_ inputs: NamedValues, fetching names: [String], count: Int) throws -> [Double] {
    try provider.seconds(self, inputs, names, count)
  }
}

/// A worker process that did not answer.
public struct WorkerFailure: Error, Sendable, CustomStringConvertible {
  public enum Kind: String, Sendable { case crash, timeout }
  public let kind: Kind
  public let description: String

  init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = description
  }
}

extension WorkerProcess {
  /// Milliseconds after which one who waits looks up whether it is interrupted or has waited long enough.
  private static let interruptionInterval: Int32 = 100

  /// Waits for the next message.
  ///
  /// - Parameter isInterrupted: asked several times a second; where it is true, the worker is ended.
  /// - Throws: `WorkerFailure` where the worker ends first, sends what is no message, or takes longer than
  ///   `seconds`, and `CancellationError` after an interruption; the worker is then gone.
  package func answer<Message: Decodable>(
    _: Message.Type, within seconds: Double, isInterrupted: () -> Bool = { false }
  ) throws -> Message {
    let deadline = ContinuousClock.now.advanced(by: .seconds(seconds))
    while true {
      do {
        if let message = try message(Message.self) { return message }
      } catch let damage as DamagedMessage {
        _ = end(kill: true)
        throw WorkerFailure(.crash, damage.description)
      }
      var entry = pollfd(fd: answers.number, events: Int16(POLLIN), revents: 0)
      guard poll(&entry, 1, Self.interruptionInterval) > 0 else {
        if isInterrupted() {
          _ = end(kill: true)
          throw CancellationError()
        }
        if ContinuousClock.now < deadline { continue }
        _ = end(kill: true)
        throw WorkerFailure(.timeout, "no answer within \(seconds) s")
      }
      guard receive() else { throw WorkerFailure(.crash, end(kill: false).sentence) }
    }
  }
}
