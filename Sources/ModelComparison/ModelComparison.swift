import Conformance
import Execution
import GraphIR
import ModelFile
import TensorCore
import Workers

/// A model with the file that it was read from.
public struct ModelFileReference: Sendable {
  public let path: String
  public let model: Model
  public init(path: String, model: Model) {
    self.path = path
    self.model = model
  }
}

/// What is varied in a comparison, and how closely it looks.
public struct ComparisonOptions: Sendable {
  public var criterion = Criterion()
  public var optimizationLevels = [GraphOptimizationLevel.all.rawValue]
  public var threadCounts = [1]
  /// How often each trial runs, to show results that vary.
  public var runCount = 1
  /// Whether every node is compared.
  public var comparesNodes = false
  /// Whether every node is run alone, with the reference's inputs.
  public var isolatesNodes = false
  public var allowsFallback = false
  public init() {}
}

/// Runs one model on the reference and on other providers, and says how their results differ.
public struct ModelComparison {
  private let model: ModelFileReference
  /// The copy that the providers run; for the most part the same.
  private let copy: ModelFileReference
  private let options: ComparisonOptions
  private let reference: ReferenceModel
  /// Asked now and then; a comparison ends early where it is true, with what there is.
  public var isInterrupted: @Sendable () -> Bool = { false }
  /// Hears what is being done.
  public var progress: (String) -> Void = { _ in }

  /// - Parameters:
  ///   - copy: the model that the providers run instead, with the same names of inputs, outputs and inner values; nil
  ///     for the same.
  ///   - inputs: a value for each input.
  /// - Throws: as `Session`.
  public init(
    _ model: ModelFileReference, copy: ModelFileReference? = nil, inputs: NamedValues,
    options: ComparisonOptions = ComparisonOptions()
  ) throws {
    self.model = model
    self.copy = copy ?? model
    self.options = options
    reference = try ReferenceModel(model.model, inputs: inputs)
  }

  /// - Parameters:
  ///   - providers: those that are held against the reference.
  ///   - origins: by input, how its value came about.
  /// - Throws: where the reference itself does not run the model; what a provider does is in the report.
  public func compare(_ providers: [any Provider], origins: [String: String] = [:]) throws -> ComparisonReport
  {
    var report = ComparisonReport(
      model: model.path, reference: TouchstoneProvider.builtInDescription,
      tolerance: options.criterion.reading.rawValue,
      inputs: reference.inputs.names.map { name in
        let type = reference.inputs[name].map { "\($0.type)" } ?? ""
        return .init(name: name, type: type, origin: origins[name] ?? "given")
      }, graph: model.model.graph.pictured)
    progress("reference")
    let wanted: NamedValues
    do {
      wanted = try reference.fetch(reference.outputNames)
    } catch is CancellationError {
      report.isPartial = true
      return report
    }
    for provider in providers {
      for level in options.optimizationLevels {
        for threads in options.threadCounts where !isInterrupted() {
          progress("\(provider.description.name), level \(level), threads \(threads)")
          var trial = try trial(provider, level, threads, wanted)
          try compareLevels(provider, &trial)
          report.trials.append(trial)
        }
      }
      // So that no two providers hold the model at a time.
      (provider as? RemoteProvider)?.rest()
    }
    report.isPartial = isInterrupted()
    return report
  }

  private func trial(_ provider: any Provider, _ level: Int, _ threads: Int, _ wanted: NamedValues)
    throws -> ComparisonReport.Trial
  {
    var trial = ComparisonReport.Trial(
      provider: provider.description, optimizationLevel: level, threadCount: threads)
    do {
      let subject = try ProviderModel(
        copy.model, path: copy.path, provider: provider, options: loadOptions(level, threads))
      try compare(subject, wanted, &trial)
    } catch let error as LoadError where error.kind == .unwritable {
      // A temporary folder that takes no files is no verdict on the provider.
      throw error
    } catch {
      trial.failure = ComparisonReport.Failure(error)
    }
    return trial
  }

  private func loadOptions(_ level: Int, _ threads: Int) -> LoadOptions {
    var load = LoadOptions()
    load.optimizationLevel = level
    load.threadCount = threads
    load.allowsFallback = options.allowsFallback
    return load
  }

