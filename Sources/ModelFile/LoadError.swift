/// Why a file could not be read or written: its kind, the file, and one sentence that says what was found and
/// what is required.
public struct LoadError: Error, Sendable, CustomStringConvertible {
  /// What the caller may want to tell apart.
  public enum Kind: String, Sendable {
    /// There is no such file.
    case notFound
    /// The operating system does not let us read it, or it is no regular file.
    case unreadable
    /// The bytes break the format.
    case malformed
    /// The file asks for more than `LoadLimits` allows.
    case limit
    /// External data outside the model's folder.
    case unsafePath
    /// The format is right, but newer or larger than what Touchstone reads.
    case unsupported
    /// The file could not be written.
    case unwritable
  }
  /// What sort of failure this is.
  public let kind: Kind
  /// The file in question, where there is one.
  public var path: String?
  /// What was found and what is required.
  public let message: String

  /// An error of a kind, with a message, about a file.
  public init(_ kind: Kind, _ message: String, path: String? = nil) {
    self.kind = kind
    self.message = message
    self.path = path
  }

  /// The file and the message.
  public var description: String { path.map { "\($0): \(message)" } ?? message }
}

extension LoadError {
  static func malformed(_ message: String) -> LoadError { LoadError(.malformed, message) }

  /// What `body` returns; a `LoadError` that names no file yet gets `path`.
  static func naming<R>(_ path: String?, _ body: () throws -> R) throws -> R {
    do {
      return try body()
    } catch var error as LoadError {
      error.path = error.path ?? path
      throw error
    }
  }
}
