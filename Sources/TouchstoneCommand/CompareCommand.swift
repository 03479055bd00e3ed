import ArgumentParser
import Conformance
import Execution
import Foundation
import ModelComparison
import Reports
import RuntimeProviders

/// `touchstone compare`
struct CompareCommand: MemoryLimited {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Runs a model on several providers and says how their results differ.",
    discussion: """
      Touchstone's own results are the reference. With --per-node every inner value is fetched, and each node is held \
      against the reference for the provider's own inputs to it, so that no node is blamed for what it was given.
      """)

  @OptionGroup var arguments: ComparisonArguments
  @Option(help: "Optimization levels, each a trial, as 0,1,2,99.") var optLevel = NumberList([99])
  @Option(help: "Numbers of threads, each a trial, as 1,2.") var threads = NumberList([1])
  @Option(help: "How often each trial runs, to show results that vary.") var runs = 1
  @Flag(help: "Compare every node of the main graph.") var perNode = false
  @Flag(help: "Run every node alone, fed with the reference's values.") var isolateNodes = false
  @Option(name: .customLong("junit"), help: "Write the result as JUnit XML.") var junitFile: String?
  @Option(name: .customLong("html"), help: "Write the result as one page for a browser.")
  var htmlFile: String?
  @Flag(help: "Work in a confined process of its own, whose crash is exit code 7.") var isolated = false
  @Flag(help: "Show every node, not only those that are not equal.") var verbose = false

  var memory: MemoryArguments { arguments.memory }

  mutating func validate() throws {
    try ArgumentChecks.levels(optLevel.numbers)
    try ArgumentChecks.threads(threads.numbers)
    guard (1...10_000).contains(runs) else { throw ValidationError("--runs must be from 1 to 10000") }
  }

  func run() throws {
    let watcher = LongWorkWatcher("the comparison")
    try RunOptions.$standard.withValue(watcher.runOptions) { try compare(watcher) }
  }

  private func compare(_ watcher: LongWorkWatcher) throws {
    let model = try arguments.readModel()
    Interruption.watch()
    let (inputs, origins) = try arguments.readInputs(of: model.model)
    var options = ComparisonOptions()
    options.criterion = arguments.criterion
    options.optimizationLevels = optLevel.numbers
    options.threadCounts = threads.numbers
    options.runCount = runs
    // Bounds are derived for nodes, so that those readings need them.
    options.comparesNodes = perNode || [.derived, .webnn].contains(arguments.tolerance)
    options.isolatesNodes = isolateNodes
    options.allowsFallback = arguments.allowFallback
    var comparison = try ModelComparison(
      model, copy: try arguments.readCopy(), inputs: inputs, options: options)
    comparison.isInterrupted = { Interruption.hasCome }
    Isolation.note("comparing results")
    let bar = ProgressBar()
    comparison.progress = { phase in
      watcher.note(phase)
      bar.note(phase)
    }
    let report = try comparison.compare(
      try arguments.startProviders(watchedBy: watcher), origins: origins)
    bar.clear()
    if arguments.jsonFile != "-" { printLine(ComparisonConsole(report, verbose: verbose).text) }
    let areSaved = saveReports([
      (arguments.jsonFile, { try jsonText(report) }), (junitFile, { report.junit }),
      (htmlFile, { report.html }),
    ])
    throw ExitCode(report.exitCode == 0 && !areSaved ? ExitStatus.usage.rawValue : report.exitCode)
  }
}
