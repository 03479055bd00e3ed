import Analysis
import ArgumentParser
import Conformance
import Execution
import GraphIR
import ModelFile

/// `touchstone check`
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Says whether a model is well formed, and its types and shapes agree.")

  @Argument(help: "The model.") var model: String
  @Flag(help: "Print JSON.") var json = false

  private struct Answer: Encodable {
    let model: String
    let valid: Bool
    let kind: String?
    let message: String?
  }

  func run() throws {
    do {
      let graph = try Resolver.resolve(OnnxFile.load(path: model))
      _ = try GraphInference(folds: false).infer(graph)
    } catch {
      if json {
        try printJson(Answer(model: model, valid: false, kind: ErrorKind(error).name, message: "\(error)"))
        throw ExitCode(ExitStatus(error).rawValue)
      }
      throw error
    }
    if json {
      try printJson(Answer(model: model, valid: true, kind: nil, message: nil))
    } else {
      print("\(model): valid")
    }
  }
}
