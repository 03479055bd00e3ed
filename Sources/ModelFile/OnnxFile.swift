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
      try model(MappedFile.open(path), folder: folder(of: path), limits: limits)
    }
  }

  /// The folder in which a file lies; empty for the current directory.
  static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
    return slash == path.utf8.startIndex ? "/" : String(path.utf8[..<slash]) ?? ""
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

// MARK: - Writing models

extension OnnxFile {
  /// The most bytes that protobuf allows for one file.
  private static let largestFile = Int(Int32.max)

  /// Writes a model; the file at `path` is replaced only once the new one is complete.
  ///
  /// - Parameter saveAsExternalData: initializers of this many bytes or more go to `<path>.data`; nil: none.
  /// - Throws: `LoadError`.
  public static func write(_ model: Model, to path: String, saveAsExternalData threshold: Int? = nil) throws {
    try write(model, to: path, saveAsExternalData: threshold, standing: [])
  }

  /// - Parameter standing: files beside the new model, of which it may go on to use tensors.
  private static func write(
    _ model: Model, to path: String, saveAsExternalData threshold: Int?, standing: [ExternalFile]
  ) throws {
    try LoadError.naming(path) {
      var writer = ModelWriter()
      writer.externalFrom = threshold
      writer.externalName = (path.split(separator: "/").last.map(String.init) ?? path) + ".data"
      writer.standing = standing
      let pieces = try StackRoom.with(StackRoom.ofModel) { try Self.pieces(of: writer.model(model)) }
      let file = try OutputFile(path)
      for piece in pieces { try MessageWriter.withBytes(of: piece, file.write) }
      try file.complete()
      if !writer.external.isEmpty {
        let data = try OutputFile(path + ".data")
        for (tensor, offset) in writer.external {
          try data.pad(to: offset)
          try MessageWriter.withBytes(of: .elements(tensor), data.write)
        }
        try data.complete()
        try data.commit()
      }
      try file.commit()
    }
  }

  /// Initializers of this many bytes or more go beside a new model, where those of the old one lie there.
  private static let externalFrom = 1_024

  /// Writes what was made of another model: its large initializers go where those of the other lie, into the file
  /// or beside it. Those that lie in a file that stands beside the new model too stay there.
  ///
  /// - Throws: `LoadError` where a file cannot be written.
  public static func write(_ model: Model, to path: String, inPlaceOf old: Model) throws {
    let isExternal = !old.externalFiles.isEmpty
    try write(
      model, to: path, saveAsExternalData: isExternal ? externalFrom : nil,
      standing: standing(of: old.externalFiles, besides: path))
  }

  /// The files that a model in the file `path` finds where another one found them; none of them, where the new model's
  /// own file of data would take the place of one.
  private static func standing(of files: [ExternalFile], besides path: String) -> [ExternalFile] {
    let found = files.filter { file in
      guard let there = try? ExternalData.file(at: file.location, besides: path) else { return false }
      return areSame(FilePath.resolved(there) ?? there, FilePath.resolved(file.path) ?? file.path)
    }
    let own = FilePath.resolved(path + ".data")
    let isTaken = found.contains { FilePath.resolved($0.path) == own }
    return isTaken ? [] : found
  }

  /// The bytes of a model's file.
  public static func serialize(_ model: Model) throws -> [UInt8] {
    var writer = ModelWriter()
    return ModelWriter.bytes(
      of: try StackRoom.with(StackRoom.ofModel) { try pieces(of: writer.model(model)) })
  }

  private static func pieces(of message: MessageWriter) throws -> [MessageWriter.Piece] {
    var message = message
    let pieces = message.finish()
    guard message.byteCount <= largestFile else {
      throw LoadError(
        .unsupported,
        "the file would have \(message.byteCount) bytes, but protobuf allows \(largestFile): "
          + "save as external data"
      )
    }
    return pieces
  }
}

// MARK: - Values

