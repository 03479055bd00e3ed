import ArgumentParser
import Conformance
import Execution
import RuntimeProviders
import Workers

/// `touchstone providers`
struct ProvidersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "providers", abstract: "Lists what can run models here, and why the rest cannot.",
    discussion: """
      Runtimes are looked for in TOUCHSTONE_ORT_LIBRARY and TOUCHSTONE_OPENVINO_LIBRARY, the active virtual \
      environment, ONNXRUNTIME_ROOT and INTEL_OPENVINO_DIR, python3's packages, LD_LIBRARY_PATH, and the \
      system's folders. Each is opened in a process of its own.
      """)

  @Argument(help: "Only these, as onnxruntime:cuda; all that are known where none is named.") var names:
    [String] = []
  @Flag(help: "Print JSON.") var json = false

  private struct Entry: Encodable {
    let name: String
    var ready = false
    var version: String?
    var devices: [String] = []
    var library: String?
    /// How the library was found.
    var found: String?
    /// Why it is not ready.
    var reason: String?
  }

  func run() throws {
    let references = try names.isEmpty ? Self.known : names.map { try ProviderReference($0) }
    let entries = references.map(entry)
    if json {
      try printJson(entries)
    } else {
      for entry in entries { printLine(text(entry)) }
      let mechanisms = Sandbox.mechanisms.joined(separator: ", ")
      printLine("sandbox of each: \(mechanisms.isEmpty ? "none" : mechanisms)")
    }
    // Whoever names a provider wants to know whether it is there.
    if !names.isEmpty, entries.contains(where: { !$0.ready }) {
      throw ExitCode(ExitStatus.providerMissing.rawValue)
    }
  }

  private static let known: [ProviderReference] =
    [ProviderReference(.touchstone), ProviderReference(.touchstone, device: "definitions")]
    + [nil, "cuda", "tensorrt", "rocm", "migraphx", "dnnl", "openvino"].map {
      ProviderReference(.onnxruntime, device: $0)
    } + [nil, "GPU", "NPU"].map { ProviderReference(.openvino, device: $0) }

  private func entry(_ reference: ProviderReference) -> Entry {
    var entry = Entry(name: reference.name)
    do {
      let located = try RuntimeCatalog.located(reference)
      entry.library = located.library
      entry.found =
        reference.library == nil
        ? RuntimeCatalog.libraries(of: reference.family).first?.how : "named by its path"
      let description = try reference.describe()
      entry.ready = true
      entry.version = description.version
      entry.devices = description.devices
    } catch {
      entry.reason = "\(error)"
    }
    return entry
  }

  private func text(_ entry: Entry) -> String {
    let title = entry.version.map { "\(entry.name) \($0)" } ?? entry.name
    let state = entry.ready ? "ready (\(entry.devices.joined(separator: ", ")))" : "not ready"
    let place = entry.library.map { "\n    \($0)" + (entry.found.map { ", found by \($0)" } ?? "") }
    return "\(title): \(state)" + (place ?? "") + (entry.reason.map { "\n    \($0)" } ?? "")
  }
}
