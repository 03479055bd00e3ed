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

  /// An unnamed file in memory: for what a worker prints, and for values that two processes share.
  package static func memoryFile() throws -> Descriptor {
    let number = system_memory_file("touchstone")
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

  /// The text of a file from its beginning, at most 64 KB of it; the file is emptied.
  package func takeText() -> String {
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = max(0, pread(number, &bytes, bytes.count, 0))
    ftruncate(number, 0)
    lseek(number, 0, SEEK_SET)
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
