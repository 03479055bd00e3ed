import COnnxProto
import GraphIR
import TensorCore

/// Reads and writes ONNX files: models (`.onnx`) and single values (`.pb`).
///
/// Reading is safe on hostile bytes: see `LoadLimits`. Weights stay mapped; nothing of them is read before
/// somebody asks for their elements.
public enum OnnxFile {
  /// The model in the file at `path`; its external data is looked for in the file's folder.
  ///
  /// - Throws: `LoadError`.
  public static func load(path: String, limits: LoadLimits = LoadLimits()) throws -> Model {
    try LoadError.naming(path) {
      let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? ""
      return try model(MappedFile.open(path), folder: folder, limits: limits)
    }
  }

  /// The model that `bytes` hold.
  ///
  /// - Parameter externalDataFolder: where its external data lies; without it, external data is an error.
  /// - Throws: `LoadError`.
  public static func parse(
    bytes: [UInt8], externalDataFolder: String? = nil, limits: LoadLimits = LoadLimits()
  ) throws -> Model {
    try model(bytes.withUnsafeBytes(Storage.copying), folder: externalDataFolder, limits: limits)
  }

  private static func model(_ storage: Storage, folder: String?, limits: LoadLimits) throws -> Model {
    try FileReader.read(
      storage, as: touchstone_model_descriptor(), Touchstone__ModelProto.self, folder: folder, limits: limits
    ) { try $0.model($1.pointee) }
  }
}
