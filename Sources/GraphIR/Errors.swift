import TensorCore

/// What is wrong with one operator, in the specification's vocabulary; execution adds where.
public struct OperatorError: Error, CustomStringConvertible, Sendable {
  /// The part of the contract that does not hold.
  public enum Kind: String, Sendable {
    case invalidAttribute, invalidType, invalidShape, invalidValue, unsupported, internalError
  }
  public let kind: Kind
  public let message: String

  public init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = abridged(message)
  }

  public var description: String { message }
}

/// What is wrong with a model as a whole: its structure, names, imports or types.
public struct ModelError: Error, CustomStringConvertible, Sendable {
  /// `invalid`: the model breaks ONNX's rules; `unsupported`: it asks for what Touchstone does not have.
  public enum Kind: String, Sendable { case invalid, unsupported }
  public let kind: Kind
  public let message: String

  public init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = abridged(message)
  }

  public var description: String { message }
}
