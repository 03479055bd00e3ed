import Conformance
import Execution
import FastKernels
import Foundation
import GraphIR
import ModelComparison
import ModelFile
import TensorCore
import Touchstone

/// What is done with a changed model. Every command must give values or one error, and end soon.
package enum Trial: String, CaseIterable, Sendable {
  /// Parsed, inferred, and run with kernels and without.
  case run
  /// Compared node by node, also each alone, between kernels and definitions.
  case compare
  /// Searched for the first node at which a changed copy differs.
  case bisect
  /// Optimized, converted, inlined and cut, and held against the model before.
  case rewrite
  /// Reduced to the smallest part at which a changed copy differs.
  case reduce

  /// What became of a model.
  package enum Outcome: Sendable {
    case values
    case refused
    /// An error that says that Touchstone itself is wrong, or says nothing.
    case fault(String)
  }

  /// Bytes that a run may hold.
  package static let memoryLimit = 64 << 20
  /// Seconds after which a run is cancelled; of a model there are three, within the bound of `Scripts/mutate`.
  private static let patience = 1.0

  /// - Parameters:
  ///   - bytes: the model's file, perhaps damaged.
  ///   - copy: what the other side of a comparison runs.
  package func attempt(_ specimen: Specimen, _ bytes: [UInt8], copy: Model) -> Outcome {
    MemoryLimit.$stated.withValue(Self.memoryLimit) {
      do {
        switch self {
        case .run: return try Self.run(bytes, NamedValues(specimen.inputs))
        case .rewrite: return try RewritingTrial(bytes, NamedValues(specimen.inputs)).run()
        case .compare, .bisect, .reduce: try compare(specimen, bytes, copy)
        }
        return .values
      } catch {
        return Self.outcome(of: error)
      }
    }
  }

  static func outcome(of error: any Error) -> Outcome {
    let text = "\(error)"
    let isOwn = (error as? NodeError)?.kind == .internalError || text.contains("internalError")
    return isOwn || text.isEmpty ? .fault(text.isEmpty ? "an error without words" : text) : .refused
  }

  // MARK: - Commands

  /// Each way of inferring and running is tried, whatever becomes of the others.
  private static func run(_ bytes: [UInt8], _ inputs: NamedValues) throws -> Outcome {
    let model = try OnnxFile.parse(bytes: bytes)
    var outcomes = [
      outcome { _ = try inferShapes(model, ShapeInferenceOptions(strictMode: true)) },
      outcome { _ = try inferShapes(model, ShapeInferenceOptions(dataProp: true)) },
    ]
    var ways = [SessionOptions(kernels: .all), SessionOptions(), SessionOptions()]
    ways[2].checksInference = true
    ways[2].graphOptimizationLevel = .none
    for options in ways {
      outcomes.append(outcome { try run(model, inputs, options) })
    }
    if let fault = outcomes.first(where: \.isFault) { return fault }
    return outcomes[2]
  }

  private static func outcome(of attempt: () throws -> Void) -> Outcome {
    do {
      try attempt()
      return .values
    } catch {
      return outcome(of: error)
    }
  }

  @discardableResult
  static func run(_ model: Model, _ inputs: NamedValues, _ options: SessionOptions) throws -> NamedValues {
    var options = options
    options.intraOpThreadCount = 1
    options.memoryLimit = memoryLimit
    let end = ContinuousClock.now + .seconds(patience)
    var run = RunOptions()
    run.checkCancellation = { if ContinuousClock.now > end { throw CancellationError() } }
    return try Session(model, options: options).run(inputs, options: run)
  }

  private func compare(_ specimen: Specimen, _ bytes: [UInt8], _ copy: Model) throws {
    let folder = try TemporaryFolder()
    let path = folder.freshPath(".onnx")
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    let model = ModelFileReference(path: path, model: try OnnxFile.load(path: path))
    let other = ModelFileReference(path: folder.freshPath(".onnx"), model: copy)
    try OnnxFile.write(copy, to: other.path)
    guard self != .compare else { return try Self.compare(model, NamedValues(specimen.inputs)) }
    var bisection = Bisection(
      model, copy: other, inputs: NamedValues(specimen.inputs), provider: TouchstoneProvider(kernels: .all),
      options: LoadOptions())
    bisection.rtol = 0
    if self == .bisect {
      _ = try bisection.run().text
    } else {
      try bisection.reduce().write(to: folder.freshPath(""))
    }
  }

  private static func compare(_ model: ModelFileReference, _ inputs: NamedValues) throws {
    var options = ComparisonOptions()
    options.comparesNodes = true
    options.isolatesNodes = true
    options.criterion.reading = .derived
    options.optimizationLevels = [0, 99]
    let comparison = try ModelComparison(model, inputs: inputs, options: options)
    let report = try comparison.compare([TouchstoneProvider(kernels: .all)])
    _ = (report.junit, report.html, ComparisonConsole(report, verbose: true).text)
  }
}

extension Trial.Outcome {
  var isFault: Bool {
    if case .fault = self { return true }
    return false
  }
}
