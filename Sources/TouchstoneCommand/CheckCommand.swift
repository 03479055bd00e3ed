import Analysis
import ArgumentParser
import Conformance
import Execution
import GraphIR
import ModelFile
import TensorCore

/// `touchstone check`
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Says whether a model is well formed, and its types and shapes agree.")

  @Argument(help: "The model.") var model: String
  @OptionGroup var isolation: IsolationArguments
  @Flag(help: "Print JSON.") var json = false

  private struct Answer: Encodable {
    let model: String
    let valid: Bool
    let kind: String?
    let message: String?
    /// What is worth knowing and no error.
    var notes: [String] = []
  }

  func run() throws {
    let graph: ResolvedGraph
    do {
      let loaded = try OnnxFile.load(path: model)
      Isolation.note("inferring types and shapes")
      graph = try Resolver.resolve(loaded)
      _ = try GraphInference(folds: false).infer(graph)
    } catch {
      if json {
        try printJson(Answer(model: model, valid: false, kind: ErrorKind(error).name, message: "\(error)"))
        throw ExitCode(ExitStatus(error).rawValue)
      }
      throw error
    }
    let notes = notes(on: graph)
    if json {
      try printJson(Answer(model: model, valid: true, kind: nil, message: nil, notes: notes))
    } else {
      printLine("\(model): valid")
      for note in notes { printLine("note: \(note)") }
    }
  }

  private func notes(on graph: ResolvedGraph) -> [String] {
    graph.experimentalNodes.map { node, type in
      "\(shown(node.opType)) at \(node.path.joined(separator: " › ")) is experimental, "
        + "removed from ONNX after release \(type.lastRelease)"
    }
  }
}
