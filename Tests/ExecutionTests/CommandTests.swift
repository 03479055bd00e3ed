import Dispatch
import Execution
import Foundation
import GraphIR
import ModelFile
import Synchronization
import TensorCore
import TestSupport
import Testing

/// The program itself on models and inputs that are wrong: one error on standard error, the exit code that says
/// which kind, little time and little memory.
@Suite struct CommandTests {
  /// Kibibytes that a refusal may take. The program and its libraries alone take some 60 MiB of it.
  private static let memory = 192 << 10
  /// Seconds that a refusal may take in a debug build on a busy machine.
  private static let time = 5.0

  struct Case: Sendable, CustomTestStringConvertible {
    let what: String
    let bytes: [UInt8]
    let exitCode: Int32
    let words: [String]
    var testDescription: String { what }

    init(_ what: String, _ bytes: [UInt8], _ exitCode: Int32, _ words: String...) {
      (self.what, self.bytes, self.exitCode, self.words) = (what, bytes, exitCode, words)
    }

    init(_ what: String, _ model: Model, _ exitCode: Int32, _ words: String...) {
      (self.what, self.exitCode, self.words) = (what, exitCode, words)
      bytes = (try? OnnxFile.serialize(model)) ?? []
    }
  }

  private static let x = [float("x", 2, 3)]
  private static let good = model([node("Neg", ["x"])], inputs: x)

  static let models: [Case] = [
    Case("a truncated file", Array(((try? OnnxFile.serialize(good)) ?? []).dropLast(9)), 3, "model.onnx"),
    Case("random bytes", (0..<200).map { UInt8(truncatingIfNeeded: $0 * 167 + 13) }, 3, "model.onnx"),
    Case("a length of 2^63", [0x3a, 255, 255, 255, 255, 255, 255, 255, 255, 127, 1], 3, "model.onnx"),
    Case(
      "a cycle", model([node("Add", ["x", "q"]), node("Neg", ["y"], ["q"])], inputs: x), 3, "'q'", "cycle"),
    Case("an undefined input", model([node("Neg", ["z"])], inputs: x), 3, "'z'", "not defined"),
    Case("a name given twice", model([node("Neg", ["x"], ["x"])], inputs: x), 3, "'x' is defined twice"),
    Case("an unknown operator", model([node("Foo", ["x"])], inputs: x), 4, "'Foo'", "not implemented"),
    Case(
      "an unknown domain", model([node("Neg", ["x"], domain: "com.example")], inputs: x), 4, "'com.example'"),
    Case("an unknown opset", model([node("Neg", ["x"])], inputs: x, opset: 99), 4, "opset 99", "28"),
    Case(
      "an attribute of the wrong type",
      model([node("Flatten", ["x"], ["y"], ["axis": .string("1")])], inputs: x), 3, "error[invalidAttribute]",
      "'axis' must be INT, but is STRING"),
    Case(
      "shapes that do not match", model([node("MatMul", ["x", "x"])], inputs: x), 3, "error[invalidShape]",
      "X float[2,3]".replacingOccurrences(of: "X", with: "A")),
    Case(
      "a type that is not allowed", model([node("Not", ["x"])], inputs: x), 3, "error[invalidType]",
      "tensor(float)", "bool"),
    Case("a function that calls itself", HostileModels.recursion, 3, "calls itself"),
    Case("functions that double at each level", HostileModels.doublingFunctions(depth: 60), 3, "functions"),
    Case(
      "a function that holds a long list and is called often",
      HostileModels.heldNumbers(count: 100_000, calls: 1_000), 3, "declared names"),
    Case("functions nested deeper than the stack", HostileModels.chain(depth: 20_000), 3, "levels"),
    Case(
      "functions within graphs within functions", HostileModels.nestedFunctions(depth: 40, levels: 60), 3,
      "levels"),
  ]

  @Test(arguments: models, ["check", "infer", "run"])
  func modelsAreRefused(test: Case, command: String) throws {
    let folder = try Scratch()
    let path = folder.path + "/model.onnx"
    try Data(test.bytes).write(to: URL(fileURLWithPath: path))
    try expect([command, path], ends: test.exitCode, test.words)
  }

