import ArgumentParser
import GraphIR
import ModelFile

/// What the commands that write a changed model share.
struct RewritingArguments: ParsableArguments {
  @Argument(help: "The model.") var model: String
  @Option(name: .shortAndLong, help: "Where the new model goes; the model's own file is replaced at the end.")
  var output: String

  /// Initializers of this many bytes or more go beside the new model, where those of the old one lie there.
  private static let externalFrom = 1_024

  /// Loads the model, and writes what `transform` makes of it.
  func rewrite(_ transform: (Model) throws -> Model) throws {
    let old = try OnnxFile.load(path: model)
    let new = try transform(old)
    let hasExternalData = !old.externalDataLocations.isEmpty
    try OnnxFile.write(new, to: output, saveAsExternalData: hasExternalData ? Self.externalFrom : nil)
  }
}

/// The names in a list with commas between.
func listed(_ list: String) -> [String] { list.split(separator: ",").map(String.init) }
