import Foundation

/// A folder that is removed when nobody holds it any more.
public final class Scratch: Sendable {
  public let path: String

  public init() throws {
    path =
      FileManager.default.temporaryDirectory.appendingPathComponent("touchstone-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// The program under test, which lies beside the tests' own.
///
/// - Throws: `MissingProgram` where it is not built.
public func touchstoneProgram() throws -> String {
  let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
  let program = URL(fileURLWithPath: own).deletingLastPathComponent().appendingPathComponent("touchstone")
    .path
  guard FileManager.default.fileExists(atPath: program) else { throw MissingProgram(path: program) }
  return program
}

/// The program has not been built with the tests.
public struct MissingProgram: Error, CustomStringConvertible {
  let path: String
  public var description: String { "\(path) is not built" }
}
