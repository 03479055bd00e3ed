import Execution
import GraphIR
import ModelFile
import TensorCore

/// Touchstone itself, with kernels or without.
public struct TouchstoneProvider: Provider {
  public static let name = "touchstone"
  /// The name under which only definitions run.
  public static let definitionsName = "touchstone:definitions"

  /// What Touchstone with its kernels says of itself.
  public static let builtInDescription = ProviderDescription(
    name: name, version: touchstoneVersion, devices: ["CPU"])

  private let kernels: KernelRegistry
  public let description: ProviderDescription

  /// - Parameter kernels: nil runs the definitions.
  public init(kernels: KernelRegistry?) {
    self.kernels = kernels ?? .none
    description = ProviderDescription(
      name: kernels == nil ? Self.definitionsName : Self.name, version: touchstoneVersion, devices: ["CPU"])
  }

  public func load(_ source: ModelSource, options: LoadOptions) throws -> any ProviderSession {
    TouchstoneSession(session: try session(source, options))
  }

  private func session(_ source: ModelSource, _ options: LoadOptions) throws -> Session {
    var sessionOptions = SessionOptions(kernels: kernels)
    sessionOptions.checksInference = options.checksInference
    sessionOptions.memoryLimit = options.memoryLimit
    sessionOptions.graphOptimizationLevel =
      GraphOptimizationLevel(rawValue: options.optimizationLevel) ?? .all
    // What is folded is not run, and so would not be checked.
    if options.checksInference { sessionOptions.graphOptimizationLevel = .none }
    return try Session(try model(source), options: sessionOptions)
  }

  private func model(_ source: ModelSource) throws -> Model {
    if let parsed = source.parsed { return parsed }
    switch source.contents {
    case .file(let path): return try OnnxFile.load(path: path)
    case .bytes(let bytes): return try OnnxFile.parse(bytes: bytes)
    }
  }
}

private struct TouchstoneSession: ProviderSession {
  let session: Session

  func run(_ inputs: NamedValues, fetching names: [String]) throws -> NamedValues {
    try session.run(inputs, fetching: names)
  }
}
