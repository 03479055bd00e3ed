import ArgumentParser
import Conformance
import Execution
import FastKernels
import Foundation
import GraphIR
import ModelFile
import Reports
import RuntimeProviders
import TensorCore
import Workers

/// `touchstone bench`
struct BenchCommand: MemoryLimited {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Says how long a model takes.",
    discussion: """
      Inputs are found as by run. With --against another runtime runs the same model in turn, each run of one between \
      two of the other, and the ratio of their times is the median of those of neighbouring runs: machines are noisy, \
      but to both alike.
      """)

  @Argument(help: "The model.") var model: String
  @Option(help: "An input, as name=file.npy, name=file.pb, or name=file.npz.") var input: [String] = []
  @Option(help: "A folder of input_N.pb.") var dataDir: String?
  @Option(help: "Where random inputs begin.") var seed: UInt64 = 0
  @Option(help: "The extent of a named dimension of random inputs, as batch=1.") var dim: [String] = []
  @Option(help: "Threads within one operator.") var threads = 1
  @Option(help: "Seconds to measure for, at least five runs.") var seconds = 3.0
  @Option(help: "A runtime to be measured against, as onnxruntime.") var against: String?
  @Option(help: "How far the model is optimized: 0, 1, 2 or 99.") var optLevel = 99
  @OptionGroup var memory: MemoryArguments
  @OptionGroup var sandbox: SandboxArguments
  @Flag(help: "Run the definitions only.") var noKernels = false
  @Flag(help: "Also say what each operator takes.") var profile = false
  @Option(help: "Write what each node takes into this file, for Perfetto or a browser's tracing page.")
  var trace: String?
  @Flag(help: "Print JSON.") var json = false

  mutating func validate() throws {
    try ArgumentChecks.levels([optLevel])
    try ArgumentChecks.threads([threads])
    guard seconds > 0, seconds <= 3_600 else {
      throw ValidationError("--seconds is \(seconds), but must be above 0 and at most 3600")
    }
  }

  func run() throws {
    let watcher = LongWorkWatcher("the benchmark")
    try RunOptions.$standard.withValue(watcher.runOptions) { try measure(watcher) }
  }

  private func measure(_ watcher: LongWorkWatcher) throws {
    let start = ContinuousClock.now
    let model = try OnnxFile.load(path: model)
    var options = SessionOptions(
      kernels: noKernels ? .none : availableKernels(),
      graphOptimizationLevel: GraphOptimizationLevel(rawValue: optLevel) ?? .all)
    options.intraOpThreadCount = threads
    let session = try Session(model, options: options)
    let load = elapsed(since: start)
    let data = try dataDir.map { try DataFolder($0, model: model) }
    let inputs = try InputReader(seed: seed, dims: DimAssignments(dim)).inputs(
      session, files: input, given: data?.inputs ?? [:])
    let rival = try against.map { try Rival($0, self, watcher) }
    Interruption.watch()
    let series = try times(session, rival, inputs)
    var answer = Answer(
      model: self.model, instructionSet: InstructionSet.current.rawValue, threads: threads, load: load,
      own: Times(series.map(\.own)), peakBytes: peakBytes())
    if let rival {
      answer.against = rival.name
      answer.againstLoad = rival.load
      answer.rival = Times(series.compactMap(\.rival))
      answer.ratio = Spread(series.compactMap { pair in pair.rival.map { pair.own / $0 } })
    }
    if profile || trace != nil {
      let entries = try profiled(session, inputs)
      if profile { answer.operators = OperatorTime.table(of: entries) }
      if let trace { try write(TraceFile.text(entries), to: trace) }
    }
    if json { try printJson(answer) } else { printLine(answer.text) }
  }

  /// What neighbouring runs took, in seconds.
  private func times(_ session: Session, _ rival: Rival?, _ inputs: NamedValues) throws
    -> [(own: Double, rival: Double?)]
  {
    let names = session.outputs.map(\.name)
    // What is made when it is first needed is made before.
    _ = try session.run(inputs)
    _ = try rival?.seconds(inputs, names)
    var series: [(own: Double, rival: Double?)] = []
    let begin = ContinuousClock.now
    while series.count < 5 || elapsed(since: begin) < seconds && series.count < 10_000 {
      let start = ContinuousClock.now
      _ = try session.run(inputs)
      series.append((elapsed(since: start), try rival?.seconds(inputs, names)))
    }
    return series
  }

  /// The nodes of one run.
  private func profiled(_ session: Session, _ inputs: NamedValues) throws -> [RunProfile.Entry] {
    let profile = RunProfile()
    var options = RunOptions()
    options.profile = profile
    _ = try session.run(inputs, options: options)
    return profile.entries
  }

  /// The most memory that this process has had.
  private func peakBytes() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss << 10
  }
}

private func elapsed(since start: ContinuousClock.Instant) -> Double {
  (ContinuousClock.now - start) / .seconds(1)
}

/// The runtime that a benchmark is held against, in a worker.
private struct Rival {
  let name: String
  let load: Double
  private let session: any TimedSession

  init(_ name: String, _ command: BenchCommand, _ watcher: LongWorkWatcher) throws {
    let reference = try RuntimeCatalog.located(try ProviderReference(name))
    var launch = RuntimeCatalog.launch(reference, task: "session")
    launch.readable = foldersOfModel(command.model)
    let provider = try RemoteProvider(launch)
    provider.isInterrupted = {
      watcher.look()
      return Interruption.hasCome
    }
    var options = LoadOptions()
    options.threadCount = command.threads
    options.optimizationLevel = command.optLevel
    let start = ContinuousClock.now
    let session = try provider.load(ModelSource(.file(command.model)), options: options)
    load = elapsed(since: start)
    guard let timed = session as? any TimedSession else {
      throw UsageError("--against \(name): its runs cannot be timed")
    }
    self.name = "\(provider.description.name) \(provider.description.version)"
    self.session = timed
  }

  func seconds(_ inputs: NamedValues, _ names: [String]) throws -> Double {
    try session.seconds(inputs, fetching: names, count: 1).first ?? 0
  }
}
