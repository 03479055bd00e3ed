import CSystem
import Glibc

/// What is left to a process that works for strangers: the files that it needs, memory, threads, and what is
/// open already. It enters by itself and never leaves.
///
/// Files are kept by Landlock, calls of the system by a filter (seccomp). Either holds where the kernel lacks
/// the other, but the filter alone lets every file be read.
package struct Sandbox: Sendable, Codable {
  /// Files and folders that may be read, besides those of the system's libraries.
  package var readable: [String]
  /// Files, folders and devices that may be written too.
  package var writable: [String] = []
  /// Whether programs may be started, confined as this process is.
  package var startsPrograms = false
  /// Whether drivers of graphics cards are at work, which do not start without a local socket.
  package var hasDrivers = false

  package init(reading paths: [String]) { readable = paths }

  /// What libraries and their loader read, and what they ask about the machine. `/proc` as a whole: the kernel
  /// may forget the folder that a process has there and make another, for which a rule would no longer hold;
  /// Dispatch traps when it cannot count its threads. Landlock keeps other processes' memory, environment and
  /// files by itself.
  private static let system = [
    "/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/ld.so.preload", "/etc/localtime", "/proc", "/sys",
    "/dev/null", "/dev/zero", "/dev/urandom",
  ]

  /// The variable that turns sandboxes off where it is not empty.
  package static let offVariable = "TOUCHSTONE_NO_SANDBOX"

  private static var isOff: Bool { getenv(offVariable).map { $0.pointee != 0 } ?? false }

  /// What confines processes here, as `Landlock (version 7)`.
  package static var mechanisms: [String] {
    guard !isOff else { return [] }
    let version = system_landlock_version()
    return (version > 0 ? ["Landlock (version \(version))"] : [])
      + (system_has_call_filter() ? ["seccomp"] : [])
  }

  /// What the kernel lacks, in a sentence; nil where it has everything, and where sandboxes are turned off.
  package static var shortcoming: String? {
    guard !isOff else { return nil }
    let hasLandlock = system_landlock_version() > 0
    switch (hasLandlock, system_has_call_filter()) {
    case (true, true): return nil
    case (false, true): return "the kernel has no Landlock: what runs models may read every file"
    case (true, false):
      return "the kernel has no seccomp filter: what runs models may use sockets other than TCP"
    case (false, false):
      return "the kernel has neither Landlock nor a seccomp filter: what runs models is not confined"
    }
  }

  /// Enters, with as much as the kernel has. There must be no second thread yet.
  ///
  /// - Throws: `SystemError` where the kernel has a mechanism but refuses it.
  package func enter() throws {
    guard !Self.isOff else { return }
    if system_landlock_version() > 0 {
      let isConfined = Self.withList(Self.system + readable + programs) { readable in
        Self.withList(writable) { system_confine_files(readable, $0, startsPrograms) == 0 }
      }
      guard isConfined else { throw Self.refusal(by: "Landlock") }
    }
    if system_has_call_filter(), system_filter_calls(!writable.isEmpty, startsPrograms, hasDrivers) != 0 {
      throw Self.refusal(by: "seccomp")
    }
  }

  private static func refusal(by mechanism: String) -> SystemError {
    SystemError("\(mechanism) does not confine this process (\(offVariable)=1 goes without)")
  }

  /// What a process that starts this program again needs besides: the program with its libraries.
  private var programs: [String] {
    guard startsPrograms else { return [] }
    let maps = Descriptor(owning: open("/proc/self/maps", O_RDONLY | O_CLOEXEC))
    var bytes: [UInt8] = []
    while maps.read(into: &bytes) {}
    let files = String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
      line.firstIndex(of: "/").map { line[$0...] }
    }
    return Array(Set(files.map { String($0) }))
  }

  /// Calls `body` with C strings, which live as long as the call; a null ends the list.
  private static func withList(_ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Bool)
    -> Bool
  {
    let copies = texts.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return (copies.map { $0.map { UnsafePointer($0) } } + [nil]).withUnsafeBufferPointer { list in
      list.baseAddress.map(body) ?? false
    }
  }
}

/// Bounds on what a process may take, which hold with a sandbox or without.
package enum Limits {
  /// Open files at a time.
  private static let files = 256
  /// The same where drivers open their devices.
  private static let filesOfDrivers = 4_096

  /// - Parameters:
  ///   - memory: bytes of address space; nil where drivers reserve more than there is.
  ///   - fileSize: bytes of one file, those in memory included, in which values travel.
  package static func set(memory: Int?, fileSize: Int) {
    // A file that would grow beyond is an error, and no signal.
    signal(SIGXFSZ, SIG_IGN)
    if let memory { set(RLIMIT_AS, memory) }
    set(RLIMIT_FSIZE, fileSize)
    set(RLIMIT_CORE, 0)
    set(RLIMIT_NOFILE, memory == nil ? filesOfDrivers : files)
  }

  /// Never above what the user has set already.
  private static func set(_ resource: __rlimit_resource, _ value: Int) {
    let resource = __rlimit_resource_t(resource.rawValue)
    var limit = rlimit()
    getrlimit(resource, &limit)
    let bound = min(rlim_t(value), limit.rlim_max)
    limit = rlimit(rlim_cur: bound, rlim_max: bound)
    setrlimit(resource, &limit)
  }
}
