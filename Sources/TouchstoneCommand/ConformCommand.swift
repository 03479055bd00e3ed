import ArgumentParser
import Conformance
import Foundation

/// `touchstone conform`
struct ConformCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "conform", abstract: "Tries the cases of a corpus and compares every output.")

  static let officialCorpus = "ConformanceData/corpora/onnx-1.23.2"
  static let ownCorpus = "ConformanceData/touchstone"

  @Argument(help: "The folder of the corpus. (default: \(officialCorpus))") var corpus: String?
  @Option(help: "Only cases whose name fits: plain text, a glob, or a regular expression.") var filter:
    String?
  @Option(help: "Only part I of N, I from 1.") var shard: String?
  @Option(help: "How many cases are tried at a time. (default: the processors)") var jobs = 0
  @Option(help: "Seconds that one case may take.") var timeout = 120.0
  @Option(help: "The relative tolerance instead of each case's own.") var rtol: Double?
  @Option(help: "The absolute tolerance instead of each case's own.") var atol: Double?
  @Option(help: "The expectations. (default: ConformanceData/expectations/touchstone.jsonl)")
  var expectations: String?
  @Option(name: .customLong("json"), help: "Write the report as JSON.") var jsonFile: String?
  @Option(name: .customLong("junit"), help: "Write the report as JUnit XML.") var junitFile: String?
  @Flag(help: "Run the definitions only.") var noKernels = false
  @Flag(help: "Hold every computed value against what inference says of it.") var checkInference = false
  @Flag(help: "Hash every file of the corpus first.") var verify = false
  @Flag(help: "Print the names of the selected cases and end.") var list = false
  @Flag(help: "Show every unexpected case, and each case as it ends.") var verbose = false

  mutating func validate() throws {
    guard jobs >= 0 else { throw ValidationError("--jobs must not be negative") }
    guard timeout > 0, timeout < 1e6 else {
      throw ValidationError("--timeout must be a positive number of seconds")
    }
  }

  func run() throws {
    var run = ConformanceRun(corpus: try openCorpus())
    run.selection = try selection()
    if list {
      for entry in run.selection.apply(to: run.corpus.cases) { print("\(entry.kind)/\(entry.name)") }
      return
    }
    if verify { try verifyFiles(run.corpus) }
    run.expectations = try readExpectations()
    run.jobs = jobs
    run.timeout = timeout
    run.rtol = rtol
    run.atol = atol
    run.usesKernels = !noKernels
    run.checksInference = checkInference
    let bar = ProgressBar()
    let isVerbose = verbose
    let result = try run.run { result, done, count in
      if isVerbose { bar.print("\(result.report.verdict.rawValue)  \(result.kind)/\(result.name)") }
      bar.show(done: done, of: count, result.name)
    }
    bar.clear()
    print(ConsoleReport(result, verbose: verbose).text, terminator: "")
    if let jsonFile { try write(JsonReport(result).text(), to: jsonFile) }
    if let junitFile { try write(JunitReport(result).text, to: junitFile) }
    throw ExitCode(result.exitCode)
  }

  /// The corpus asked for, else the official one, else our own, which is always there.
  private func openCorpus() throws -> Corpus {
    if let corpus { return try Corpus(folder: corpus) }
    if FileManager.default.fileExists(atPath: Self.officialCorpus + "/manifest.json") {
      return try Corpus(folder: Self.officialCorpus)
    }
    printToError(
      "\(Self.officialCorpus) is not there (Scripts/conformance-data makes it); trying \(Self.ownCorpus)")
    return try Corpus(folder: Self.ownCorpus)
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

  private func readExpectations() throws -> Expectations {
    if let expectations { return try Expectations(path: expectations) }
    let usual = "ConformanceData/expectations/\(Provider.name).jsonl"
    return FileManager.default.fileExists(atPath: usual) ? try Expectations(path: usual) : Expectations([])
  }

  private func verifyFiles(_ corpus: Corpus) throws {
    let damaged = corpus.damagedFiles()
    guard damaged.isEmpty else {
      for file in damaged { printToError(file) }
      throw ExitCode(ExitStatus.tooFewCases.rawValue)
    }
    print("every file is as the manifest says")
  }
}

/// A line on standard error that shows how far a run is; silent where nobody watches.
struct ProgressBar {
  private let isShown = isatty(STDERR_FILENO) == 1
  private static let width = 30

  func show(done: Int, of count: Int, _ name: String) {
    guard isShown, count > 0 else { return }
    let filled = Self.width * done / count
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: Self.width - filled)
    write("\r\u{1b}[K\(bar) \(done)/\(count) \(name.prefix(40))")
  }

  func clear() { if isShown { write("\r\u{1b}[K") } }

  func print(_ line: String) {
    clear()
    Swift.print(line)
  }

  private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
