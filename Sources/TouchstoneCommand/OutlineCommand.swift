import ArgumentParser
import GraphIR
import TensorCore
import Transforms

/// `touchstone outline`
struct OutlineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "outline", abstract: "Makes a function of some nodes of a model, and one call of it.")

  @OptionGroup var rewriting: RewritingArguments
  @Option(help: "The nodes of the main graph, by number from 0, range or name: 3-7,9,conv1.") var nodes:
    String
  @Option(help: "The function's name.") var function: String
  @Option(help: "Its domain.") var domain = "local"

  func run() throws {
    try rewriting.rewrite { model in
      let positions = try listed(nodes).flatMap { try find($0, in: model.graph.nodes) }
      return try outlineFunction(model, nodes: positions, name: function, domain: domain)
    }
  }

  /// The nodes that a word means: a name before a number.
  private func find(_ word: String, in nodes: [Node]) throws -> [Int] {
    let named = nodes.indices.filter { areSame(nodes[$0].name, word) }
    if !named.isEmpty { return named }
    let ends = word.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false).map { Int($0) }
    guard let first = ends.first ?? nil, let last = ends.last ?? nil, 0 <= first, first <= last,
      last < nodes.count
    else {
      throw UsageError(
        "'\(shown(word))' is neither the name of a node nor a number or a range of numbers from 0 to "
          + "\(nodes.count - 1)")
    }
    return Array(first...last)
  }
}
