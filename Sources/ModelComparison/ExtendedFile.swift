import Foundation
import GraphIR
import ModelFile
import TensorCore

/// A copy of a model's file to which graph outputs can be added without encoding it anew.
///
/// Protobuf merges a message that is repeated: what is appended to a `ModelProto` as another `graph` adds to the
/// graph's lists. The outputs bear no types, since a wrong one would be refused.
final class ExtendedFile {
  /// The file without additions.
  let plainPath: String
  /// The same file with links followed: a copy of a link would lead writing into the model itself.
  private let resolvedPath: String
  private let folder: String
  private let copyPath: String
  private let plainSize: UInt64
  private let isMade: Bool

  /// - Parameter path: the model's file; nil for a model made in memory, which is written first.
  /// - Throws: `LoadError`, or Foundation's errors where the temporary folder takes no files.
  init(_ model: Model, path: String?) throws {
    let manager = FileManager.default
    folder = manager.temporaryDirectory.appendingPathComponent("touchstone-\(UUID().uuidString)").path
    copyPath = folder + "/extended.onnx"
    isMade = path == nil
    plainPath = path ?? folder + "/model.onnx"
    resolvedPath = URL(fileURLWithPath: plainPath).resolvingSymlinksInPath().path
    try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
    if let path {
      try Self.bringExternalData(of: model, besides: path, to: folder)
    } else {
      try OnnxFile.write(model, to: plainPath)
    }
    let size = try manager.attributesOfItem(atPath: resolvedPath)[.size] as? NSNumber
    plainSize = size?.uint64Value ?? 0
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// The path of the file with the outputs `names` added.
  func extended(by names: [String]) throws -> String {
    guard !names.isEmpty else { return plainPath }
    if !FileManager.default.fileExists(atPath: copyPath) {
      try FileManager.default.copyItem(atPath: resolvedPath, toPath: copyPath)
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: copyPath)
    }
    guard let handle = FileHandle(forWritingAtPath: copyPath) else {
      throw CocoaError(.fileWriteUnknown)
    }
    defer { try? handle.close() }
    try handle.truncate(atOffset: plainSize)
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(Self.graphOutputs(names)))
    return copyPath
  }

  // MARK: - Encoding

  /// `ModelProto.graph` with nothing but outputs.
  private static func graphOutputs(_ names: [String]) -> [UInt8] {
    let (graph, output, name): (UInt8, UInt8, UInt8) = (7, 12, 1)
    return field(graph, names.flatMap { field(output, field(name, Array($0.utf8))) })
  }

  /// A length-delimited field.
  private static func field(_ number: UInt8, _ bytes: [UInt8]) -> [UInt8] {
    var length: [UInt8] = []
    var rest = bytes.count
    repeat {
      length.append(UInt8(rest & 0x7f) | (rest > 0x7f ? 0x80 : 0))
      rest >>= 7
    } while rest > 0
    return [number << 3 | 2] + length + bytes
  }

  // MARK: - External data

  /// Runtimes look for external data beside the model and follow no links out of its folder, so hard links stand
  /// beside the copy, or copies where the folder lies on another file system.
  private static func bringExternalData(of model: Model, besides path: String, to folder: String) throws {
    let home = URL(fileURLWithPath: path).deletingLastPathComponent()
    for location in model.externalDataLocations {
      let source = home.appendingPathComponent(location).resolvingSymlinksInPath().path
      let target = "\(folder)/\(location)"
      let parent = URL(fileURLWithPath: target).deletingLastPathComponent().path
      try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
      if link(source, target) != 0 { try FileManager.default.copyItem(atPath: source, toPath: target) }
    }
  }
}
