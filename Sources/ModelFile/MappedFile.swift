import TensorCore

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A regular file, mapped for reading.
///
/// The mapping lives as long as a tensor refers to it. Replacing or removing the file does not disturb it;
/// another process that shortens the file in place can, as with every mapped file.
enum MappedFile {
  /// The bytes of the file at `path`.
  ///
  /// - Parameter followsLinks: false refuses a link at any place in the path, one made since it was looked
  /// at included.
  static func open(_ path: String, followsLinks: Bool = true) throws -> Storage {
    guard !path.utf8.contains(0) else {
      throw LoadError(.notFound, "a path cannot hold a NUL character", path: path)
    }
    // O_NONBLOCK: opening a pipe must not wait for a writer; it is refused below.
    let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK
    let file = followsLinks ? openFile(path, flags) : openWithoutLinks(path, flags)
    guard file >= 0 else {
      let code = errno
      throw LoadError(
        code == ENOENT || code == ENOTDIR ? .notFound : .unreadable,
        "cannot be opened: \(reason(code, path))", path: path)
    }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else {
      throw LoadError(.unreadable, "cannot be read: \(String(cString: strerror(errno)))", path: path)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw LoadError(.unreadable, "is not a regular file", path: path)
    }
    let count = Int(status.st_size)
    guard count > 0 else { return Storage(byteCount: 0) }
    guard let base = mmap(nil, count, PROT_READ, MAP_PRIVATE, file, 0), base != MAP_FAILED else {
      throw LoadError(.unreadable, "cannot be mapped: \(String(cString: strerror(errno)))", path: path)
    }
    nonisolated(unsafe) let mapping = base
    return Storage(foreign: base, byteCount: count) { munmap(mapping, count) }
  }

  /// Why the system does not open a file. Where permission fails, the path may lead elsewhere: a worker in a
  /// sandbox reads nothing that lies outside of its folders.
  private static func reason(_ code: Int32, _ path: String) -> String {
    let message = String(cString: strerror(code))
    guard code == EACCES, let place = FilePath.resolved(path), !areSame(place, path) else { return message }
    return "\(message); it is a link to '\(shown(place))'"
  }
}

extension Storage {
  /// A copy of `bytes`.
  static func copying(_ bytes: UnsafeRawBufferPointer) -> Storage {
    let storage = Storage(byteCount: bytes.count)
    UnsafeMutableRawBufferPointer(start: storage.base, count: bytes.count).copyMemory(from: bytes)
    return storage
  }

  /// All bytes. Only a reference to the storage keeps them there: see `withExtendedLifetime` at each use.
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: byteCount) }
}
