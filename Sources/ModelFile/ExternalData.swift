import GraphIR
import TensorCore

/// The files beside a model that hold its large tensors; each is mapped once.
package final class ExternalData {
  private let folder: String?
  private var opened: [String: ExternalFile] = [:]
  /// The size of all files mapped so far.
  private(set) var byteCount = 0
  /// The files mapped so far.
  var files: [ExternalFile] { opened.values.sorted { $0.location < $1.location } }

  init(folder: String?) { self.folder = folder }

  /// The bytes that the `external_data` entries of a tensor mean, of which it needs `required`.
  func locate(_ entries: [StringEntry], required: Int) throws -> (storage: Storage, offset: Int) {
    guard let location = entries.last(where: { $0.key == "location" })?.value else {
      throw LoadError.malformed("external data without a 'location'")
    }
    let offset = try number("offset", entries) ?? 0
    if let length = try number("length", entries), length != required {
      throw LoadError.malformed(
        "external data \(quoted(location)) has length \(length), but type and dims need \(required) bytes")
    }
    let storage = try open(location)
    guard offset <= storage.byteCount, required <= storage.byteCount - offset else {
      throw LoadError.malformed(
        "external data \(quoted(location)) has \(storage.byteCount) bytes, "
          + "but \(required) at offset \(offset) are needed"
      )
    }
    return (storage, offset)
  }

  /// An entry of `external_data`.
  typealias StringEntry = (key: String, value: String)

  private func number(_ key: String, _ entries: [StringEntry]) throws -> Int? {
    guard let text = entries.last(where: { $0.key == key })?.value else { return nil }
    guard let number = Int(text), number >= 0 else {
      throw LoadError.malformed("external data has \(key) \(quoted(text)), which is no number of bytes")
    }
    return number
  }

  private func open(_ location: String) throws -> Storage {
    if let file = opened[location] { return file.storage }
    guard let folder else {
      throw LoadError(
        .unsafePath,
        "external data \(quoted(location)) cannot be found, because no folder is known: "
          + "give one or load by path"
      )
    }
    let path = try Self.file(at: location, in: folder)
    let storage = try MappedFile.open(path, followsLinks: false)
    opened[location] = ExternalFile(location: location, path: path, storage: storage)
    byteCount += storage.byteCount
    return storage
  }

  /// The path of external data at `location`, for a model in the file `path`.
  ///
  /// - Throws: `LoadError` for a location that leaves the model's folder.
  package static func file(at location: String, besides path: String) throws -> String {
    try file(at: location, in: OnnxFile.folder(of: path))
  }

  /// The file itself, all links followed: it must lie in the folder, or, since the caches of model hubs
  /// consist of links from `snapshots` to `blobs`, in the blobs of the cache that holds the folder.
  private static func file(at location: String, in folder: String) throws -> String {
    guard FilePath.staysBeneath(location) else {
      throw LoadError(
        .unsafePath, "external data \(quoted(location)) must be a relative path within the model's folder")
    }
    let path = folder.isEmpty ? location : "\(folder)/\(location)"
    // Where there is nothing, opening it says so.
    guard let file = FilePath.resolved(path) else { return path }
    let home = FilePath.resolved(folder.isEmpty ? "." : folder) ?? folder
    let isWithin = areSame(file, home) || FilePath.isBelow(file, home)
    guard isWithin || FilePath.hubBlobs(for: home).map({ FilePath.isBelow(file, $0) }) ?? false else {
      throw LoadError(
        .unsafePath, "external data \(quoted(location)) is a link that leads out of the model's folder")
    }
    return file
  }
}
