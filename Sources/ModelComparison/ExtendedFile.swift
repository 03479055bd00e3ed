import GraphIR
import ModelFile

/// A copy of a model's file to which graph outputs can be added without encoding it anew.
///
/// Protobuf merges a message that is repeated: what is appended to a `ModelProto` as another `graph` adds to the
/// graph's lists. The outputs bear no types, since a wrong one would be refused.
final class ExtendedFile {
  /// The file without additions.
  let plainPath: String
  private let folder: TemporaryFolder
  private var copy: TemporaryFile?
  private var plainSize = 0

  /// - Parameter path: the model's file; nil for a model made in memory, which is written first.
  /// - Throws: `LoadError`; of the kind `unwritable` where the temporary folder takes no files.
  init(_ model: Model, path: String?) throws {
    folder = try TemporaryFolder()
    if let path {
      plainPath = path
      try Self.bringExternalData(of: model, besides: path, to: folder)
    } else {
      plainPath = folder.freshPath(".onnx")
      try OnnxFile.write(model, to: plainPath)
    }
  }

  /// The path of the file with the outputs `names` added.
  ///
  /// - Throws: as `init`.
  func extended(by names: [String]) throws -> String {
    guard !names.isEmpty else { return plainPath }
    let copy = try self.copy ?? copied()
    self.copy = copy
    try Self.graphOutputs(names).withUnsafeBytes { try copy.write($0, at: plainSize) }
    return copy.path
  }

  /// Copied are the bytes, so that a model that is a link, as model hubs have them, stays as it is.
  private func copied() throws -> TemporaryFile {
    let copy = try TemporaryFile(folder.freshPath(".onnx"))
    plainSize = try copy.write(contentsOf: plainPath)
    return copy
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

  /// Runtimes look for external data beside the model and follow no links out of its folder.
  private static func bringExternalData(
    of model: Model, besides path: String, to folder: TemporaryFolder
  ) throws {
    for file in model.externalFiles {
      try folder.bring(try ExternalData.file(at: file.location, besides: path), to: file.location)
    }
  }
}