  /// Finds where the provider first goes another way than at the first of the optimization levels.
  private func compareLevels(_ provider: any Provider, _ trial: inout ComparisonReport.Trial) throws {
    let (level, first, threads) = (trial.optimizationLevel, options.optimizationLevels[0], trial.threadCount)
    guard level != first, trial.failure == nil else { return }
    var bisection = Bisection(
      copy, inputs: reference.inputs, provider: provider, options: loadOptions(level, threads))
    bisection.opponent = (provider, loadOptions(first, threads))
    bisection.progress = progress
    do {
      let report = try bisection.run()
      guard report.outcome != .noDifference else { return }
      trial.optimizationDifference = report
      // What fused nodes do differently, no node alone can explain.
      trial.verdict = max(trial.verdict, .differs)
    } catch let error as LoadError where error.kind == .unwritable {
      // A temporary folder that takes no files is no verdict on the provider.
      throw error
    } catch {
      trial.failure = ComparisonReport.Failure(error)
    }
  }

  private func compare(
    _ subject: ProviderModel, _ wanted: NamedValues, _ trial: inout ComparisonReport.Trial
  ) throws {
    let runs = try subject.run(reference.inputs, count: options.runCount)
    trial.runCount = runs.count
    trial.outputs = try differences(runs[0], wanted)
    trial.varyingOutputs = try reference.outputNames.filter { name in
      try runs.dropFirst().contains { try !areEqual($0[name], runs[0][name], name) }
    }
    trial.verdict = ComparisonReport.NodeVerdict(ofOutputs: trial.outputs)
    guard options.comparesNodes || options.isolatesNodes else { return }
    var scan = NodeScan(reference: reference, subject: subject, criterion: options.criterion)
    scan.isolatesNodes = options.isolatesNodes
    scan.isInterrupted = isInterrupted
    let (name, count) = (trial.provider.name, reference.model.graph.nodes.count)
    trial.nodes = try scan.compare(Array(0..<count)) { progress("\(name): \($0) of \(count) nodes") }
    try explain(&trial, runs[0], scan.fetchedOutputs, wanted)
  }

  /// A fused graph may be off by this much more than the same graph with its inner values fetched.
  private static let fusionFactor = 4.0

  /// Outputs that differ are explained where every node is, unless the plain model, in which the provider may have
  /// fused nodes, is further off than the one whose inner values were fetched.
  private func explain(
    _ trial: inout ComparisonReport.Trial, _ plain: NamedValues, _ fetched: NamedValues,
    _ wanted: NamedValues
  ) throws {
    trial.outputsChangedByFetching = try fetched.names.filter { try !areEqual(fetched[$0], plain[$0], $0) }
    guard trial.verdict == .differs, trial.nodes.count == reference.model.graph.nodes.count else { return }
    let areExplained = trial.nodes.allSatisfy {
      $0.verdict != .notCompared && $0.verdict <= .explainedByRounding
    }
    func error(_ outputs: NamedValues) throws -> Double {
      try differences(outputs, wanted).map(\.maxAbsolute).max() ?? .infinity
    }
    let isFusionHarmless =
      try trial.outputsChangedByFetching.isEmpty || error(plain) <= Self.fusionFactor * error(fetched)
    if areExplained, isFusionHarmless { trial.verdict = .explainedByRounding }
  }

  private func differences(_ got: NamedValues, _ wanted: NamedValues) throws -> [ValueDifference] {
    try reference.outputNames.flatMap { name in
      try ValueDifference.all(got[name], wanted[name], name: name, criterion: options.criterion)
    }
  }

  private func areEqual(_ a: Value?, _ b: Value?, _ name: String) throws -> Bool {
    try ValueDifference.all(a, b, name: name, criterion: options.criterion).allSatisfy(\.isEqual)
  }
}

extension ComparisonReport.NodeVerdict {
  fileprivate init(ofOutputs outputs: [ValueDifference]) {
    self =
      outputs.allSatisfy(\.isEqual)
      ? .equal : outputs.allSatisfy(\.isWithinTolerance) ? .withinTolerance : .differs
  }
}
