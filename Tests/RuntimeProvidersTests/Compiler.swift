import Foundation
import Testing

/// The C compiler of this machine, for libraries that do what no real one does.
enum Compiler {
  static let path = ["/usr/bin/cc", "/usr/bin/clang", "/usr/bin/gcc"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  /// - Parameter definitions: macros, as `NAME=VALUE`.
  static func library(_ source: String, in folder: String, _ definitions: [String] = []) throws -> String {
    try compile(source, to: folder + "/stub.so", ["-shared", "-fPIC"] + definitions.map { "-D\($0)" })
  }

  static func program(_ source: String, in folder: String) throws -> String {
    try compile(source, to: folder + "/program", [])
  }

  private static func compile(_ source: String, to path: String, _ options: [String]) throws -> String {
    try source.write(toFile: path + ".c", atomically: true, encoding: .utf8)
    let (text, code) = try output(of: try #require(Self.path), options + ["-o", path, path + ".c"])
    try #require(code == 0, "\(text)")
    return path
  }
}
