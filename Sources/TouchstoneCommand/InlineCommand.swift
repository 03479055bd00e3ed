import ArgumentParser
import GraphIR
import TensorCore
import Transforms

/// `touchstone inline`
struct InlineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inline", abstract: "Replaces the calls of a model's functions by their bodies.")

  @OptionGroup var rewriting: RewritingArguments
  @Option(help: "Only these functions, as NAME or DOMAIN:NAME, with commas between.") var only: String?
  @Option(help: "All but these.") var skip: String?

  func run() throws {
    try rewriting.rewrite { model in
      let chosen = try only.map { try FunctionNames($0, of: model) }
      let left = try skip.map { try FunctionNames($0, of: model) }
      return try inlineFunctions(model) { function in
        chosen?.contains(function) ?? true && !(left?.contains(function) ?? false)
      }
    }
  }
}

/// Functions of a model by their names, with their domains or without.
private struct FunctionNames {
  private let names: [String]

  /// - Throws: `UsageError` for a name that no function of the model has.
  init(_ list: String, of model: Model) throws {
    names = listed(list)
    for name in names
    where !model.functions.contains(where: { Self.spellings($0).contains { areSame($0, name) } }) {
      let known = model.functions.map { "'\(shown(Self.spellings($0)[1]))'" }.joined(separator: ", ")
      throw UsageError(
        "the model has no function '\(shown(name))', but \(known.isEmpty ? "none at all" : known)")
    }
  }

  private static func spellings(_ function: Function) -> [String] {
    [function.name, "\(function.domain):\(function.name)"]
  }

  func contains(_ function: Function) -> Bool {
    names.contains { name in Self.spellings(function).contains { areSame($0, name) } }
  }
}
