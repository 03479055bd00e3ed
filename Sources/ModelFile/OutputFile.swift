#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file being written under a temporary name in the folder of its destination; it takes the destination's
/// place only when it is complete. A full disk or an error on the way leaves what was there before.
package final class OutputFile {
  private let destination: String
  private let temporary: String?
  private var descriptor: Int32
  /// The number of bytes written.
  private(set) var byteCount = 0

  /// - Parameter inPlace: writes to an existing file or device directly (for tests of a full disk).
  package init(_ destination: String, inPlace: Bool = false) throws {
    self.destination = destination
    guard !destination.utf8.contains(0) else {
      throw LoadError(.unwritable, "a path cannot hold a NUL character", path: destination)
    }
    temporary = inPlace ? nil : "\(destination).\(String(UInt64.random(in: 0 ... .max), radix: 36)).tmp"
    descriptor = openFile(
      temporary ?? destination, inPlace ? O_WRONLY | O_CLOEXEC : O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("cannot be created") }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    if let temporary, !isCommitted { unlink(temporary) }
  }
  private var isCommitted = false

  /// Appends all of `bytes`.
  package func write(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes
    while let base = rest.baseAddress, !rest.isEmpty {
      // Linux writes at most 2 GiB at a time.
      let count = systemWrite(descriptor, base, min(rest.count, 1 << 30))
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw failure("cannot be written") }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      byteCount += count
    }
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
    guard let temporary else { return }
    guard rename(temporary, destination) == 0 else { throw failure("cannot be replaced") }
    isCommitted = true
  }

  private func failure(_ what: String) -> LoadError {
    LoadError(.unwritable, "\(what): \(String(cString: strerror(errno)))", path: destination)
  }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
