import CSystem
import Glibc

/// A file descriptor that is closed when nobody holds it any more, and never inherited by a program started.
package final class Descriptor: Sendable {
  package let number: Int32

  package init(owning number: Int32) { self.number = number }

  deinit { close(number) }

  /// Both ends of a pipe, above the numbers at which workers expect theirs.
  package static func pipe() throws -> (reading: Descriptor, writing: Descriptor) {
    var ends: [Int32] = [0, 0]
    guard Glibc.pipe(&ends) == 0 else { throw SystemError("pipe") }
    return (try Descriptor(owning: ends[0]).moved(), try Descriptor(owning: ends[1]).moved())
  }

  /// An unnamed file in memory, for values that two processes share.
  ///
  /// - Parameter size: bytes that it has at once and forever; nil where it grows.
  package static func memoryFile(size: Int? = nil) throws -> Descriptor {
    let name = "touchstone"
    let number = size.map { system_bounded_memory_file(name, $0) } ?? system_memory_file(name)
    guard number >= 0 else { throw SystemError("memfd_create") }
    return try Descriptor(owning: number).moved()
  }

  /// The same file under a number that no program started inherits.
  private func moved() throws -> Descriptor {
    let copy = fcntl(number, F_DUPFD_CLOEXEC, 10)
    guard copy >= 0 else { throw SystemError("fcntl") }
    return Descriptor(owning: copy)
  }

  /// Appends what can be read to `buffer`; false at the end of the file.
  package func read(into buffer: inout [UInt8]) -> Bool {
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = Glibc.read(number, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      if count > 0 { buffer += chunk[..<count] }
      return count > 0
    }
  }

  /// Writes all of `bytes`; false where the other end is gone.
  package func write(_ bytes: [UInt8]) -> Bool {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(number, $0.baseAddress.map { $0 + written }, $0.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      written += count
    }
    return true
  }
}

/// What a worker prints: a file of a fixed size. Both processes write and read at one offset, which says how
/// much there is of it; what goes beyond the size is refused.
struct WorkerLog {
  let file: Descriptor
  /// Bytes.
  static let size = 1 << 20
  /// Bytes of its end that are told.
  private static let told = 65_536

  init() throws { file = try Descriptor.memoryFile(size: Self.size) }

  /// How much has been printed. A worker can set it to anything.
  private var end: Int { min(max(0, Int(lseek(file.number, 0, SEEK_CUR))), Self.size) }

  /// Begins anew where half of it is taken, so that a worker of many words can say why it dies.
  func makeRoom() {
    if end > Self.size / 2 { lseek(file.number, 0, SEEK_SET) }
  }

  /// The last 64 KB printed.
  var text: String {
    let (end, start) = (end, max(0, end - Self.told))
    var bytes = [UInt8](repeating: 0, count: end - start)
    let count = max(0, pread(file.number, &bytes, bytes.count, off_t(start)))
    return String(decoding: bytes[..<count], as: UTF8.self)
  }
}

/// A call to the operating system that failed.
package struct SystemError: Error, CustomStringConvertible {
  package let description: String
  package init(_ call: String, code: Int32 = errno) {
    description = "\(call): \(String(cString: strerror(code)))"
  }
}
