import ArgumentParser
import Conformance
import Execution
import Foundation
import RuntimeProviders

/// `touchstone conform`
struct ConformCommand: MemoryLimited {
  static let configuration = CommandConfiguration(
    commandName: "conform", abstract: "Tries the cases of a corpus and compares every output.",
    discussion: """
      Tried is Touchstone itself, or the providers named; `touchstone providers` lists them. Each case runs in a \
      worker process, so that a crash or a hang is a verdict.
      """)

  static let officialCorpus = "ConformanceData/corpora/onnx-1.23.2"
  static let ownCorpus = "ConformanceData/touchstone"

  @Argument(
    help: ArgumentHelp(
      "The folder of the corpus. (default: \(officialCorpus))",
      discussion: "Of several, each distinct case is tried once, and counts in every release that holds it.",
      valueName: "corpus")) var folders: [String] = []
  @Option(help: "What is tried, with commas between, as touchstone,onnxruntime,openvino.") var provider =
    "touchstone"
  @Option(
    help: ArgumentHelp(
      "How far models are optimized: 0, 1, 2 or 99. (default: 99)",
      discussion: "Several, as 0,1,2, are tried one after the other, and held against the lowest."))
  var optLevel = NumberList([99])
  @Option(help: "Threads within one operator.") var threads = 1
  @Flag(help: "Let nodes run on another device than the one asked for.") var allowFallback = false
  @Option(help: "Only cases whose name fits: plain text, a glob, or a regular expression.") var filter:
    String?
  @Option(help: "Only part I of N, I from 1.") var shard: String?
  @Option(help: "How many cases are tried at a time, at most 4 a processor. (default: the processors)")
  var jobs = 0
  @Option(help: "Seconds that one case may take.") var timeout = 120.0
  @Option(help: "The relative tolerance instead of each case's own.") var rtol: Double?
  @Option(help: "The absolute tolerance instead of each case's own.") var atol: Double?
  @Option(help: "The expectations. (default: those of each provider in ConformanceData/expectations)")
  var expectations: String?
  @Option(name: .customLong("json"), help: "Write the report as JSON.") var jsonFile: String?
  @Option(name: .customLong("junit"), help: "Write the report as JUnit XML.") var junitFile: String?
  @Option(name: .customLong("html"), help: "Write the report as one page for a browser.") var htmlFile:
    String?
  @OptionGroup var memory: MemoryArguments
  @OptionGroup var sandbox: SandboxArguments
  @Flag(help: "Run the definitions only.") var noKernels = false
  @Flag(help: "Hold every computed value against what inference says of it.") var checkInference = false
  @Flag(help: "Hash every file of the corpus first.") var verify = false
  @Flag(help: "Print the names of the selected cases and end.") var list = false
  @Flag(help: "Show every unexpected case, and each case as it ends.") var verbose = false

  mutating func validate() throws {
    guard (0...1_024).contains(jobs) else {
      throw ValidationError("--jobs is \(jobs), but must be from 0 to 1024")
    }
    try ArgumentChecks.tolerances(rtol, atol)
    try ArgumentChecks.threads([threads])
    try ArgumentChecks.levels(optLevel.numbers)
    guard timeout > 0, timeout < 1e6 else {
      throw ValidationError("--timeout must be a positive number of seconds")
    }
  }

  func run() throws {
    let corpora = try openCorpora()
    let corpus = try Corpus(merging: corpora)
    let selection = try selection()
    if list {
      for entry in selection.apply(to: corpus.cases) { printLine("\(entry.kind)/\(entry.id)") }
      return
    }
    if verify { try verifyFiles(corpora) }
    let references = try references()
    let descriptions = try references.map { try $0.describe() }
    Interruption.watch()
    var results: [RunResult] = []
    for (reference, description) in zip(references, descriptions) {
      var run = ConformanceRun(
        corpus: corpus, provider: description, launch: RuntimeCatalog.launch(reference, task: "cases"))
      run.selection = selection
      for level in optLevel.numbers {
        run.options.optimizationLevel = level
        results.append(try perform(&run))
      }
    }
    let report = ConformanceReport(results)
    printText(report.console(verbose: verbose))
    let isSaved = saveReports([
      (jsonFile, report.json), (junitFile, { report.junit }), (htmlFile, { report.html }),
    ])
    throw ExitCode(report.exitCode == 0 && !isSaved ? ExitStatus.usage.rawValue : report.exitCode)
  }

