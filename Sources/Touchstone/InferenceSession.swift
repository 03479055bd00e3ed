import Execution
import GraphIR
import ModelFile
import TensorCore

/// A model ready to run, in ONNX Runtime's words.
///
/// ```swift
/// let session = try InferenceSession(path: "resnet18.onnx")
/// let outputs = try session.run(["input": image])
/// ```
///
/// Runs may go on in several threads at once.
public final class InferenceSession: Sendable {
  private let session: Session
  /// What the model says about itself.
  public let metadata: ModelMetadata

  /// The inputs that a run must be given: name, type and shape.
  public var inputs: [ValueInfo] { session.inputs }
  /// The outputs, with what inference adds to their declared types.
  public var outputs: [ValueInfo] { session.outputs }
  /// The inputs with a default, which a run may replace.
  public var overridableInitializers: [ValueInfo] { session.overridableInitializers }

  /// A session of a model in memory.
  ///
  /// - Throws: `ModelError` and `NodeError` for a model that is invalid or not supported.
  public init(model: Model, options: SessionOptions = .standard) throws {
    session = try Session(model, options: options)
    metadata = ModelMetadata(model)
  }

  /// A session of the `.onnx` file at `path`; its external data is looked for in the file's folder.
  ///
  /// - Throws: `LoadError` for a file that cannot be read, else as `init(model:options:)`.
  public convenience init(path: String, options: SessionOptions = .standard) throws {
    try self.init(model: OnnxFile.load(path: path), options: options)
  }

  /// A session of the bytes of an `.onnx` file.
  ///
  /// - Parameter externalDataFolder: where the model's external data lies; without it, external data is an
  ///   error.
  /// - Throws: `LoadError` for bytes that are no model, else as `init(model:options:)`.
  public convenience init(
    bytes: [UInt8], externalDataFolder: String? = nil, options: SessionOptions = .standard
  ) throws {
    try self.init(
      model: OnnxFile.parse(bytes: bytes, externalDataFolder: externalDataFolder), options: options)
  }

  /// Writes the model that runs: what the level of optimization has made of the one given. External data goes
  /// beside it, where the model given has such.
  ///
  /// - Throws: `LoadError` where it cannot be written.
  public func saveOptimizedModel(to path: String) throws {
    try OnnxFile.write(session.optimizedModel, to: path, inPlaceOf: session.optimizedModel)
  }

  /// The values of the outputs for the given inputs.
  ///
  /// - Parameters:
  ///   - feeds: a value for each input, and for those overridable initializers that it replaces.
  ///   - names: the outputs wanted, by default all; any value of the main graph can be named.
  /// - Throws: `FeedError` for inputs that are missing, unknown or of the wrong type; `NodeError` where an
  ///   operator fails; `CancellationError`.
  public func run(
    _ feeds: NamedValues, outputs names: [String]? = nil, options: RunOptions = RunOptions()
  ) throws -> NamedValues {
    try session.run(feeds, fetching: names, options: options)
  }

  /// The same for models whose inputs and wanted outputs are all tensors, as most are.
  ///
  /// - Throws: `FeedError` also where an output is no tensor.
  @_disfavoredOverload
  public func run(
    _ feeds: NameDictionary<Tensor>, outputs names: [String]? = nil, options: RunOptions = RunOptions()
  ) throws -> NameDictionary<Tensor> {
    let values = try run(feeds.mapValues(Value.tensor), outputs: names, options: options)
    return try NameDictionary(
      values.map { name, value in
        guard case .tensor(let tensor) = value else {
          throw FeedError(description: "output '\(name)' is \(value.type), no tensor; run with Value instead")
        }
        return (name, tensor)
      })
  }
}
