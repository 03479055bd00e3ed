#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The one way to temporary files: a fresh folder for this user alone, taken away when nobody holds it any
/// more.
///
/// A model may bring files of its own choice beside such files, so that none bears a name that could be
/// foreseen, none is ever opened by name for writing, and none that exists, or is a link, is taken over.
/// Folders of processes that were killed are swept by the next one that makes a folder: each is locked for
/// as long as its process lives.
package final class TemporaryFolder {
  package let path: String
  private let lock: Int32

  private static let prefix = "touchstone-work-"
  /// Seconds after which an unlocked folder is stale: before, its process may be about to lock it.
  private static let youth = 60

  /// - Throws: `LoadError` of the kind `unwritable` where the system's temporary folder takes no folder.
  package init() throws {
    let place = Self.place()
    Self.sweep(place)
    var template = Array("\(place)/\(Self.prefix)XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw LoadError(.unwritable, "no temporary folder can be made: \(systemMessage())", path: place)
    }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    lock = openFile(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    if lock >= 0 { flock(lock, LOCK_EX | LOCK_NB) }
  }

  deinit {
    Self.remove(path)
    if lock >= 0 { close(lock) }
  }

  /// `TMPDIR`, else `/tmp`.
  private static func place() -> String {
    guard let variable = getenv("TMPDIR"), variable.pointee != 0 else { return "/tmp" }
    return String(cString: variable)
  }

  /// A path in the folder at which nothing is, and whose name nobody can foresee.
  ///
  /// - Parameter suffix: how the name ends, as `.onnx`.
  package func freshPath(_ suffix: String) -> String {
    "\(path)/\(String(UInt64.random(in: 0 ... .max), radix: 36))\(suffix)"
  }

  /// Brings a file into the folder, by a hard link, which runtimes do not take for a link out of it, else
  /// by a copy.
  ///
  /// - Parameters:
  ///   - source: the file itself, no link.
  ///   - location: a path relative to the folder that does not lead out of it; what lies there already stays.
  package func bring(_ source: String, to location: String) throws {
    let parts = location.split(separator: "/").filter { $0 != "." }.map(String.init)
    guard FilePath.staysBeneath(location), !parts.isEmpty else {
      throw LoadError(.unsafePath, "\(quoted(location)) leads out of the folder", path: path)
    }
    var target = path
    for part in parts.dropLast() {
      target += "/" + part
      guard mkdir(target, 0o700) == 0 || errno == EEXIST else {
        throw LoadError(.unwritable, "cannot be made: \(systemMessage())", path: target)
      }
    }
    target += "/" + parts[parts.count - 1]
    guard link(source, target) != 0, errno != EEXIST else { return }
    _ = try TemporaryFile(target).write(contentsOf: source)
  }

  // MARK: - Taking away

  /// Removes folders whose processes are gone.
  private static func sweep(_ place: String) {
    for name in names(in: place) where name.utf8.starts(with: prefix.utf8) {
      let path = "\(place)/\(name)"
      let folder = openFile(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      guard folder >= 0 else { continue }
      defer { close(folder) }
      var status = stat()
      guard fstat(folder, &status) == 0, status.st_uid == geteuid(),
        status.modified < time(nil) - youth, flock(folder, LOCK_EX | LOCK_NB) == 0
      else { continue }
      remove(path)
    }
  }

  /// Removes a folder with what it holds; links are removed and not followed.
  private static func remove(_ path: String) {
    if unlink(path) == 0 || rmdir(path) == 0 { return }
    for name in names(in: path) { remove("\(path)/\(name)") }
    rmdir(path)
  }

  private static func names(in folder: String) -> [String] {
    let descriptor = openFile(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0, let stream = fdopendir(descriptor) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}

/// A file that did not exist before, written through the one descriptor with which it was made.
package final class TemporaryFile {
  package let path: String
  private let descriptor: Int32

  /// - Throws: `LoadError` of the kind `unwritable` where it cannot be made, or anything has that name.
  package init(_ path: String) throws {
    self.path = path
    descriptor = openFile(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode: 0o600)
    guard descriptor >= 0 else {
      throw LoadError(.unwritable, "cannot be made: \(systemMessage())", path: path)
    }
  }

  deinit { close(descriptor) }

  /// Writes `bytes` at `offset`; the file ends behind them.
  package func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws {
    guard ftruncate(descriptor, off_t(offset)) == 0, lseek(descriptor, off_t(offset), SEEK_SET) >= 0,
      writeAll(bytes, to: descriptor)
    else { throw LoadError(.unwritable, "cannot be written: \(systemMessage())", path: path) }
  }

  /// Writes what another file holds.
  ///
  /// - Returns: the number of bytes.
  package func write(contentsOf other: String) throws -> Int {
    let contents = try MappedFile.open(other)
    try withExtendedLifetime(contents) { try write(contents.bytes, at: 0) }
    return contents.byteCount
  }
}

extension stat {
  /// Seconds of the epoch at which the file was last changed.
  fileprivate var modified: Int {
    #if canImport(Glibc)
      st_mtim.tv_sec
    #else
      st_mtimespec.tv_sec
    #endif
  }
}
