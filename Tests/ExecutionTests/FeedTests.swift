import Analysis
import Execution
import GraphIR
import TensorCore
import Testing

/// Values that do not fit the model's inputs, and runs that are ended.
@Suite struct FeedTests {
  /// y = x + w of float[N,2]; w has a default. s is a sequence that nothing reads.
  private func session() throws -> Session {
    try Session(
      model(
        [node("Add", ["x", "w"])],
        inputs: [
          float("x", .param("N"), 2), float("w", 2),
          ValueInfo(name: "s", type: .sequence(.tensor(.int64, nil))),
        ], initializers: [constant("w", Tensor(floats: [1, 2]))]))
  }

  private static let sequence = Value.sequence([], of: .tensor(.int64, nil))
  private static let x = Value.tensor(Tensor(floats: [1, 2], shape: [1, 2]))

  @Test(
    arguments: [
      (["s": sequence], ["input 'x'", "float[N,2]", "missing"]),
      ([:], ["missing"]),
      (["x": x, "s": sequence, "z": x], ["no input 'z'", "'x', 's', 'w'"]),
      (
        ["x": .tensor(Tensor(int64: [1, 2], shape: [1, 2])), "s": sequence],
        ["'x' is int64[1,2]", "float[N,2]"]
      ),
      (["x": .tensor(Tensor(floats: [1, 2])), "s": sequence], ["'x' is float[2] of rank 1", "float[N,2]"]),
      (
        ["x": .tensor(Tensor(floats: [1, 2, 3], shape: [1, 3])), "s": sequence],
        ["'x' is float[1,3]", "axis 1 has extent 3 instead of 2"]
      ),
      (["x": sequence, "s": sequence], ["'x' is seq(int64)", "float[N,2]"]),
      (["x": x, "s": x], ["'s' is float[1,2]", "seq(int64)"]),
      (["x": x, "s": .sequence([], of: .tensor(.float, nil))], ["'s' is seq(float)", "seq(int64)"]),
      (
        ["x": x, "s": sequence, "w": .tensor(Tensor(floats: [1]))],
        ["'w' is float[1]", "extent 1 instead of 2"]
      ),
    ] as [(NamedValues, [String])])
  func wrongFeeds(feeds: NamedValues, words: [String]) throws {
    let session = try session()
    let error = #expect(throws: FeedError.self) { _ = try session.run(feeds) }
    for word in words { #expect(error?.description.contains(word) == true, "\(error?.description ?? "")") }
    // The session lives on.
    let outputs = try session.run(["x": Self.x, "s": Self.sequence])
    #expect(outputs["y"].map { "\($0.type)" } == "float[1,2]")
  }

  /// Inference trusts in what the model declares of the elements, so that they are held against it.
  @Test func elementsOfWrongShape() throws {
    let sequence = ValueType.sequence(.tensor(.float, [4]))
    let session = try Session(
      model(
        [node("SequenceLength", ["s"], ["y"])],
        inputs: [
          ValueInfo(name: "s", type: sequence), ValueInfo(name: "o", type: .optional(.tensor(.float, [4]))),
        ]))
    let (good, bad) = (Value.tensor(Tensor(floats: [1, 2, 3, 4])), Value.tensor(Tensor(floats: [1, 2, 3])))
    func run(_ elements: [Value], _ inner: Value) throws {
      let open = ValueType.tensor(.float, nil)
      _ = try session.run(["s": .sequence(elements, of: open), "o": .optional(inner, of: open)])
    }
    try run([good, good], good)
    let error = #expect(throws: FeedError.self) { try run([good, bad], good) }
    #expect(error?.description.contains("'s[1]' is float[3]") == true, "\(error?.description ?? "")")
    let other = #expect(throws: FeedError.self) { try run([good], bad) }
    #expect(other?.description.contains("'o' is float[3]") == true, "\(other?.description ?? "")")
  }

  @Test func anOutputThatNothingComputes() throws {
    let session = try session()
    let error = #expect(throws: FeedError.self) {
      _ = try session.run(["x": Self.x, "s": Self.sequence], fetching: ["z"])
    }
    #expect(error?.description.contains("no value named 'z'") == true)
  }

  // MARK: - Loops without an end

  /// A loop that hands 'v' from iteration to iteration.
  private func loop(_ nodes: [Node], carried: ValueType, initial: Node, scans: Bool = false) -> Model {
    let body = Graph(
      name: "body", nodes: nodes,
      inputs: [untyped("i"), untyped("c"), ValueInfo(name: "v", type: carried)],
      outputs: ["c", "w"].map(untyped) + (scans ? [untyped("i")] : []))
    return model(
      [initial, node("Loop", ["m", "", "v0"], scans ? ["last", "y"] : ["y"], ["body": .graph(body)])],
      initializers: [constant("m", Tensor(int64: [.max], shape: []))])
  }

  private var counting: Model {
    loop(
      [node("Identity", ["v"], ["w"])], carried: .tensor(.float, []),
      initial: node("Constant", [], ["v0"], ["value_float": .float(1)]))
  }

  @Test func aLoopIsEndedByCancellation() throws {
    let session = try Session(counting)
    let asked = Counter()
    var options = RunOptions()
    options.checkCancellation = { if asked.next() > 1_000 { throw CancellationError() } }
    #expect(throws: CancellationError.self) { _ = try session.run([:], options: options) }
  }

  /// 2^63 iterations, each of which leaves something behind: the memory limit ends them.
  @Test(arguments: ["scan", "sequence", "strings", "concat"])
  func aLoopIsEndedByTheMemoryLimit(what: String) throws {
    let model =
      switch what {
      case "scan":
        loop(
          [node("Identity", ["v"], ["w"])], carried: .tensor(.float, []),
          initial: node("Constant", [], ["v0"], ["value_float": .float(1)]), scans: true)
      case "sequence":
        loop(
          [node("SequenceInsert", ["v", "i"], ["w"])], carried: .sequence(.tensor(.int64, nil)),
          initial: node("SequenceEmpty", [], ["v0"], ["dtype": .int(7)]))
      case "strings":
        loop(
          [node("StringConcat", ["v", "v"], ["w"])], carried: .tensor(.string, []),
          initial: node("Constant", [], ["v0"], ["value_string": .string("12345678")]))
      default:
        loop(
          [node("Concat", ["v", "v"], ["w"], ["axis": .int(0)])], carried: .tensor(.float, [.unknown]),
          initial: node("Constant", [], ["v0"], ["value_floats": .floats([1])]))
      }
    var options = SessionOptions()
    options.memoryLimit = 32 << 10
    let session = try Session(model, options: options)
    let error = #expect(throws: NodeError.self) { _ = try session.run([:]) }
    #expect(error?.message.contains("over the limit of 32768") == true, "\(error?.message ?? "")")
  }

  /// Counts from 1.
  private final class Counter: @unchecked Sendable {
    private var count = 0
    func next() -> Int {
      count += 1
      return count
    }
  }
}
