import Foundation
import GraphIR
import ModelFile
import TensorCore
import TestSupport
import Testing

/// Commands with `--isolated`: the same output from a process of its own, and a sentence where that process dies.
@Suite struct IsolationTests {
  private static func info(_ name: String, _ type: ElementType, _ dims: Dim...) -> ValueInfo {
    ValueInfo(name: name, type: .tensor(type, dims))
  }

  private static func model(_ nodes: [Node], initializers: [Initializer] = []) -> Model {
    var graph = Graph(
      name: "g", nodes: nodes, inputs: [info("x", .float, 2, 3)],
      outputs: [ValueInfo(name: "y", type: nil)])
    graph.initializers = initializers
    return Model(irVersion: 10, opsetImports: [OpsetImport(domain: "", version: 21)], graph: graph)
  }

  private static let good = model([
    Node("Neg", inputs: ["x"], outputs: ["h"]), Node("Exp", inputs: ["h"], outputs: ["y"]),
  ])
  private static let wrong = model([Node("MatMul", inputs: ["x", "x"], outputs: ["y"])])

  /// A loop that takes years.
  private static var endless: Model {
    let body = Graph(
      name: "body",
      nodes: [
        Node("Identity", inputs: ["go"], outputs: ["still"]), Node("Neg", inputs: ["v"], outputs: ["w"]),
      ],
      inputs: [info("i", .int64), info("go", .bool), info("v", .float, 2, 3)],
      outputs: [info("still", .bool), info("w", .float, 2, 3)])
    return model(
      [
        Node(
          "Loop", inputs: ["count", "", "x"], outputs: ["y"],
          attributes: [NamedAttribute("body", .graph(body))])
      ],
      initializers: [Initializer(name: "count", tensor: Tensor(int64: [1 << 50], shape: []))])
  }

  private struct Result: Equatable {
    var output: String
    var code: Int32
  }

  /// - Parameter during: what is done while it runs.
  private func touchstone(
    _ arguments: [String], during: (Process) throws -> Void = { _ in }
  ) throws -> (result: Result, errors: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try touchstoneProgram())
    process.arguments = arguments
    let (output, errors) = (Pipe(), Pipe())
    (process.standardOutput, process.standardError) = (output, errors)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    try during(process)
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let words = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let code = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    return (Result(output: text, code: code), words)
  }

  private func write(_ model: Model) throws -> (folder: Scratch, path: String) {
    let folder = try Scratch()
    try OnnxFile.write(model, to: folder.path + "/model.onnx")
    return (folder, folder.path + "/model.onnx")
  }

  @Test(arguments: [
    ["check"], ["check", "--json"], ["infer"], ["infer", "--json"], ["run"],
    ["run", "--seed", "7", "--json"],
    ["compare", "--provider", "touchstone", "--per-node"],
    ["compare", "--provider", "touchstone:definitions,touchstone", "--json", "-"],
  ])
  func theOutputIsTheSame(_ command: [String]) throws {
    for model in [Self.good, Self.wrong] {
      let (folder, path) = try write(model)
      let plain = try touchstone(command + [path])
      let isolated = try touchstone(command + ["--isolated", path])
      #expect(isolated.result == plain.result)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["model.onnx"])
    }
  }

  @Test func filesAreWrittenWhereTheyAreAskedFor() throws {
    let (folder, path) = try write(Self.good)
    for (name, flags) in [("plain", []), ("isolated", ["--isolated"])] {
      let place = "\(folder.path)/\(name)"
      try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
      let commands = [
        ["infer", path, "-o", place + "/inferred.onnx"], ["run", path, "--save-outputs", place + "/outputs"],
        [
          "compare", path, "--provider", "touchstone", "--json", place + "/r.json", "--html",
          place + "/r.html",
        ],
      ]
      for command in commands { #expect(try touchstone(command + flags).result.code == 0) }
    }
    for file in ["inferred.onnx", "outputs/y.npy", "r.json", "r.html"] {
      let plain = FileManager.default.contents(atPath: "\(folder.path)/plain/\(file)")
      #expect(
        plain != nil && plain == FileManager.default.contents(atPath: "\(folder.path)/isolated/\(file)"))
    }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path + "/isolated").sorted()
        == ["inferred.onnx", "outputs", "r.html", "r.json"])
  }

  @Test func aFileThatIsNotCompletedLeavesTheOldOne() throws {
    let (folder, path) = try write(Self.wrong)
    let old = folder.path + "/old.onnx"
    try "old".write(toFile: old, atomically: true, encoding: .utf8)
    #expect(try touchstone(["infer", "--isolated", path, "-o", old]).result.code == 3)
    #expect(try String(contentsOfFile: old, encoding: .utf8) == "old")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["model.onnx", "old.onnx"])
  }

  private struct NoWorker: Error {}

  /// The process in which the work is done, once it is at it.
  private func worker(of process: Process) throws -> pid_t {
    let path = "/proc/\(process.processIdentifier)/task/\(process.processIdentifier)/children"
    for _ in 0..<600 {
      let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
      // It has entered its sandbox once Linux says that its calls are filtered.
      if let child = pid_t(text.trimmingCharacters(in: .whitespaces)),
        let status = try? String(contentsOfFile: "/proc/\(child)/status", encoding: .utf8),
        status.contains("Seccomp:\t2"), status.contains("Threads:\t")
      {
        return child
      }
      usleep(50_000)
    }
    throw NoWorker()
  }

  @Test(arguments: [SIGTRAP, SIGILL, SIGSEGV, SIGKILL, SIGABRT])
  func aTrapIsASentence(_ signal: Int32) throws {
    let (folder, path) = try write(Self.endless)
    defer { withExtendedLifetime(folder) {} }
    let (result, errors) = try touchstone(["run", "--isolated", path]) { process in
      let worker = try worker(of: process)
      sleep(2)
      kill(worker, signal)
    }
    #expect(result == Result(output: "", code: 7))
    let name = [
      SIGTRAP: "SIGTRAP", SIGILL: "SIGILL", SIGSEGV: "SIGSEGV", SIGKILL: "SIGKILL", SIGABRT: "SIGABRT",
    ]
    #expect(
      errors.contains(
        "error: the isolated process was ended by signal \(name[signal] ?? "") while running the model"),
      "\(errors)")
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func signalsEndBoth(_ signal: Int32) throws {
    let (folder, path) = try write(Self.endless)
    defer { withExtendedLifetime(folder) {} }
    var child: pid_t = 0
    let (result, _) = try touchstone(["run", "--isolated", path]) { process in
      child = try worker(of: process)
      kill(process.processIdentifier, signal)
    }
    #expect([-signal, 130].contains(result.code))
    #expect(kill(child, 0) != 0)
  }
}