extension OnnxFile {
  /// The tensor in the bytes of a `TensorProto`, with its name.
  ///
  /// - Throws: `LoadError`.
  public static func readTensor(_ bytes: [UInt8], limits: LoadLimits = LoadLimits()) throws -> Initializer {
    try FileReader.read(
      bytes.withUnsafeBytes(Storage.copying), as: touchstone_tensor_descriptor(),
      Touchstone__TensorProto.self,
      folder: nil, limits: limits
    ) { reader, proto in
      Initializer(name: try reader.tensorName(proto.pointee), tensor: try reader.tensor(proto.pointee))
    }
  }

  /// The tensor in the file of a `TensorProto`, with its name; large elements stay mapped.
  ///
  /// - Throws: `LoadError`.
  public static func readTensor(path: String, limits: LoadLimits = LoadLimits()) throws -> Initializer {
    try LoadError.naming(path) {
      try FileReader.read(
        MappedFile.open(path), as: touchstone_tensor_descriptor(), Touchstone__TensorProto.self, folder: nil,
        limits: limits
      ) { reader, proto in
        Initializer(name: try reader.tensorName(proto.pointee), tensor: try reader.tensor(proto.pointee))
      }
    }
  }

  /// The value in the bytes of the message that stands for `type`: a tensor in a `TensorProto`, a sequence in
  /// a `SequenceProto`, and so on. The file itself does not say which it is.
  ///
  /// - Throws: `LoadError`, also where the file holds another type; shapes are not compared.
  public static func readValue(_ bytes: [UInt8], as type: ValueType, limits: LoadLimits = LoadLimits()) throws
    -> Value
  {
    try value(bytes.withUnsafeBytes(Storage.copying), type, limits)
  }

  /// The value in a file, as `readValue(_:as:limits:)`.
  public static func readValue(path: String, as type: ValueType, limits: LoadLimits = LoadLimits()) throws
    -> Value
  {
    try LoadError.naming(path) { try value(MappedFile.open(path), type, limits) }
  }

  private static func value(_ storage: Storage, _ type: ValueType, _ limits: LoadLimits) throws -> Value {
    func read<Message>(
      _ descriptor: UnsafePointer<ProtobufCMessageDescriptor>, _: Message.Type,
      _ build: (FileReader, Message) throws -> Value
    ) throws -> Value {
      try FileReader.read(storage, as: descriptor, Message.self, folder: nil, limits: limits) {
        try build($0, $1.pointee)
      }
    }
    switch type {
    case .tensor(let element, _):
      return try read(touchstone_tensor_descriptor(), Touchstone__TensorProto.self) {
        try $0.tensor($1, of: element)
      }
    case .sparseTensor(let element, _):
      return try read(touchstone_sparse_tensor_descriptor(), Touchstone__SparseTensorProto.self) {
        try $0.sparseTensor($1, of: element)
      }
    case .sequence(let element):
      return try read(touchstone_sequence_descriptor(), Touchstone__SequenceProto.self) {
        try $0.sequence($1, of: element)
      }
    case .map(let key, let element):
      return try read(touchstone_map_descriptor(), Touchstone__MapProto.self) {
        try $0.map($1, key: key, value: element)
      }
    case .optional(let element):
      return try read(touchstone_optional_descriptor(), Touchstone__OptionalProto.self) {
        try $0.optional($1, of: element)
      }
    }
  }

  /// The bytes of a value's file.
  public static func serialize(_ value: Value, name: String = "") throws -> [UInt8] {
    var writer = ModelWriter()
    return ModelWriter.bytes(of: try pieces(of: writer.value(value, name: name)))
  }

  /// Writes a value; the file at `path` is replaced only once the new one is complete.
  public static func write(_ value: Value, name: String = "", to path: String) throws {
    try LoadError.naming(path) {
      var writer = ModelWriter()
      let pieces = try pieces(of: writer.value(value, name: name))
      let file = try OutputFile(path)
      for piece in pieces { try MessageWriter.withBytes(of: piece, file.write) }
      try file.complete()
      try file.commit()
    }
  }

  /// Writes a tensor as a `TensorProto`.
  public static func writeTensor(_ tensor: Tensor, name: String = "", to path: String) throws {
    try write(.tensor(tensor), name: name, to: path)
  }
}
