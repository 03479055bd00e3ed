import TensorCore

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Paths that come from outside. They are compared by their bytes, as the system reads them: for Swift, "/"
/// with a combining mark behind it is another character, and two spellings of one character are the same.
package enum FilePath {
  /// Whether a path is relative and does not by itself lead out of the folder from which it starts.
  package static func staysBeneath(_ path: String) -> Bool {
    let bytes = Array(path.utf8)
    let parts = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return !bytes.isEmpty && bytes[0] != UInt8(ascii: "/") && !bytes.contains(0)
      && !parts.contains { $0.elementsEqual("..".utf8) }
  }

  /// Whether `path` lies below `folder`, both being without links.
  package static func isBelow(_ path: String, _ folder: String) -> Bool {
    let start = Array(folder.utf8) + (folder.utf8.last == UInt8(ascii: "/") ? [] : [UInt8(ascii: "/")])
    return path.utf8.starts(with: start)
  }

  /// The folder `blobs` of the hub's cache in which a folder below `snapshots` lies; nil for other folders.
  static func hubBlobs(for folder: String) -> String? {
    let parts = folder.split(separator: "/", omittingEmptySubsequences: false)
    guard let place = parts.lastIndex(where: { areSame(String($0), "snapshots") }) else { return nil }
    return (parts[..<place] + ["blobs"]).joined(separator: "/")
  }

  /// The same path without links; nil where there is nothing.
  package static func resolved(_ path: String) -> String? {
    guard !path.utf8.contains(0), let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }
}

/// The system's `open`, under a name that does not clash with our own.
func openFile(_ path: String, _ flags: Int32, mode: mode_t = 0o666) -> Int32 { open(path, flags, mode) }

/// Opens a file by its path, part by part, so that a link at any place in it is an error.
func openWithoutLinks(_ path: String, _ flags: Int32) -> Int32 {
  let parts = path.split(separator: "/").map(String.init)
  var folder = openFile(path.utf8.first == UInt8(ascii: "/") ? "/" : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  for (index, part) in parts.enumerated() where folder >= 0 {
    let isLast = index == parts.count - 1
    let next = openat(folder, part, (isLast ? flags : searchFlags) | O_NOFOLLOW)
    let code = errno
    close(folder)
    errno = code
    folder = next
  }
  return folder
}

/// How a folder is opened that need not be readable.
#if canImport(Glibc)
  // Swift's module leaves out O_PATH, which has this number on x86-64 and on ARM.
  private let searchFlags: Int32 = 0o10_000_000 | O_DIRECTORY | O_CLOEXEC
#else
  private let searchFlags = O_SEARCH | O_DIRECTORY | O_CLOEXEC
#endif

/// What the system says of the call that failed last.
func systemMessage() -> String { String(cString: strerror(errno)) }

/// Writes all of `bytes`; false, and `errno` says why, where they are not taken.
package func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
  var rest = bytes
  while let base = rest.baseAddress, !rest.isEmpty {
    // Linux writes at most 2 GiB at a time.
    let count = write(descriptor, base, min(rest.count, 1 << 30))
    if count < 0 && errno == EINTR { continue }
    guard count > 0 else { return false }
    rest = UnsafeRawBufferPointer(rebasing: rest[count...])
  }
  return true
}