  /// The providers with their libraries.
  private func references() throws -> [ProviderReference] {
    let references = try provider.split(separator: ",").map { name in
      var reference = try ProviderReference(String(name))
      if noKernels, reference.family == .touchstone { reference.device = "definitions" }
      return try RuntimeCatalog.located(reference)
    }
    guard !references.isEmpty else { throw UsageError("--provider names no provider") }
    return references
  }

  private func perform(_ run: inout ConformanceRun) throws -> RunResult {
    run.expectations = try readExpectations(for: run.provider)
    run.jobs = jobs
    run.timeout = timeout
    run.rtol = rtol
    run.atol = atol
    run.options.checksInference = checkInference
    run.digestsOutputs = optLevel.numbers.count > 1
    run.options.threadCount = threads
    run.options.allowsFallback = allowFallback
    run.isInterrupted = { Interruption.hasCome }
    let bar = ProgressBar()
    defer { bar.clear() }
    let (name, isVerbose) = (run.provider.name, verbose)
    return try run.run { result, done, count in
      if isVerbose { bar.print("\(name)  \(result.report.verdict.rawValue)  \(result.kind)/\(result.id)") }
      bar.show(done: done, of: count, "\(name) \(result.name)")
    }
  }

  /// The corpora asked for, else the official one, else our own, which is always there.
  private func openCorpora() throws -> [Corpus] {
    if !folders.isEmpty { return try folders.map { try Corpus(folder: $0) } }
    if FileManager.default.fileExists(atPath: Self.officialCorpus + "/manifest.json") {
      return [try Corpus(folder: Self.officialCorpus)]
    }
    printToError(
      "\(Self.officialCorpus) is not there (Scripts/conformance-data makes it); trying \(Self.ownCorpus)")
    return [try Corpus(folder: Self.ownCorpus)]
  }

  private func selection() throws -> Selection {
    var selection = Selection()
    if let filter {
      guard let pattern = Pattern(filter) else {
        throw UsageError("--filter '\(filter)' is no regular expression")
      }
      selection.filter = pattern
    }
    selection.shard = try shard.map(parseShard) ?? bazelShard()
    return selection
  }

  private func parseShard(_ text: String) throws -> Shard {
    guard let shard = Shard(text) else {
      throw UsageError("--shard is '\(text)', but must be I/N with 1 ≤ I ≤ N")
    }
    return shard
  }

  /// Bazel's way to say the same. The file tells it that the program knows.
  private func bazelShard() throws -> Shard? {
    let environment = ProcessInfo.processInfo.environment
    guard let total = environment["TEST_TOTAL_SHARDS"], let index = environment["TEST_SHARD_INDEX"] else {
      return nil
    }
    if let status = environment["TEST_SHARD_STATUS_FILE"] { try write("", to: status) }
    guard let count = Int(total), let index = Int(index), let shard = Shard(index: index, count: count) else {
      throw UsageError("TEST_SHARD_INDEX is '\(index)' of TEST_TOTAL_SHARDS '\(total)'")
    }
    return shard
  }

  /// Of the file named, else of that which bears the provider's family.
  private func readExpectations(for provider: ProviderDescription) throws -> Expectations {
    if let expectations { return try Expectations(path: expectations) }
    let family = provider.name.prefix { $0 != ":" }
    let usual = "ConformanceData/expectations/\(family).jsonl"
    return FileManager.default.fileExists(atPath: usual) ? try Expectations(path: usual) : Expectations([])
  }

  private func verifyFiles(_ corpora: [Corpus]) throws {
    let damaged = corpora.flatMap { $0.damagedFiles() }
    guard damaged.isEmpty else {
      for file in damaged { printToError(file) }
      throw ExitCode(ExitStatus.tooFewCases.rawValue)
    }
    printLine("every file is as the manifest says")
  }
}
