import ArgumentParser
import GraphIR
import ModelFile

/// What the commands that write a changed model share.
struct RewritingArguments: ParsableArguments {
  @Argument(help: "The model.") var model: String
  @Option(name: .shortAndLong, help: "Where the new model goes; the model's own file is replaced at the end.")
  var output: String

  func rewrite(_ transform: (Model) throws -> Model) throws {
    try rewriteModel(at: model, to: output, transform)
  }
}

/// Loads a model, and writes what `transform` makes of it.
func rewriteModel(at path: String, to output: String, _ transform: (Model) throws -> Model) throws {
  let old = try OnnxFile.load(path: path)
  let new = try transform(old)
  try OnnxFile.write(new, to: output, inPlaceOf: old)
}

/// The names in a list with commas between.
func listed(_ list: String) -> [String] { list.split(separator: ",").map(String.init) }
