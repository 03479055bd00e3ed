import GraphIR
import TensorCore

/// Something that runs models: Touchstone itself, or another runtime.
public protocol Provider {
  /// Its name, version and devices.
  var description: ProviderDescription { get }

  /// Makes a model ready to run.
  ///
  /// - Throws: `ProviderFailure`, or for Touchstone itself the errors of loading and of sessions.
  func load(_ model: ModelSource, options: LoadOptions) throws -> any ProviderSession
}

/// A model that a provider has made ready to run.
public protocol ProviderSession {
  /// The values of the outputs `names`, for inputs by their names. A constant that the provider has folded and does
  /// not show may be left out.
  ///
  /// - Throws: as `Provider.load`.
  func run(_ inputs: NamedValues, fetching names: [String]) throws -> NamedValues
}

/// What a provider says of itself.
public struct ProviderDescription: Sendable, Codable, Equatable {
  /// As the command line names it: `onnxruntime:cuda`.
  public var name: String
  /// As `1.32.0`.
  public var version: String
  /// What it can run on here, in its own words.
  public var devices: [String]
  /// The library that it is loaded from; nil where it is built in.
  public var library: String?

  public init(name: String, version: String, devices: [String], library: String? = nil) {
    self.name = name
    self.version = version
    self.devices = devices
    self.library = library
  }
}

/// A model, as it is handed to a provider.
public struct ModelSource: Sendable {
  /// Where the bytes are.
  public enum Contents: Sendable {
    /// A file; external data lies beside it.
    case file(String)
    case bytes([UInt8])
  }
  public var contents: Contents
  /// What the bytes hold, where the caller has read them already; for Touchstone itself.
  public var parsed: Model?

  public init(_ contents: Contents, parsed: Model? = nil) {
    self.contents = contents
    self.parsed = parsed
  }
}

/// How a model is made ready; a provider leaves aside what it has no notion of.
public struct LoadOptions: Sendable, Codable, Equatable {
  /// The raw value of a `GraphOptimizationLevel`.
  public var optimizationLevel = GraphOptimizationLevel.all.rawValue
  /// Threads within one operator; 0 leaves it to the provider.
  public var threadCount = 1
  /// Whether nodes may run on another device than the one asked for.
  public var allowsFallback = false
  /// Bytes that all values of a run may take at a time.
  public var memoryLimit = MemoryLimit.stated ?? 4 << 30
  /// Whether every value that a node computes is held against what inference says of it.
  public var checksInference = false

  public init() {}
}

/// Why a provider does not do what it is asked for.
public struct ProviderFailure: Error, Sendable, Codable, CustomStringConvertible {
  /// What the caller may want to tell apart.
  public enum Kind: String, Sendable, Codable {
    /// The provider, its library or its device is not here, or cannot be used.
    case missing
    /// It refuses the model or its inputs.
    case rejected
    /// It says that it does not have what the model asks for.
    case unsupported
    /// It would run part of the model on another device than the one asked for.
    case fallback
  }
  public let kind: Kind
  /// One sentence, for the most part in the provider's own words.
  public let description: String
  /// The operators that it says it does not have.
  public let missingOperators: [String]

  public init(_ kind: Kind, _ description: String, missingOperators: [String] = []) {
    self.kind = kind
    self.description = description
    self.missingOperators = missingOperators
  }
}

/// The version of Touchstone: of the library, its C ABI, the command line and the Python package.
public let touchstoneVersion = "0.1.0"
