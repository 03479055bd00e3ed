import Execution
import TensorCore
import Testing

@testable import Workers

/// Whatever a worker does, its user hears of it as an error, and soon.
@Suite struct FaultTests {
  private static let model = ModelSource(.bytes([1, 2, 3]))
  private static let crashes = [
    ("kill -SEGV $$", "SIGSEGV"), ("kill -ABRT $$", "SIGABRT"), ("kill -KILL $$", "SIGKILL"),
    ("exit 3", "exit code 3"), ("echo 'free(): invalid pointer'; kill -ABRT $$", "free(): invalid pointer"),
  ]

  private func failure(_ body: () throws -> Void) -> WorkerFailure? {
    do {
      try body()
      return nil
    } catch {
      return error as? WorkerFailure
    }
  }

  @Test(arguments: crashes) func aCrashBeforeTheGreeting(_ end: String, _ words: String) throws {
    let worker = try FakeWorker([], end: end)
    let failure = failure { _ = try RemoteProvider(worker.launch, timeout: 20) }
    #expect(failure?.kind == .crash)
    #expect(failure?.description.contains(words) ?? false, "\(failure?.description ?? "")")
  }

  @Test(arguments: crashes) func aCrashOnLoading(_ end: String, _ words: String) throws {
    let worker = try FakeWorker([FakeWorker.greeting()], end: end)
    let provider = try RemoteProvider(worker.launch, timeout: 20)
    #expect(provider.description == FakeWorker.description)
    // A worker that has died is started anew, so that every model is tried.
    for _ in 0..<2 {
      let failure = failure { _ = try provider.load(Self.model, options: LoadOptions()) }
      #expect(failure?.kind == .crash)
      #expect(failure?.description.contains(words) ?? false, "\(failure?.description ?? "")")
    }
  }

  @Test(arguments: crashes) func aCrashOnRunning(_ end: String, _ words: String) throws {
    let worker = try FakeWorker([FakeWorker.greeting(), FakeWorker.answer(.done)], end: end)
    let session = try RemoteProvider(worker.launch, timeout: 20).load(Self.model, options: LoadOptions())
    let failure = failure { _ = try session.run([:], fetching: ["Y"]) }
    #expect(failure?.kind == .crash)
    #expect(failure?.description.contains(words) ?? false, "\(failure?.description ?? "")")
  }

  @Test func aCrashAfterTheReplyConcernsTheNextRequest() throws {
    let values: NameDictionary<ValueLayout> = ["Y": .strings(["a"], shape: [1])]
    let worker = try FakeWorker(
      [FakeWorker.greeting(), FakeWorker.answer(.done), FakeWorker.answer(.values(values))],
      end: "kill -SEGV $$")
    let session = try RemoteProvider(worker.launch, timeout: 20).load(Self.model, options: LoadOptions())
    guard case .tensor(let tensor)? = try session.run([:], fetching: ["Y"])["Y"] else {
      Issue.record("no tensor came back")
      return
    }
    #expect(tensor.strings == ["a"])
    #expect(failure { _ = try session.run([:], fetching: ["Y"]) }?.kind == .crash)
    // The session went with its worker.
    #expect(failure { _ = try session.run([:], fetching: ["Y"]) }?.description.contains("is gone") ?? false)
  }

  @Test func aHangIsATimeout() throws {
    let worker = try FakeWorker([FakeWorker.greeting()], end: "exec sleep 60")
    let provider = try RemoteProvider(worker.launch, timeout: 0.3)
    let start = ContinuousClock.now
    #expect(failure { _ = try provider.load(Self.model, options: LoadOptions()) }?.kind == .timeout)
    #expect(ContinuousClock.now - start < .seconds(30))
  }

  @Test(arguments: [
    [4, 0, 0, 0] + Array("null".utf8), [2, 0, 0, 0] + Array("{}".utf8), [255, 255, 255, 255, 1],
    Array("Segmentation fault, in words, on the wrong pipe".utf8),
  ])
  func whatIsNoMessageIsACrash(_ bytes: [UInt8]) throws {
    let worker = try FakeWorker([FakeWorker.greeting(), bytes], end: "exec sleep 60")
    let provider = try RemoteProvider(worker.launch, timeout: 20)
    let failure = failure { _ = try provider.load(Self.model, options: LoadOptions()) }
    #expect(failure?.kind == .crash)
    #expect(failure?.description.contains("no message") ?? false, "\(failure?.description ?? "")")
  }

  @Test(arguments: [
    ValueLayout.tensor(1, shape: [2], offset: 1 << 40), .tensor(1, shape: [2], offset: -8),
    .tensor(99, shape: [2], offset: 0), .tensor(1, shape: [-2], offset: 0),
    .tensor(1, shape: [.max, .max], offset: 0), .strings(["a"], shape: [2]),
    .sequence([], of: "tensor(nonsense)"), .integerMap([1], keyType: 7, [], valueType: "tensor(float)"),
    .optional(.tensor(8, shape: [0], offset: 0), of: "tensor(string)"),
  ])
  func damagedValuesAreErrors(_ layout: ValueLayout) throws {
    let worker = try FakeWorker(
      [FakeWorker.greeting(), FakeWorker.answer(.done), FakeWorker.answer(.values(["Y": layout]))],
      end: "exec sleep 60")
    let session = try RemoteProvider(worker.launch, timeout: 20).load(Self.model, options: LoadOptions())
    #expect(throws: (any Error).self) { try session.run([:], fetching: ["Y"]) }
  }

  @Test func aRefusalKeepsItsKind() throws {
    let refusal = ProviderFailure(.unsupported, "no kernel for Add", missingOperators: ["Add"])
    let worker = try FakeWorker(
      [FakeWorker.greeting(), FakeWorker.answer(.failed(refusal))], end: "exec sleep 60")
    let provider = try RemoteProvider(worker.launch, timeout: 20)
    let failure = #expect(throws: ProviderFailure.self) {
      _ = try provider.load(Self.model, options: LoadOptions())
    }
    #expect(failure?.kind == .unsupported)
    #expect(failure?.missingOperators == ["Add"])
  }

  @Test func aProviderThatIsMissingSaysWhy() throws {
    let refusal = ProviderFailure(.missing, "no driver")
    let worker = try FakeWorker([Frame.encode(WorkerGreeting.failed(refusal))], end: "exec sleep 60")
    let failure = #expect(throws: ProviderFailure.self) {
      _ = try RemoteProvider(worker.launch, timeout: 20)
    }
    #expect(failure?.kind == .missing)
    #expect(failure?.description == "no driver")
  }

  @Test func aProgramThatIsNotThereIsAnError() {
    #expect(throws: SystemError.self) {
      _ = try RemoteProvider(WorkerLaunch(executable: "/no/such/program", arguments: []))
    }
  }
}
