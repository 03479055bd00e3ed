import ArgumentParser
import Conformance
import Execution
import Foundation
import GraphIR
import ModelFile
import TensorCore
import Transforms
import Verification

/// `touchstone convert`
struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert", abstract: "Writes a model in another version of the operator set.",
    discussion: """
      Newer and older versions alike: every value stays as it was. What the other version cannot say ends the \
      conversion with the node and the reason. --changes prints how each change of an operator is answered for.
      """)

  @Argument(help: "The model.") var model: String?
  @Option(help: "The version of the operator set.") var opset: Int?
  @Option(help: "The domain of the operator set.") var domain = "ai.onnx"
  @Option(name: .shortAndLong, help: "Where the new model goes; the model's own file is replaced at the end.")
  var output: String?
  @Flag(help: "Stop at the last version that can say the model, and print what the next one cannot say.")
  var asFarAsPossible = false
  @Flag(help: "Run both models, and write nothing where they differ.") var verify = false
  @Flag(help: "Print all changes of versions and end.") var changes = false

  func validate() throws {
    guard changes || (model != nil && opset != nil && output != nil) else {
      throw ValidationError("a model, --opset and -o, where the new model goes, are required")
    }
  }

  func run() throws {
    if changes { return printLine(Self.table.text) }
    guard let model, let opset, let output else { return }
    try rewriteModel(at: model, to: output) { model in
      do {
        let made =
          try asFarAsPossible
          ? converted(model, toward: opset) : convertVersion(model, to: opset, domain: domain)
        if verify { try hold(made, against: model) }
        return made
      } catch let error as ConversionError {
        throw ModelError(.unsupported, error.description)
      }
    }
  }

  private func hold(_ made: Model, against model: Model) throws {
    Interruption.watch()
    defer { Interruption.stopWatching() }
    let report = try RunOptions.$standard.withValue(LongWorkWatcher("the verification").runOptions) {
      try RewriteVerification(before: model, after: made).run()
    }
    printText(report.console)
    guard report.verdict == .sameBits else { throw ExitCode(ExitStatus.mismatch.rawValue) }
  }

  /// The model in the last version on the way that can say it.
  private func converted(_ model: Model, toward opset: Int) throws -> Model {
    let isImport = { (entry: OpsetImport) in areSame(entry.domain, canonicalDomain(domain)) }
    guard var version = model.opsetImports.first(where: isImport)?.version else {
      return try convertVersion(model, to: opset, domain: domain)
    }
    var model = model
    while version != opset {
      version += version < opset ? 1 : -1
      do {
        model = try convertVersion(model, to: version, domain: domain)
      } catch let error as ConversionError {
        printLine(error.description)
        return model
      }
    }
    return model
  }

  private static var table: TextTable {
    TextTable(
      [["domain", "operator", "versions", "up", "down"]]
        + allVersionChanges.map { change in
          [
            change.domain.isEmpty ? "ai.onnx" : change.domain, change.opType, "\(change.old) → \(change.new)",
            change.up ?? "", change.down ?? "",
          ]
        }, left: [0, 1, 2, 3, 4])
  }
}
