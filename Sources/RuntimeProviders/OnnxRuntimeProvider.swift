import CRuntimeHeaders
import Execution
import TensorCore

/// ONNX Runtime with one of its execution providers, within this process.
///
/// Its faults are this process's faults: it belongs into a worker.
struct OnnxRuntimeProvider: Provider {
  let description: ProviderDescription
  private let library: OrtLibrary
  private let executionProvider: OrtExecutionProvider

  /// - Parameters:
  ///   - path: the library.
  ///   - device: an execution provider's short name or a plug-in's path; nil for the CPU.
  /// - Throws: `ProviderFailure` where the library or the execution provider cannot be used.
  init(path: String, device: String?) throws {
    guard let executionProvider = OrtExecutionProvider(device: device) else {
      let names = OrtExecutionProvider.named.map(\.name).joined(separator: ", ")
      throw ProviderFailure(
        .missing,
        "onnxruntime has no provider '\(device ?? "")'; there are cpu, \(names), and plug-ins by path")
    }
    library = try OrtLibrary(path: path)
    self.executionProvider = executionProvider
    description = ProviderDescription(
      name: "onnxruntime" + (device.map { ":\($0)" } ?? ""), version: library.version,
      devices: [device ?? "CPU"], library: path)
    // Fails here, once, where the execution provider cannot run on this machine.
    let options = try library.made("options") { [table = library.table] in
      ort_CreateSessionOptions(table, &$0)
    }
    defer { ort_ReleaseSessionOptions(library.table, options) }
    try executionProvider.append(to: options, library)
  }

  func load(_ model: ModelSource, options: LoadOptions) throws -> any ProviderSession {
    let table = library.table
    let sessionOptions = try library.made("options") { ort_CreateSessionOptions(table, &$0) }
    defer { ort_ReleaseSessionOptions(table, sessionOptions) }
    let level = Int32(clamping: options.optimizationLevel)
    try library.check(ort_SetSessionGraphOptimizationLevel(table, sessionOptions, level))
    try library.check(ort_SetIntraOpNumThreads(table, sessionOptions, Int32(clamping: options.threadCount)))
    try library.check(ort_SetInterOpNumThreads(table, sessionOptions, 1))
    if executionProvider != .cpu {
      try executionProvider.append(to: sessionOptions, library)
      if !options.allowsFallback {
        try library.check(
          ort_AddSessionConfigEntry(table, sessionOptions, "session.disable_cpu_ep_fallback", "1"))
      }
    }
    let session = try library.made("session") { session in
      switch model.contents {
      case .file(let path):
        ort_CreateSession(table, library.environment, path, sessionOptions, &session)
      case .bytes(let bytes):
        bytes.withUnsafeBytes { bytes in
          ort_CreateSessionFromArray(
            table, library.environment, bytes.baseAddress ?? UnsafeRawPointer(table), bytes.count,
            sessionOptions, &session)
        }
      }
    }
    return OnnxRuntimeSession(library: library, session: session)
  }
}

/// A model that ONNX Runtime has made ready.
private final class OnnxRuntimeSession: ProviderSession {
  private let library: OrtLibrary
  private let session: OpaquePointer

  init(library: OrtLibrary, session: OpaquePointer) {
    self.library = library
    self.session = session
  }

  deinit { ort_ReleaseSession(library.table, session) }

  func run(_ inputs: NamedValues, fetching names: [String]) throws -> NamedValues {
    let table = library.table
    let made = OrtInputs(library)
    let feeds = try inputs.map { ($0.name, Optional(try made.make($0.element))) }
    var outputs = [OpaquePointer?](repeating: nil, count: names.count)
    defer { for output in outputs { ort_ReleaseValue(table, output) } }
    try withExtendedLifetime(made) {
      try withCStrings(feeds.map(\.0)) { inputNames in
        try withCStrings(names) { outputNames in
          try library.check(
            ort_Run(
              table, session, nil, inputNames, feeds.map(\.1), feeds.count, outputNames, names.count, &outputs
            ))
        }
      }
    }
    let reader = OrtOutputs(library)
    var values: NamedValues = [:]
    for (name, output) in zip(names, outputs) {
      guard let output else { throw ProviderFailure(.rejected, "ONNX Runtime gives no output '\(name)'") }
      values[name] = try reader.read(output)
    }
    return values
  }
}
