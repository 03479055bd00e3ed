import ArgumentParser
import Conformance
import Execution
import Foundation
import GraphIR
import Reports
import TensorCore
import Transforms
import Verification

/// `touchstone optimize`
struct OptimizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "optimize", abstract: "Rewrites a model by rules, each of which keeps its promise.",
    discussion: """
      Level 1 keeps every bit of every value that the model gives, level 2 also computes the same in another order, so \
      that values move by what rounding explains.
      """)

  @Argument(help: "The model.") var model: String?
  @Option(name: .shortAndLong, help: "Where the new model goes; the model's own file is replaced at the end.")
  var output: String?
  @Option(help: "0: nothing is rewritten. 1: same bits. 2: within rounding.") var level = 2
  @Option(help: ArgumentHelp("What rules may do besides: other-values.", valueName: "promise"))
  var allow: Allowance?
  @Flag(
    help: "Also fuse nodes into calls of functions, which every runtime can run, but not every tool can read."
  )
  var fuse = false
  @Option(help: "Only these rules, with commas between.") var only: String?
  @Option(help: "All but these.") var skip: String?
  @Flag(help: "Run both models, and name the rule that breaks its promise where one does.") var verify = false
  @Option(name: .customLong("json"), help: "Write what was done as JSON.") var jsonFile: String?
  @Flag(help: "Print the rules and end.") var list = false
  @Option(help: ArgumentHelp("Print what a rule does and end.", valueName: "rule")) var explain: String?

  enum Allowance: String, ExpressibleByArgument, CaseIterable { case otherValues = "other-values" }

  func validate() throws {
    guard (0...2).contains(level) else { throw ValidationError("--level is \(level), but must be 0, 1 or 2") }
    guard list || explain != nil || (model != nil && output != nil) else {
      throw ValidationError("a model and -o, where the new one goes, are required")
    }
  }

  func run() throws {
    if list { return printLine(Self.table.text) }
    if let explain { return printLine(try explanation(of: explain)) }
    guard let model, let output else { return }
    let options = try options()
    var report: OptimizationReport?
    try rewriteModel(at: model, to: output) { before in
      let result = try verify ? verified(before, options) : Optimizer(options).optimize(before)
      report = OptimizationReport(before, result)
      return result.model
    }
    guard let report else { return }
    printText(report.console)
    if let jsonFile { try write(jsonText(report), to: jsonFile) }
  }

  /// The optimized model, which is not written where it breaks the promise.
  private func verified(_ model: Model, _ options: OptimizerOptions) throws -> OptimizedModel {
    Interruption.watch()
    defer { Interruption.stopWatching() }
    let verified = try RunOptions.$standard.withValue(LongWorkWatcher("the verification").runOptions) {
      try VerifiedOptimization(model, options)
    }
    printText(verified.report.console + "\n")
    guard !verified.isKept else { return verified.result }
    if let culprit = verified.culprit {
      printToError(
        "\(culprit.rule) at '\(shown(culprit.value))' of \(shown(culprit.graph)) breaks its promise")
    }
    throw ExitCode(ExitStatus.mismatch.rawValue)
  }

  // MARK: - Rules

  private func options() throws -> OptimizerOptions {
    var options = OptimizerOptions()
    options.promise = [nil, .sameBits, .withinRounding][level]
    if allow == .otherValues { options.promise = .otherValues }
    options.fusesIntoFunctions = fuse
    options.only = try only.map { try names(in: $0) }
    options.skip = try skip.map { try names(in: $0) } ?? []
    return options
  }

  private func names(in list: String) throws -> Set<String> {
    try Set(listed(list).map { try rule(named: $0).name })
  }

  private func rule(named name: String) throws -> any Rule.Type {
    if let rule = Rules.all.first(where: { $0.name == name }) { return rule }
    let nearest = nearestNames(to: name, among: Rules.all.map { $0.name })
    let hint = nearest.isEmpty ? "" : "; did you mean \(nearest.joined(separator: ", "))?"
    throw UsageError("there is no rule '\(shown(name))'\(hint)")
  }

  private func explanation(of name: String) throws -> String {
    let rule = try rule(named: name)
    return ruleExplanations[rule.name] ?? rule.name
  }

  private static var table: TextTable {
    TextTable(
      [["rule", "promise", "begins at"]]
        + Rules.all.map { rule in
          let operators = rule.operators.sorted().joined(separator: ", ")
          return [rule.name, rule.promise.words, operators.isEmpty ? "any operator" : operators]
        }, left: [0, 1, 2])
  }
}

/// What an optimizer has done to a model.
private struct OptimizationReport: Encodable {
  let before: ModelSize
  let after: ModelSize
  /// About how many arithmetic operations a run takes, extents that are not known taken as 1.
  let operationsBefore: Double?
  let operationsAfter: Double?
  let applications: [RuleApplication]

  init(_ before: Model, _ result: OptimizedModel) {
    self.before = ModelSize(of: before)
    after = ModelSize(of: result.model)
    operationsBefore = before.operationCount
    operationsAfter = result.model.operationCount
    applications = result.applications
  }

  /// The rules with how often each was applied, and the sizes.
  var console: String {
    let counts = Dictionary(grouping: applications, by: \.rule).mapValues(\.count)
    let rules = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { [$0.key, "\($0.value)"] }
    let sizes = [
      ["nodes", "\(before.nodes)", "\(after.nodes)"],
      ["parameters", "\(before.parameters)", "\(after.parameters)"],
      ["bytes of parameters", "\(before.parameterBytes)", "\(after.parameterBytes)"],
      ["operations, about", Self.words(operationsBefore), Self.words(operationsAfter)],
    ]
    let applied = rules.isEmpty ? "No rule applies.\n" : TextTable([["rule", "applied"]] + rules).text + "\n"
    return applied + "\n" + TextTable([["", "before", "after"]] + sizes).text + "\n"
  }

  private static func words(_ operations: Double?) -> String {
    operations.map { String(format: "%.3g", $0) } ?? "unknown"
  }
}
