import GraphIR

/// What a model says about itself, in ONNX Runtime's words.
public struct ModelMetadata: Sendable {
  /// The program that wrote the model.
  public let producerName: String
  public let producerVersion: String
  public let graphName: String
  public let domain: String
  /// The model's text.
  public let description: String
  /// The main graph's text.
  public let graphDescription: String
  /// `model_version`, which the model's author counts.
  public let version: Int
  /// `metadata_props`, in the file's order.
  public let customMetadata: [StringPair]
  public let irVersion: Int
  public let opsetImports: [OpsetImport]

  /// - Parameter model: the model to speak of.
  public init(_ model: Model) {
    producerName = model.producerName
    producerVersion = model.producerVersion
    graphName = model.graph.name
    domain = model.domain
    description = model.annotations.docString
    graphDescription = model.graph.annotations.docString
    version = model.modelVersion
    customMetadata = model.annotations.metadata
    irVersion = model.irVersion
    opsetImports = model.opsetImports
  }
}
