import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The one way to write a file that somebody asked for.
///
/// A regular file is written under a temporary name in the folder of its destination and takes the
/// destination's place, with its mode, only when it is complete: a full disk or an error on the way leaves
/// what was there before. A link is followed, and what it leads to replaced. What is no regular file, as a
/// device or a pipe, is written to.
package final class OutputFile {
  private let destination: String
  /// The file that is replaced, behind all links.
  private let target: String
  /// Nil where the destination itself is written to.
  private let temporary: String?
  package private(set) var descriptor: Int32
  /// The number of bytes written.
  private(set) var byteCount = 0

  /// - Throws: `LoadError` of the kind `unwritable`.
  package init(_ destination: String) throws {
    self.destination = destination
    guard !destination.utf8.contains(0) else {
      throw LoadError(.unwritable, "a path cannot hold a NUL character", path: destination)
    }
    var status = stat()
    let exists = stat(destination, &status) == 0
    if let descriptor = Self.handedOver.withLock({ $0[destination] }) {
      (target, temporary) = (destination, nil)
      self.descriptor = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
    } else if exists, status.st_mode & S_IFMT != S_IFREG || Self.isOpenFile(destination) {
      (target, temporary) = (destination, nil)
      descriptor = openFile(destination, O_WRONLY | O_CLOEXEC | O_NOCTTY)
    } else {
      target = Self.behindLinks(destination)
      let name = ".touchstone-\(String(UInt64.random(in: 0 ... .max), radix: 36)).tmp"
      let path = OnnxFile.folder(of: target).withSlash + name
      temporary = path
      descriptor = openFile(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC)
      if exists, descriptor >= 0 { fchmod(descriptor, status.st_mode & 0o7777) }
    }
    guard descriptor >= 0 else { throw failure("cannot be created") }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    if let temporary, !isCommitted { unlink(temporary) }
  }
  private var isCommitted = false

  // MARK: - Files that another process opens

  /// Descriptors of files that whoever started this process has opened for it, by their paths.
  private static let handedOver = Mutex<[String: Int32]>([:])

  /// Has these files written through descriptors that are open already. They lie at their beginning again
  /// when the file is complete.
  package static func handOver(_ files: [String: Int32]) { handedOver.withLock { $0 = files } }

  /// Whether another process, to which this file's descriptor was handed over, has completed it.
  package var isMarked: Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_size > 0 && lseek(descriptor, 0, SEEK_CUR) == 0
  }

  // MARK: - Writing

  /// Whether a path is a name for what some process has open, as `/dev/stdout`: there is nothing to replace.
  private static func isOpenFile(_ path: String) -> Bool {
    path.utf8.starts(with: "/dev/".utf8) || path.utf8.starts(with: "/proc/".utf8)
  }

  /// How many links may lead to one another, as on Linux.
  private static let linkLimit = 40

  /// Where a path leads to if its last part is a link; what it leads to need not be there.
  private static func behindLinks(_ path: String) -> String {
    var path = path
    for _ in 0..<linkLimit {
      var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
      let count = readlink(path, &buffer, buffer.count)
      guard count > 0 else { break }
      let link = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
      path = link.utf8.first == UInt8(ascii: "/") ? link : OnnxFile.folder(of: path).withSlash + link
    }
    return path
  }

  /// Appends all of `bytes`.
  package func write(_ bytes: UnsafeRawBufferPointer) throws {
    guard writeAll(bytes, to: descriptor) else { throw failure("cannot be written") }
    byteCount += bytes.count
  }

  /// Appends zeros up to `offset`.
  func pad(to offset: Int) throws {
    let zeros = [UInt8](repeating: 0, count: max(0, offset - byteCount))
    try zeros.withUnsafeBytes(write)
  }

  /// Makes sure that all bytes have arrived on the disk.
  package func complete() throws {
    guard temporary != nil else { return }
    let synced = fsync(descriptor)
    guard synced == 0 || errno == EINVAL else { throw failure("cannot be written") }
    let closed = close(descriptor)
    descriptor = -1
    guard closed == 0 else { throw failure("cannot be written") }
  }

  /// Puts the complete file in the place of the destination.
  package func commit() throws {
    guard let temporary else {
      if Self.handedOver.withLock({ $0[destination] }) != nil { lseek(descriptor, 0, SEEK_SET) }
      return
    }
    guard rename(temporary, target) == 0 else { throw failure("cannot be replaced") }
    isCommitted = true
  }

  private func failure(_ what: String) -> LoadError {
    LoadError(.unwritable, "\(what): \(systemMessage())", path: destination)
  }
}

extension String {
  /// A folder as it stands before a name.
  fileprivate var withSlash: String { isEmpty || utf8.last == UInt8(ascii: "/") ? self : self + "/" }
}
