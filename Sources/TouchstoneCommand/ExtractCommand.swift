import ArgumentParser
import Transforms

/// `touchstone extract`
struct ExtractCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "extract", abstract: "Cuts the part out of a model that computes some values from others.")

  @OptionGroup var rewriting: RewritingArguments
  @Option(help: "The inputs of the part, with commas between: any values of the main graph.") var inputs = ""
  @Option(help: "Its outputs.") var outputs: String

  func run() throws {
    try rewriting.rewrite { try extractModel($0, inputs: listed(inputs), outputs: listed(outputs)) }
  }
}
