import ArgumentParser
import Conformance
import Execution
import Foundation
import GraphIR
import ModelComparison
import ModelFile
import RuntimeProviders
import TensorCore
import Workers

extension ToleranceReading: ExpressibleByArgument {}

/// What `compare`, `bisect` and `reduce` are given alike: a model, its inputs, and how results are judged.
struct ComparisonArguments: ParsableArguments {
  @Argument(help: "The model.") var model: String
  @Option(help: "What is held against the reference, as onnxruntime or openvino; with commas between.")
  var provider: String
  @Option(help: "A copy of the model that the providers run instead, with the same names.")
  var providerModel: String?
  @Option(help: "An input, as name=file.npy, name=file.pb, or name=file.npz.") var input: [String] = []
  @Option(help: "A folder of input_N.pb.") var dataDir: String?
  @Option(help: "Where random inputs begin.") var seed: UInt64 = 0
  @Option(help: "The extent of a named dimension of random inputs, as batch=1.") var dim: [String] = []
  @Option(help: "How results are judged: onnx, ulp, derived or webnn.") var tolerance = ToleranceReading.onnx
  @Option(help: "The relative tolerance.") var rtol = Tolerance.onnx.rtol
  @Option(help: "The absolute tolerance.") var atol = Tolerance.onnx.atol
  @Option(help: "Units in the last place that --tolerance ulp allows.") var ulps: UInt64 = 4
  @Option(help: "Seconds that a provider may take for one answer.") var timeout = 120.0
  @OptionGroup var memory: MemoryArguments
  @OptionGroup var sandbox: SandboxArguments
  @Flag(help: "Let nodes run on another device than the one asked for.") var allowFallback = false
  @Option(name: .customLong("json"), help: "Write the result as JSON; - is standard output.") var jsonFile:
    String?

  mutating func validate() throws {
    guard timeout > 0, timeout < 1e6 else {
      throw ValidationError("--timeout must be a positive number of seconds")
    }
    try ArgumentChecks.tolerances(rtol, atol)
  }

  var criterion: Criterion {
    var criterion = Criterion()
    criterion.reading = tolerance
    criterion.tolerance = Tolerance(rtol: rtol, atol: atol)
    criterion.ulps = ulps
    return criterion
  }

  func readModel() throws -> ModelFileReference {
    ModelFileReference(path: model, model: try OnnxFile.load(path: model))
  }

  /// The copy that the providers run; nil where it is the model itself.
  func readCopy() throws -> ModelFileReference? {
    try providerModel.map { ModelFileReference(path: $0, model: try OnnxFile.load(path: $0)) }
  }

  /// A value for each input, and how it came about.
  func readInputs(of model: Model) throws -> (values: NamedValues, origins: [String: String]) {
    let session = try Session(model, options: SessionOptions(graphOptimizationLevel: .none))
    let data = try dataDir.map { try DataFolder($0, model: model) }
    let values = try InputReader(seed: seed, dims: DimAssignments(dim)).inputs(
      session, files: input, given: data?.inputs ?? [:])
    let files = Set(input.compactMap { $0.split(separator: "=").first.map(String.init) })
    let origins = values.names.map { name in
      let isGiven = files.contains(name) || data?.inputs[name] != nil
      return (name, isGiven ? "given" : "random, seed \(seed)")
    }
    return (values, Dictionary(origins) { $1 })
  }

  /// The providers, each in a worker of its own; Ctrl-C ends what they are at.
  ///
  /// - Parameter watcher: looks while they are waited for.
  /// - Throws: `ProviderFailure` where one is not to be had.
  func startProviders(watchedBy watcher: LongWorkWatcher) throws -> [any Provider] {
    let folder = try WorkFolder.path()
    return try references().map { reference in
      var launch = RuntimeCatalog.launch(reference, task: "session")
      launch.readable = modelFolders + [folder]
      let provider = try RemoteProvider(launch, timeout: timeout)
      provider.isInterrupted = {
        watcher.look()
        return Interruption.hasCome
      }
      return provider
    }
  }

  /// The providers that are named, with their libraries.
  func references() throws -> [ProviderReference] { try namedProviders().map(RuntimeCatalog.located) }

  /// The same as they are named.
  func namedProviders() throws -> [ProviderReference] {
    let references = try provider.split(separator: ",").map { try ProviderReference(String($0)) }
    guard !references.isEmpty else { throw UsageError("--provider names no provider") }
    return references
  }

  private var modelFolders: [String] { foldersOfModel(model) + (providerModel.map(foldersOfModel) ?? []) }

  /// The files and folders that a comparison reads.
  var readable: [String] { modelFolders + input.compactMap(fileOfInput) + (dataDir.map { [$0] } ?? []) }

  /// How models are made ready at an optimization level.
  func loadOptions(level: Int, threads: Int = 1) -> LoadOptions {
    var options = LoadOptions()
    options.optimizationLevel = level
    options.threadCount = threads
    options.allowsFallback = allowFallback
    return options
  }
}

/// Numbers with commas between, as `0,1,2,99`.
struct NumberList: ExpressibleByArgument {
  let numbers: [Int]

  init(_ numbers: [Int]) { self.numbers = numbers }

  init?(argument: String) {
    let parsed = argument.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    guard !parsed.contains(nil), !parsed.isEmpty else { return nil }
    numbers = parsed.compactMap { $0 }
  }

  var defaultValueDescription: String { numbers.map(String.init).joined(separator: ",") }
}
