import Foundation
import GraphIR
import ModelFile
import TensorCore
import TestSupport
import Testing

/// The folder of the package.
let packageFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().path

/// How a process ended.
struct CommandResult {
  /// Nil where a signal ended it.
  var exitCode: Int32?
  var output: String
  var errors: String
  var seconds: Double
  /// The most memory that it held; 0 where this process has held as much, since Linux counts that to its children.
  var peakKibibytes: Int
}

/// Runs `touchstone` with at most 2 GiB of addresses and 20 s of processor time.
///
/// - Parameter shell: what a shell does that has the program and its arguments as `"$0" "$@"`.
func touchstone(_ arguments: [String], by shell: String = "exec \"$0\" \"$@\"") throws -> CommandResult {
  let folder = try Scratch()
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  for (descriptor, name) in [(Int32(1), "output"), (2, "errors")] {
    posix_spawn_file_actions_addopen(
      &actions, descriptor, "\(folder.path)/\(name)", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
  }
  let script = "ulimit -v 2097152; ulimit -t 20; \(shell)"
  let words = ["/bin/sh", "-c", script, try touchstoneProgram()] + arguments
  let pointers = words.map { strdup($0) } + [nil]
  defer { for pointer in pointers { free(pointer) } }
  let start = ContinuousClock.now
  var process: pid_t = 0
  try #require(posix_spawn(&process, "/bin/sh", &actions, nil, pointers, environ) == 0)
  var status: Int32 = 0
  var usage = rusage()
  while wait4(process, &status, 0, &usage) < 0, errno == EINTR {}
  let elapsed = (ContinuousClock.now - start).components
  var own = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &own)
  func text(_ name: String) -> String {
    (try? String(contentsOfFile: "\(folder.path)/\(name)", encoding: .utf8)) ?? ""
  }
  return CommandResult(
    exitCode: status & 0x7f == 0 ? status >> 8 & 0xff : nil, output: text("output"), errors: text("errors"),
    seconds: Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18,
    peakKibibytes: usage.ru_maxrss > own.ru_maxrss ? usage.ru_maxrss : 0)
}

// MARK: - Models

func untyped(_ name: String) -> ValueInfo { ValueInfo(name: name, type: nil) }

func float(_ name: String, _ dims: Dim...) -> ValueInfo { ValueInfo(name: name, type: .tensor(.float, dims)) }

func constant(_ name: String, _ tensor: Tensor) -> Initializer { Initializer(name: name, tensor: tensor) }

func node(
  _ opType: String, _ inputs: [String], _ outputs: [String] = ["y"], domain: String = "",
  _ attributes: [String: Attribute] = [:]
) -> Node {
  Node(
    opType, domain: domain, name: "n", inputs: inputs, outputs: outputs,
    attributes: attributes.sorted { $0.key < $1.key }.map { NamedAttribute($0.key, $0.value) })
}

/// A model of opset 21 whose output is 'y'.
func model(
  _ nodes: [Node], inputs: [ValueInfo] = [], initializers: [Initializer] = [], functions: [Function] = [],
  opset: Int = 21
) -> Model {
  let graph = Graph(
    name: "g", nodes: nodes, inputs: inputs, outputs: [untyped("y")], initializers: initializers)
  let domains = [("", opset), ("local", 1), ("ai.onnx.ml", 3)]
  var model = Model(
    irVersion: 10, opsetImports: domains.map { OpsetImport(domain: $0.0, version: $0.1) }, graph: graph)
  model.functions = functions
  return model
}
