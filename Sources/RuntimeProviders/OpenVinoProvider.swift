import CRuntimeHeaders
import Execution
import TensorCore

/// OpenVINO on one of its devices, within this process.
///
/// Its faults are this process's faults: it belongs into a worker.
struct OpenVinoProvider: Provider {
  let description: ProviderDescription
  private let library: OpenVinoLibrary
  private let types: OpenVinoElementTypes
  private let device: String

  private static let processor = "CPU"

  /// - Parameters:
  ///   - path: the library `libopenvino_c.so`.
  ///   - device: `GPU`, `NPU`, `GPU.1` …; nil for the CPU.
  /// - Throws: `ProviderFailure` where the library or the device cannot be used.
  init(path: String, device: String?) throws {
    library = try OpenVinoLibrary(path: path)
    types = OpenVinoElementTypes(library)
    self.device = device?.uppercased() ?? Self.processor
    if self.device != Self.processor { try Self.check(self.device, among: library.devices()) }
    description = ProviderDescription(
      name: "openvino" + (device.map { ":\($0)" } ?? ""), version: library.version, devices: [self.device],
      library: path)
  }

  /// `GPU` is the first of `GPU.0`, `GPU.1` …
  static func check(_ device: String, among devices: [String]) throws {
    guard !devices.contains(where: { $0 == device || $0.hasPrefix(device + ".") }) else { return }
    let names = devices.isEmpty ? "none" : devices.joined(separator: ", ")
    throw ProviderFailure(
      .missing,
      "OpenVINO has no device '\(device)' here, but \(names); install the driver of the device, as Intel's "
        + "OpenCL runtime for GPU")
  }

  func load(_ model: ModelSource, options: LoadOptions) throws -> any ProviderSession {
    let read = try read(model)
    defer { library.functions.freeModel(read) }
    let names = try OpenVinoInputNames(read, of: model, library)
    let compiled = try compile(read, options)
    do {
      let request = try library.made("request") { library.functions.createRequest(compiled, &$0) }
      return OpenVinoSession(
        library: library, types: types, names: names, compiled: compiled, request: request)
    } catch {
      library.functions.freeCompiled(compiled)
      throw error
    }
  }

  private func read(_ model: ModelSource) throws -> OpaquePointer {
    switch model.contents {
    case .bytes(let bytes): return try library.read(bytes)
    case .file(let path):
      return try library.made("model") { library.functions.readFile(library.core, path, nil, &$0) }
    }
  }

  private func compile(_ model: OpaquePointer, _ options: LoadOptions) throws -> OpaquePointer {
    // By default it computes in bfloat16 or float16 where the processor has them.
    var settings = [("INFERENCE_PRECISION_HINT", "f32")]
    if options.threadCount > 0, device == Self.processor {
      // With one thread OpenVINO 2026.4 loses errors of its nodes and writes beyond its own memory.
      settings.append(("INFERENCE_NUM_THREADS", "\(max(2, options.threadCount))"))
    }
    return try withCStrings(settings.flatMap { [$0.0, $0.1] }) { texts in
      let properties = settings.indices.compactMap { index -> OvProperty? in
        guard let key = texts[2 * index], let value = texts[2 * index + 1] else { return nil }
        return OvProperty(key: key, value: value)
      }
      return try library.made("compiled model") {
        library.functions.compile(library.core, model, device, properties.count, properties, &$0)
      }
    }
  }
}

/// A model that OpenVINO has made ready.
private final class OpenVinoSession: ProviderSession {
  private let library: OpenVinoLibrary
  private let types: OpenVinoElementTypes
  private let names: OpenVinoInputNames
  private let compiled: OpaquePointer
  private let request: OpaquePointer

  init(
    library: OpenVinoLibrary, types: OpenVinoElementTypes, names: OpenVinoInputNames, compiled: OpaquePointer,
    request: OpaquePointer
  ) {
    self.library = library
    self.types = types
    self.names = names
    self.compiled = compiled
    self.request = request
  }

  deinit {
    library.functions.freeRequest(request)
    library.functions.freeCompiled(compiled)
  }

  func run(_ inputs: NamedValues, fetching names: [String]) throws -> NamedValues {
    // OpenVINO would compute with whatever memory it has for an input that is not set.
    if let missing = self.names.required.first(where: { inputs[$0] == nil }) {
      throw ProviderFailure(.rejected, "input '\(missing)' is missing")
    }
    let made = OpenVinoInputs(library, types)
    return try withExtendedLifetime(made) {
      for (name, value) in inputs {
        guard let place = try self.names.place(of: name) else { continue }
        try library.check(library.functions.setInput(request, place, made.make(value)))
      }
      try library.check(library.functions.infer(request))
      return try fetch(names)
    }
  }

  /// Constants that it has folded are not to be had, even where they are outputs of the graph: they are left out.
  private func fetch(_ names: [String]) throws -> NamedValues {
    let reader = OpenVinoOutputs(library, types)
    var values: NamedValues = [:]
    for name in names {
      var found: OpaquePointer?
      guard library.functions.getTensor(request, name, &found) == 0, let tensor = found else { continue }
      defer { library.functions.freeTensor(tensor) }
      values[name] = .tensor(try reader.read(tensor))
    }
    guard !values.isEmpty || names.isEmpty else {
      throw ProviderFailure(.rejected, "OpenVINO shows none of the values \(names.joined(separator: ", "))")
    }
    return values
  }
}
