import ArgumentParser
import Conformance
import Execution
import Foundation
import GraphIR
import ModelFile
import TensorCore

/// `touchstone run`
struct RunCommand: MemoryLimited {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Runs a model and prints its outputs.",
    discussion: """
      Inputs come from --input, from --data-dir, or are drawn at random, in this order. Where --data-dir also \
      holds outputs, the model's are compared with them.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case npy, pb }

  @Argument(help: "The model.") var model: String
  @Option(help: "An input, as name=file.npy, name=file.pb, or name=file.npz.") var input: [String] = []
  @Option(help: "A folder of input_N.pb and output_N.pb.") var dataDir: String?
  @Option(help: "Where random inputs begin.") var seed: UInt64 = 0
  @Option(help: "The extent of a named dimension of random inputs, as batch=1.") var dim: [String] = []
  @Option(help: "The values to print: all, or names with commas between; also of inner values.") var outputs =
    "all"
  @Option(help: "Write the outputs into this folder.") var saveOutputs: String?
  @Option(help: "The format of the files written.") var format = Format.npy
  @Option(help: "The relative tolerance of the comparison.") var rtol = Tolerance.onnx.rtol
  @Option(help: "The absolute tolerance of the comparison.") var atol = Tolerance.onnx.atol
  @OptionGroup var memory: MemoryArguments
  @OptionGroup var isolation: IsolationArguments
  @Option(help: "The most steps of work, such as multiplications, that the definitions may take.")
  var workLimit: Int?
  @Option(help: "How far the model is optimized: 0, 1, 2 or 99. (default: 99; with --no-kernels 1)")
  var optLevel: Int?
  @Flag(help: "Run the definitions only.") var noKernels = false
  @Flag(help: "Print JSON.") var json = false

  mutating func validate() throws {
    try ArgumentChecks.tolerances(rtol, atol)
    try ArgumentChecks.levels(optLevel.map { [$0] } ?? [])
    if let workLimit, workLimit < 1 {
      throw ValidationError("--work-limit is \(workLimit), but must be positive")
    }
  }

  func run() throws {
    try RunOptions.$standard.withValue(LongWorkWatcher("the run").runOptions) { try runModel() }
  }

  /// The definitions alone show what the model's own operators give, bit by bit.
  private var sessionOptions: SessionOptions {
    let usual = noKernels ? GraphOptimizationLevel.basic : .all
    let level = optLevel.map { GraphOptimizationLevel(rawValue: $0) ?? usual } ?? usual
    return SessionOptions(kernels: noKernels ? .none : availableKernels(), graphOptimizationLevel: level)
  }

  private func runModel() throws {
    let model = try OnnxFile.load(path: model)
    let session = try Session(model, options: sessionOptions)
    let data = try dataDir.map { try DataFolder($0, model: model) }
    Interruption.watch()
    let inputs = try InputReader(seed: seed, dims: DimAssignments(dim)).inputs(
      session, files: input, given: data?.inputs ?? [:])
    let names =
      outputs == "all" ? session.outputs.map(\.name) : outputs.split(separator: ",").map(String.init)
    if saveOutputs != nil { try Self.checkFileNames(names) }
    Isolation.note("running the model")
    let clock = ContinuousClock()
    let start = clock.now
    let results = try session.run(inputs, fetching: names, options: runOptions)
    Interruption.stopWatching()
    let elapsed = clock.now - start
    if let saveOutputs { try save(results, to: saveOutputs) }
    let mismatches = compare(results, with: data?.outputs ?? [])
    let summaries = names.compactMap { name in results[name].map { ValueSummary(name, $0) } }
    if json {
      try printJson(Answer(outputs: summaries, mismatches: data.map { _ in mismatches }))
    } else {
      for summary in summaries { printLine(summary.text) }
      for mismatch in mismatches { printLine("mismatch: \(mismatch)") }
      if let data, mismatches.isEmpty {
        let compared = data.outputs.filter { results[$0.name] != nil }.map(\.name)
        printLine(
          compared.isEmpty ? "nothing to compare with" : "as wanted: \(compared.joined(separator: ", "))")
      }
      printToError(
        "ran in \(elapsed.formatted(.units(allowed: [.milliseconds], fractionalPart: .show(length: 1))))")
    }
    if !mismatches.isEmpty { throw ExitCode(ExitStatus.mismatch.rawValue) }
  }

  private var runOptions: RunOptions {
    var options = RunOptions()
    options.seed = seed
    if let workLimit { options.workLimit = workLimit }
    return options
  }

  private struct Answer: Encodable {
    let outputs: [ValueSummary]
    /// Nil where there was nothing to compare with.
    let mismatches: [Mismatch]?
  }

  private func compare(_ results: NamedValues, with wanted: [(name: String, value: Value)]) -> [Mismatch] {
    let comparison = Comparison(Tolerance(rtol: rtol, atol: atol))
    return wanted.compactMap { name, want in
      results[name].flatMap { comparison.compare($0, with: want, output: name) }
    }
  }

  private func save(_ results: NamedValues, to folder: String) throws {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw UsageError("\(folder): cannot be made: \(error.localizedDescription)")
    }
    for (name, value) in results {
      let file = "\(folder)/\(Self.fileName(of: name))"
      switch (format, value) {
      case (.npy, .tensor(let tensor)): try NumpyFile.write(tensor, to: file + ".npy")
      case (.npy, _): throw UsageError("'\(name)' is \(value.type), which .npy cannot hold; use --format pb")
      case (.pb, _): try OnnxFile.write(value, name: name, to: file + ".pb")
      }
    }
  }

  /// A value may be named like a path, and no model may choose where files are written.
  private static func fileName(of name: String) -> String {
    let bytes = name.utf8.map { $0 == UInt8(ascii: "/") || $0 == 0 ? UInt8(ascii: "_") : $0 }
    return (bytes.first == UInt8(ascii: ".") ? "_" : "") + String(decoding: bytes, as: UTF8.self)
  }

  /// - Throws: `UsageError` where two outputs would be saved in one file.
  private static func checkFileNames(_ names: [String]) throws {
    var owners: [[UInt8]: String] = [:]
    for name in names {
      let other = owners.updateValue(name, forKey: Array(fileName(of: name).utf8))
      if let other, !other.utf8.elementsEqual(name.utf8) {
        throw UsageError(
          "the outputs '\(other)' and '\(name)' would both be saved as '\(fileName(of: name))'; "
            + "name one of them with --outputs")
      }
    }
  }
}
