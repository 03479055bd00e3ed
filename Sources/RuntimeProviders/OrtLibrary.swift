import CRuntimeHeaders
import Execution
import Glibc

/// ONNX Runtime's library, opened at run time, with its environment. There is one to a process, for all its life.
final class OrtLibrary {
  let table: OpaquePointer
  /// As `1.32.0`.
  let version: String
  /// The second number of the version, which is also that of the API.
  let minor: Int
  let path: String
  private(set) var environment: OpaquePointer
  private(set) var allocator: OpaquePointer
  private(set) var memory: OpaquePointer
  private let logger: Logger

  /// What the runtime says through its logger: why an execution provider does not load is said nowhere else.
  private final class Logger {
    var lines: [String] = []
  }

  /// The first release whose table holds all that is called without asking for the version.
  private static let oldestMinor = 16
  /// The table up to plug-in execution providers; more is never called.
  private static let newestTable = 22

  /// - Throws: `ProviderFailure` for a file that is no ONNX Runtime, or one that is too old.
  init(path: String) throws {
    guard let library = dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
      throw ProviderFailure(.missing, "\(path) cannot be opened: \(String(cString: dlerror()))")
    }
    guard let symbol = dlsym(library, "OrtGetApiBase"),
      let base = unsafeBitCast(symbol, to: OrtGetApiBaseFunction.self)(),
      let text = base.pointee.getVersion()
    else { throw ProviderFailure(.missing, "\(path) is not ONNX Runtime: it has no OrtGetApiBase") }
    version = String(cString: text)
    let parts = version.split(separator: ".").map { Int($0) ?? 0 }
    minor = parts.count > 1 && parts[0] == 1 ? parts[1] : 0
    guard minor >= Self.oldestMinor, let table = base.pointee.getApi(UInt32(min(minor, Self.newestTable)))
    else {
      throw ProviderFailure(
        .missing, "\(path) is ONNX Runtime \(version); 1.\(Self.oldestMinor) or a later 1.x is required")
    }
    self.table = table
    self.path = path
    logger = Logger()
    // Placeholders until the calls below have made them; a class may not call its methods before.
    (environment, allocator, memory) = (table, table, table)
    environment = try made("environment") {
      ort_CreateEnvWithCustomLogger(
        table,
        { context, _, _, _, _, message in
          guard let context, let message else { return }
          Unmanaged<Logger>.fromOpaque(context).takeUnretainedValue().lines.append(String(cString: message))
        }, Unmanaged.passUnretained(logger).toOpaque(), Self.warnings, "touchstone", &$0)
    }
    allocator = try made("allocator") { ort_GetAllocatorWithDefaultOptions(table, &$0) }
    memory = try made("memory") { ort_CreateCpuMemoryInfo(table, Self.arenaAllocator, 0, &$0) }
  }

  private static let warnings: Int32 = 2
  private static let arenaAllocator: Int32 = 1

  /// What the runtime has logged since `forgetLog`.
  var log: [String] { logger.lines }
  func forgetLog() { logger.lines = [] }

  /// - Throws: `ProviderFailure` in the runtime's words, for a status that is an error.
  func check(_ status: OpaquePointer?) throws {
    guard let status else { return }
    defer { ort_ReleaseStatus(table, status) }
    let message =
      ort_GetErrorMessage(table, status).map { String(cString: $0) } ?? "an error without a message"
    throw OrtError(code: ort_GetErrorCode(table, status), message: message).failure
  }

  private var plugins: Set<String> = []

  /// Makes a plug-in known to the environment, once.
  func registerPlugin(_ name: String, _ path: String) throws {
    guard plugins.insert(path).inserted else { return }
    try check(ort_RegisterExecutionProviderLibrary(table, environment, name, path))
  }

  /// The object that a function makes.
  func made(_ what: String, _ function: (inout OpaquePointer?) -> OpaquePointer?) throws -> OpaquePointer {
    var object: OpaquePointer?
    try check(function(&object))
    guard let object else { throw ProviderFailure(.rejected, "ONNX Runtime makes no \(what)") }
    return object
  }

  /// A text that the runtime has allocated.
  func text(_ function: (inout UnsafeMutablePointer<CChar>?) -> OpaquePointer?) throws -> String {
    var text: UnsafeMutablePointer<CChar>?
    try check(function(&text))
    guard let text else { return "" }
    defer { try? check(ort_AllocatorFree(table, allocator, text)) }
    return String(cString: text)
  }

  /// The execution providers that this build has, by ONNX Runtime's names.
  func executionProviders() throws -> [String] {
    var names: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
    var count: Int32 = 0
    try check(ort_GetAvailableProviders(table, &names, &count))
    guard let names else { return [] }
    defer { try? check(ort_ReleaseAvailableProviders(table, names, count)) }
    return (0..<Int(count)).compactMap { names[$0].map { String(cString: $0) } }
  }
}

/// Calls `body` with C strings, which live as long as the call; a null ends the list.
func withCStrings<R>(
  _ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) throws -> R
) throws -> R {
  let copies = texts.map { strdup($0) }
  defer { for copy in copies { free(copy) } }
  return try (copies.map { $0.map { UnsafePointer($0) } } + [nil]).withUnsafeBufferPointer { list in
    guard let base = list.baseAddress else { throw ProviderFailure(.rejected, "no memory for names") }
    return try body(base)
  }
}
