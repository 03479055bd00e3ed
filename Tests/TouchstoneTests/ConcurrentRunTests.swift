import Synchronization
import TestSupport
import Testing
import Touchstone

/// One session that runs in several threads at once, each run with threads of its own.
@Suite struct ConcurrentRunTests {
  /// Large enough for every kernel to cut its work into chunks.
  private static let shape = [4, 4, 48, 48]

  /// Kernels of each way to cut work, random draws, a folded constant, and a loop that reads an outer value.
  private func network() -> Model {
    func node(_ opType: String, _ inputs: [String], _ output: String, _ attributes: [NamedAttribute] = [])
      -> Node
    {
      Node(opType, inputs: inputs, outputs: [output], attributes: attributes)
    }
    func value(_ name: String, _ type: ElementType, _ dims: [Dim]? = []) -> ValueInfo {
      ValueInfo(name: name, type: .tensor(type, dims))
    }
    let body = Graph(
      name: "body",
      nodes: [node("Identity", ["go"], "still"), node("Tanh", ["v"], "t"), node("Add", ["t", "e"], "w")],
      inputs: [value("i", .int64), value("go", .bool), value("v", .float, nil)],
      outputs: [value("still", .bool), value("w", .float, nil)])
    let window = [
      NamedAttribute("kernel_shape", .ints([3, 3])), NamedAttribute("pads", .ints([1, 1, 1, 1])),
    ]
    return model(
      Graph(
        name: "g",
        nodes: [
          node("Conv", ["x", "filters"], "c", window), node("MaxPool", ["c"], "p", window),
          node("Softmax", ["p"], "s"), node("MatMul", ["s", "x"], "m"),
          node("RandomNormalLike", ["m"], "noise"), node("Mul", ["m", "noise"], "n"),
          node("Exp", ["constant"], "e"),
          node("Loop", ["count", "", "n"], "y", [NamedAttribute("body", .graph(body))]),
        ],
        inputs: [value("x", .float, nil)], outputs: [ValueInfo(name: "y", type: nil)],
        initializers: [
          Initializer(name: "filters", tensor: numbers([4, 4, 3, 3])),
          Initializer(name: "constant", tensor: numbers([48])),
          Initializer(name: "count", tensor: Tensor(int64: [2], shape: [])),
        ]))
  }

  private func numbers(_ shape: [Int]) -> Tensor {
    Tensor(floats: (0..<shape.reduce(1, *)).map { Float($0 * 37 % 101) / 50 - 1 }, shape: shape)
  }

  private func session(threads: Int) throws -> InferenceSession {
    var options = SessionOptions.standard
    options.intraOpThreadCount = threads
    return try InferenceSession(model: network(), options: options)
  }

  private func bits(_ session: InferenceSession, _ options: RunOptions) throws -> [UInt32] {
    let outputs = try session.run(["x": numbers(Self.shape)], options: options)
    return outputs["y"]?.withElements(Float.self) { $0.map(\.bitPattern) } ?? []
  }

  /// Every third run is cancelled within its loop; the others give what their seeds give alone.
  @Test func runsDoNotDisturbEachOther() throws {
    @Sendable func options(seed: Int) -> RunOptions {
      var options = RunOptions()
      options.seed = UInt64(seed)
      return options
    }
    let alone = try session(threads: 1)
    let wanted = try (0..<3).map { try bits(alone, options(seed: $0)) }
    #expect(Set(wanted).count == 3)

    let session = try session(threads: 3)
    let results = inThreads(9) { index in
      var options = options(seed: index / 3)
      let progress = RunProgress()
      options.progress = progress
      // Asked by the threads of a kernel too.
      options.checkCancellation = {
        let isInLoop = progress.place?.opType == "Loop"
        if isInLoop, index % 3 == 2 { throw CancellationError() }
      }
      return try bits(session, options)
    }
    for (index, result) in results.enumerated() {
      if index % 3 == 2 {
        #expect(throws: CancellationError.self) { try result.get() }
      } else {
        #expect(try result.get() == wanted[index / 3], "run \(index)")
      }
    }
  }
}
