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
    .integerMap([], keyType: 1, [], valueType: "tensor(float)"),
  ])
  func damagedValuesAreErrors(_ layout: ValueLayout) throws {
    let worker = try FakeWorker(
      [FakeWorker.greeting(), FakeWorker.answer(.done), FakeWorker.answer(.values(["Y": layout]))],
      end: "exec sleep 60")
    let session = try RemoteProvider(worker.launch, timeout: 20).load(Self.model, options: LoadOptions())
    #expect(throws: (any Error).self) { try session.run([:], fetching: ["Y"]) }
  }

  private static func empty(_ type: ElementType, _ shape: Int...) -> ValueLayout {
    .tensor(type.rawValue, shape: shape, offset: 0)
  }

  /// Sparse tensors whose parts do not fit, without a byte in the file.
  @Test(
    arguments: [
      .sparseTensor(values: empty(.float, 0, 1), indices: empty(.int64, 0), shape: [4]),
      .sparseTensor(values: empty(.float, 0), indices: empty(.int32, 0), shape: [4]),
      .sparseTensor(values: empty(.float, 0), indices: empty(.int64, 0, 3), shape: [4]),
      .sparseTensor(values: empty(.float, 0), indices: .strings([], shape: [0]), shape: [4]),
      .sparseTensor(values: empty(.float, 0), indices: empty(.int64, 0), shape: [.max, .max]),
      .sparseTensor(values: empty(.float, 0), indices: empty(.int64, 0), shape: [-1]),
      .sparseTensor(values: .sequence([], of: "tensor(float)"), indices: empty(.int64, 0), shape: [1]),
    ] as [ValueLayout])
  func damagedSparseTensorsAreErrors(_ layout: ValueLayout) throws { try damagedValuesAreErrors(layout) }

  /// Bytes that hold no element of their type.
  @Test(
    arguments: [
      (ElementType.bool, 2), (.bool, 255), (.uint4, 16), (.uint2, 4), (.int4, 8), (.int4, 247), (.int2, 2),
      (.int2, 253), (.float4e2m1, 16), (.float6e2m3, 64),
    ] as [(ElementType, UInt8)])
  func bytesThatHoldNoElementAreErrors(_ type: ElementType, _ byte: UInt8) throws {
    let file = try Descriptor.memoryFile()
    #expect(file.write([0, byte]))
    let layout = ValueLayout.tensor(type.rawValue, shape: [2], offset: 0)
    let error = #expect(throws: LayoutError.self) { try ValueReader(file: file).read(layout) }
    #expect(error?.description.hasSuffix("it holds the byte \(byte) as \(type)") ?? false)
    _ = try ValueReader(file: file).read(.tensor(type.rawValue, shape: [1], offset: 0))
  }

  /// An index of a sparse tensor beyond its extents, or before them.
  @Test(arguments: [[4], [-1], [0, 2]] as [[Int]])
  func indicesOutsideAreErrors(_ index: [Int]) throws {
    let file = try Descriptor.memoryFile()
    var writer = ValueWriter(file: file)
    let values = try writer.write(.tensor(Tensor(floats: [1])))
    let shape = index.count == 1 ? [1] : [1, index.count]
    let indices = try writer.write(.tensor(Tensor(int64: index, shape: shape)))
    let layout = ValueLayout.sparseTensor(
      values: values, indices: indices, shape: index.count == 1 ? [4] : [2, 2])
    #expect(throws: LayoutError.self) { try ValueReader(file: file).read(layout) }
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