  /// A loop of 2^63 iterations, and one node that would take hours: after ten seconds the program says where
  /// it stands, and Ctrl-C ends it with one sentence.
  @Test(arguments: ["Loop", "Einsum"]) func longRunsAreSeenAndEnded(opType: String)
    throws
  {
    let folder = try Scratch()
    let path = folder.path + "/model.onnx"
    try OnnxFile.write(HostileModels.endless(opType), to: path)
    let script = """
      "$0" "$@" & child=$!
      for _ in $(seq 200); do sleep 0.1; grep -q "takes long" \(folder.path)/errors && break; done
      kill -INT $child; wait $child
      """
    let result = try touchstone(["run", path], by: "{ \(script) ; } 2> \(folder.path)/errors")
    let errors = try String(contentsOfFile: folder.path + "/errors", encoding: .utf8)
    let lines = errors.split(separator: "\n")
    #expect(result.exitCode == 130 && lines.count == 2, "\(result) \(errors)")
    #expect(lines.first?.hasPrefix("\(opType) 'n' takes long: ") == true, "\(errors)")
    #expect(errors.contains("iteration ") == (opType == "Loop"), "\(errors)")
    #expect(lines.last == "error: the run was cancelled")
  }

  @Test func namesOfFunctionsThatAreCalledOftenCount() {
    let error = #expect(throws: ModelError.self) {
      _ = try Session(HostileModels.manyInputs(count: 10_000, calls: 2_000))
    }
    #expect(error?.message.contains("declared names") == true)
  }

  /// The same where no node is slow.
  @Test func longWorkIsSeenAndEnded() throws {
    let folder = try Scratch()
    let path = folder.path + "/model.onnx"
    try OnnxFile.write(HostileModels.manyQuickNodes(), to: path)
    let script = """
      "$0" "$@" & child=$!
      for _ in $(seq 200); do sleep 0.1; grep -q "takes long" \(folder.path)/errors && break; done
      kill -INT $child; wait $child
      """
    let result = try touchstone(["run", path], by: "{ \(script) ; } 2> \(folder.path)/errors")
    let errors = try String(contentsOfFile: folder.path + "/errors", encoding: .utf8)
    let lines = errors.split(separator: "\n")
    #expect(result.exitCode == 130, "\(result) \(errors)")
    #expect(lines.first?.contains(" takes long: it has gone on for 10 s") == true, "\(errors)")
    #expect(lines.first?.contains("now Einsum 'n' (main › node ") == true, "\(errors)")
  }

  @Test func theWorkOfARunIsLimited() throws {
    let folder = try Scratch()
    let path = folder.path + "/model.onnx"
    try OnnxFile.write(HostileModels.endless("Einsum"), to: path)
    try expect(
      ["run", path, "--work-limit", "1000"], ends: 3, ["Einsum 'n'", "more than the 1000 steps of work"])
    try expect(["run", path, "--work-limit", "0"], ends: 2, ["--work-limit is 0"], isUsage: true)
  }

  /// What is deep but bounded works, and quickly.
  @Test(
    arguments: [
      HostileModels.chain(depth: 100), HostileModels.doublingFunctions(depth: 10),
      HostileModels.nestedLoops(depth: 40), HostileModels.nestedFunctions(depth: 3, levels: 30),
      HostileModels.growingRank(500),
    ], ["check", "infer", "run"])
  func deepModelsWork(model: Model, command: String) throws {
    let folder = try Scratch()
    let path = folder.path + "/model.onnx"
    try OnnxFile.write(model, to: path)
    let result = try touchstone([command, path])
    let what = Comment(rawValue: "\(result)")
    #expect(result.exitCode == 0, what)
    #expect(result.seconds < Self.time && result.peakKibibytes < Self.memory, what)
  }

  /// The same in a thread of a test, whose stack is smaller than that of the program.
  @Test func deepModelsRunInAnyThread() throws {
    let session = try Session(HostileModels.chain(depth: 126))
    let outputs = try session.run(["x": .tensor(Tensor(floats: [1, -2]))])
    #expect(outputs["y"].map { "\($0.type)" } == "float[2]")
  }

  /// Graphs as deep as a file may have them, in a thread as other programs make them.
  @Test func deepModelsRunInSmallThreads() throws {
    let bytes = try OnnxFile.serialize(HostileModels.nestedFunctions(depth: 1, levels: 60))
    let outcome = Mutex<Result<String, any Error>?>(nil)
    let done = DispatchSemaphore(value: 0)
    let thread = Thread {
      let result = Result {
        let session = try Session(OnnxFile.parse(bytes: bytes))
        let outputs = try session.run(["x": .tensor(Tensor(floats: [1, -2]))])
        return outputs["y"].map { "\($0.type)" } ?? "nothing"
      }
      outcome.withLock { $0 = result }
      done.signal()
    }
    thread.stackSize = 128 << 10
    thread.start()
    done.wait()
    #expect(try outcome.withLock { $0 }?.get() == "float[2]")
  }

  @Test(arguments: ["check", "infer", "run"])
  func filesThatAreNotThere(command: String) throws {
    try expect([command, "/nowhere/model.onnx"], ends: 3, ["/nowhere/model.onnx"])
    try expect([command], ends: 2, ["model"], isUsage: true)
    try expect([command, "model.onnx", "--nonsense"], ends: 2, ["--nonsense"], isUsage: true)
  }

  /// Inputs that do not fit: a usage error, since the model is in order.
  @Test(arguments: [
    (["x=i.npy"], ["i.npy", "'<i8'", "float is expected"]),
    (["x=rank.npy"], ["'x' is float[6] of rank 1", "float[2,3]"]),
    (["x=size.npy"], ["axis 0 has extent 3 instead of 2"]),
    (["z=size.npy"], ["no input 'z'", "'x'"]),
    (["x"], ["NAME=FILE"]),
    (["x=nothing.npy"], ["nothing.npy"]),
    (["x=x.txt"], [".npy, .npz or .pb"]),
  ])
  func inputsAreRefused(inputs: [String], words: [String]) throws {
    let folder = try Scratch()
    let path = folder.path + "/model.onnx"
    try OnnxFile.write(Self.good, to: path)
    try NumpyFile.write(Tensor(int64: [1, 2, 3, 4, 5, 6], shape: [2, 3]), to: folder.path + "/i.npy")
    try NumpyFile.write(Tensor(floats: [1, 2, 3, 4, 5, 6]), to: folder.path + "/rank.npy")
    try NumpyFile.write(Tensor(floats: [1, 2, 3, 4, 5, 6], shape: [3, 2]), to: folder.path + "/size.npy")
    let arguments = inputs.flatMap { text in
      ["--input", text.replacingOccurrences(of: "=", with: "=\(folder.path)/")]
    }
    let isOfTheFile = inputs == ["x=nothing.npy"] || inputs == ["x=i.npy"]
    try expect(["run", path] + arguments, ends: isOfTheFile ? 3 : 2, words)
  }

  @Test func anInputThatIsMissing() throws {
    let folder = try Scratch()
    let path = folder.path + "/model.onnx"
    try OnnxFile.write(model([node("Neg", ["x"])], inputs: [untyped("x")]), to: path)
    try expect(["run", path], ends: 2, ["input 'x'", "--input"])
    try OnnxFile.write(model([node("Neg", ["x"])], inputs: [float("x", .param("N"))]), to: path)
    try expect(["run", path], ends: 2, ["input 'x' is float[N]", "--dim"])
  }

  /// Outputs of 10^12 elements and more, asked for in every way that operators know.
  @Test(arguments: HostileModels.huge)
  func hugeOutputsAreRefused(test: HostileModels.Case) throws {
    let folder = try Scratch()
    let path = folder.path + "/model.onnx"
    try OnnxFile.write(test.model, to: path)
    try expect(["run", path], ends: 3, ["error[", test.opType])
    try expect(["run", path, "--no-kernels"], ends: 3, ["error[", test.opType])
  }

  @Test func experimentalOperatorsAreNoted() throws {
    let folder = try Scratch()
    let path = folder.path + "/model.onnx"
    let note = "Affine at main › node 0 is experimental, removed from ONNX after release 1.4"
    try OnnxFile.write(model([node("Affine", ["x"])], inputs: Self.x, opset: 9), to: path)
    let plain = try touchstone(["check", path])
    #expect(plain.exitCode == 0)
    #expect(plain.output == "\(path): valid\nnote: \(note)\n")
    #expect(try touchstone(["check", "--json", path]).output.contains(note))
    try OnnxFile.write(model([node("ThresholdedRelu", ["x"])], inputs: Self.x, opset: 10), to: path)
    #expect(try touchstone(["check", path]).output == "\(path): valid\n")
  }

  private func expect(
    _ arguments: [String], ends exitCode: Int32, _ words: [String], isUsage: Bool = false,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let result = try touchstone(arguments)
    let what = Comment(rawValue: "\(result)")
    #expect(result.exitCode == exitCode, what, sourceLocation: sourceLocation)
    #expect(result.output.isEmpty, what, sourceLocation: sourceLocation)
    for word in words { #expect(result.errors.contains(word), what, sourceLocation: sourceLocation) }
    #expect(
      result.seconds < Self.time && result.peakKibibytes < Self.memory, what, sourceLocation: sourceLocation)
    guard !isUsage else { return }
    let lines = result.errors.split(separator: "\n")
    #expect(lines.first?.lowercased().hasPrefix("error") == true, what, sourceLocation: sourceLocation)
    #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("  ") }, what, sourceLocation: sourceLocation)
  }
}
