import COnnxProto
import GraphIR
import TensorCore

/// One file being read: its bytes, what the scan lifted from it, and its external data.
///
/// The extensions build GraphIR from protobuf-c's structures, one file for each chapter of the format.
final class FileReader {
  let storage: Storage
  let limits: LoadLimits
  let externalData: ExternalData
  private let runs: [BulkRun]
  private var expanded = 0

  /// Below this, elements are copied out of the file, so that a small tensor does not keep it mapped.
  static let mappedFrom = 4_096

  private init(_ storage: Storage, runs: [BulkRun], folder: String?, limits: LoadLimits) {
    self.storage = storage
    self.runs = runs
    self.limits = limits
    externalData = ExternalData(folder: folder)
  }

  /// What `build` makes of the message in `storage`.
  ///
  /// - Parameter build: its pointer is valid only during the call.
  static func read<Message, Result>(
    _ storage: Storage, as descriptor: UnsafePointer<ProtobufCMessageDescriptor>, _: Message.Type,
    folder: String?, limits: LoadLimits, _ build: (FileReader, UnsafeMutablePointer<Message>) throws -> Result
  ) throws -> Result {
    try StackRoom.with(StackRoom.ofModel) {
      try readHere(storage, as: descriptor, folder: folder, limits: limits, build)
    }
  }

  private static func readHere<Message, Result>(
    _ storage: Storage, as descriptor: UnsafePointer<ProtobufCMessageDescriptor>, folder: String?,
    limits: LoadLimits, _ build: (FileReader, UnsafeMutablePointer<Message>) throws -> Result
  ) throws -> Result {
    let table = MessageTable.shared
    let skeleton = try withExtendedLifetime(storage) {
      try SkeletonScanner.scan(storage.bytes, as: table.index(of: descriptor), limits: limits)
    }
    var arena = touchstone_arena()
    touchstone_arena_init(&arena, limits.structureBytes)
    defer { touchstone_arena_free(&arena) }
    let root = skeleton.bytes.withUnsafeBufferPointer { bytes in
      touchstone_unpack(&arena, descriptor, bytes.baseAddress, bytes.count)
    }
    guard let root else {
      throw LoadError.malformed("protobuf refuses the file, though its lengths and wire types are right")
    }
    let reader = FileReader(storage, runs: skeleton.runs, folder: folder, limits: limits)
    let message = UnsafeMutableRawPointer(mutating: root).assumingMemoryBound(to: Message.self)
    return try withExtendedLifetime((storage, reader)) { try build(reader, message) }
  }

  /// The elements that a marker stands for; none without a marker.
  func elements(_ marker: CBytes) -> BulkElements {
    let buffer = UnsafeRawBufferPointer(marker.buffer)
    guard buffer.count == 16 else { return BulkElements(bytes: storage.bytes, runs: []) }
    let start = Int(UInt64(littleEndian: buffer.loadUnaligned(as: UInt64.self)))
    let count = Int(UInt64(littleEndian: buffer.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
    return BulkElements(bytes: storage.bytes, runs: runs[start..<start + count])
  }

  /// Counts bytes of elements that had to be unpacked or copied rather than mapped.
  ///
  /// One external file can serve any number of tensors; without this count, a small model could unpack it
  /// again and again.
  func charge(expanded bytes: Int) throws {
    expanded += bytes
    let inputs = storage.byteCount + externalData.byteCount
    guard expanded / limits.expansion <= inputs + 1_048_576 else {
      throw LoadError(
        .limit,
        "the tensors unpack to more than \(limits.expansion) times the files' \(inputs) bytes, the limit")
    }
  }
}
