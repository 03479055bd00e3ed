import ArgumentParser
import Conformance
import Execution
import Foundation
import ModelComparison
import Reports
import RuntimeProviders

/// How `bisect` and `reduce` search.
struct BisectionArguments: ParsableArguments {
  @Option(help: "How far the provider optimizes the model: 0, 1, 2 or 99.") var optLevel = 99
  @Option(help: "What it is held against instead of Touchstone: a level of the same provider, as 0.")
  var againstLevel: Int?
  @Option(help: "The part of a value's largest element by which it must be off to count as another result.")
  var threshold = Bisection.defaultRtol

  mutating func validate() throws {
    guard threshold >= 0, threshold.isFinite else {
      throw ValidationError("--threshold is \(threshold), but must be a number from 0 on")
    }
    try ArgumentChecks.levels([optLevel])
    try ArgumentChecks.levels(againstLevel.map { [$0] } ?? [], of: "--against-level")
  }

  /// What the search that the arguments ask for comes to, by `search`.
  func bisect<Result>(
    _ arguments: ComparisonArguments, bar: ProgressBar, by search: (Bisection) throws -> Result
  ) throws -> Result {
    let watcher = LongWorkWatcher("the search")
    return try RunOptions.$standard.withValue(watcher.runOptions) {
      try search(try bisection(arguments, bar, watcher))
    }
  }

  private func bisection(_ arguments: ComparisonArguments, _ bar: ProgressBar, _ watcher: LongWorkWatcher)
    throws -> Bisection
  {
    let model = try arguments.readModel()
    // Ctrl-C ends the provider's answer, so that temporary files are taken away.
    Interruption.watch()
    let providers = try arguments.startProviders(watchedBy: watcher)
    guard providers.count == 1, let provider = providers.first else {
      throw UsageError(
        "--provider names \(providers.count) providers, but only one can be searched at a time")
    }
    var bisection = Bisection(
      model, copy: try arguments.readCopy(), inputs: try arguments.readInputs(of: model.model).values,
      provider: provider, options: arguments.loadOptions(level: optLevel))
    bisection.opponent = againstLevel.map { (provider, arguments.loadOptions(level: $0)) }
    bisection.rtol = threshold
    bisection.progress = { phase in
      watcher.note(phase)
      bar.note(phase)
    }
    return bisection
  }
}

/// `touchstone bisect`
struct BisectCommand: MemoryLimited {
  static let configuration = CommandConfiguration(
    commandName: "bisect", abstract: "Finds the first node at which a provider differs.",
    discussion: """
      Few inner values are fetched, by halving. The node that is found differs by more than rounding for the very \
      inputs that it had. Subgraphs of If and Loop are searched too.
      """)

  @OptionGroup var arguments: ComparisonArguments
  @OptionGroup var search: BisectionArguments

  var memory: MemoryArguments { arguments.memory }

  func run() throws {
    let bar = ProgressBar()
    let report = try search.bisect(arguments, bar: bar) { try $0.run() }
    bar.clear()
    if arguments.jsonFile != "-" { printLine(report.text) }
    if let file = arguments.jsonFile { try write(try jsonText(report), to: file) }
    throw ExitCode(report.exitCode)
  }
}

/// `touchstone reduce`
struct ReduceCommand: MemoryLimited {
  static let configuration = CommandConfiguration(
    commandName: "reduce", abstract: "Writes the smallest part of a model that still differs, as a case.",
    discussion: """
      The case has the format of ONNX's backend cases: a model, inputs, and the outputs that the reference gives. It \
      is ready to be attached to a report.
      """)

  @OptionGroup var arguments: ComparisonArguments
  @OptionGroup var search: BisectionArguments
  @Option(name: .shortAndLong, help: "The folder for the case.") var output: String

  var memory: MemoryArguments { arguments.memory }

  func run() throws {
    let bar = ProgressBar()
    defer { bar.clear() }
    let reduced: ReducedCase
    do {
      reduced = try search.bisect(arguments, bar: bar) { try $0.reduce() }
    } catch let error as ReductionError where error.outcome == .noDifference {
      bar.clear()
      printLine(error)
      return
    }
    do {
      try reduced.write(to: output)
    } catch {
      throw UsageError("\(output): the case cannot be written: \(error)")
    }
    bar.clear()
    if arguments.jsonFile != "-" {
      printLine(reduced.report.text)
      let names = reduced.model.graph.nodes.map(\.opType).joined(separator: ", ")
      printLine("\(output): \(reduced.model.graph.nodes.count) nodes (\(names))")
      for difference in reduced.differences { printLine(difference.mismatch.map { "  \($0)" } ?? "") }
    }
    if let file = arguments.jsonFile { try write(try jsonText(reduced.report), to: file) }
    throw ExitCode(ExitStatus.mismatch.rawValue)
  }
}
