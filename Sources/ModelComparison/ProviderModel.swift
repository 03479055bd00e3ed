import Conformance
import Execution
import GraphIR
import ModelFile
import TensorCore

/// A model on one provider, which can be asked for every value of the main graph.
///
/// Inner values are had by adding graph outputs to a copy of the file. Named outputs keep a provider from fusing
/// nodes, so what it then runs is not quite the plain model: `run` is the plain one.
final class ProviderModel {
  let provider: any Provider
  let model: Model
  let options: LoadOptions
  private let file: ExtendedFile
  /// Extensions that have been run, for reports.
  private(set) var fetchCount = 0

  /// - Parameters:
  ///   - path: the model's file; nil for a model made in memory.
  /// - Throws: `ExtendedFile`'s errors.
  init(_ model: Model, path: String?, provider: any Provider, options: LoadOptions) throws {
    self.model = model
    self.provider = provider
    self.options = options
    file = try ExtendedFile(model, path: path)
  }

  var outputNames: [String] { model.graph.outputs.map(\.name) }

  /// The plain model's outputs.
  ///
  /// - Throws: `ProviderFailure` or `WorkerFailure`.
  func run(_ inputs: NamedValues, count: Int = 1) throws -> [NamedValues] {
    let session = try provider.load(ModelSource(.file(file.plainPath)), options: options)
    return try (0..<count).map { _ in try session.run(inputs, fetching: outputNames) }
  }

  /// The values `names`, those of the model's inputs included.
  ///
  /// - Throws: as `run`; a provider may refuse some values as outputs.
  func fetch(_ names: [String], _ inputs: NamedValues) throws -> NamedValues {
    let given = inputs.selecting(names)
    let computed = Set(names).subtracting(inputs.names)
    guard !computed.isEmpty else { return given }
    fetchCount += 1
    let path = try file.extended(by: computed.subtracting(outputNames).sorted())
    let session = try provider.load(ModelSource(.file(path)), options: options)
    return try given.merging(session.run(inputs, fetching: computed.sorted()))
  }
}
