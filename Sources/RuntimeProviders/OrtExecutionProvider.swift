import CRuntimeHeaders
import Execution

/// Where within ONNX Runtime nodes run.
///
/// Appending knows three ways: structures of their own (CUDA, TensorRT, ROCm, oneDNN), a list of keys and values
/// (OpenVINO, MIGraphX), and plug-in libraries that are registered with the environment.
enum OrtExecutionProvider: Equatable {
  case cpu, cuda, tensorrt, rocm, migraphx, dnnl, openvino
  /// A library with an execution provider of its own.
  case plugin(path: String)

  /// Those that have a name in `onnxruntime:NAME`, besides the CPU.
  static let named: [(name: String, provider: OrtExecutionProvider)] = [
    ("cuda", .cuda), ("tensorrt", .tensorrt), ("rocm", .rocm), ("migraphx", .migraphx), ("dnnl", .dnnl),
    ("openvino", .openvino),
  ]

  /// - Parameter device: what follows the colon; a path is a plug-in.
  init?(device: String?) {
    guard let device, device != "cpu" else {
      self = .cpu
      return
    }
    if device.contains("/") {
      self = .plugin(path: device)
    } else if let entry = Self.named.first(where: { $0.name == device }) {
      self = entry.provider
    } else {
      return nil
    }
  }

  /// ONNX Runtime's name, and what brings it.
  private var facts: (name: String, remedy: String)? {
    switch self {
    case .cpu, .plugin: nil
    case .cuda:
      (
        "CUDAExecutionProvider",
        "install onnxruntime-gpu, the NVIDIA driver and the CUDA and cuDNN libraries of its release"
      )
    case .tensorrt: ("TensorrtExecutionProvider", "install onnxruntime-gpu, CUDA and TensorRT")
    case .rocm: ("ROCMExecutionProvider", "install onnxruntime-rocm and AMD's ROCm")
    case .migraphx: ("MIGraphXExecutionProvider", "install onnxruntime-migraphx and AMD's ROCm")
    case .dnnl: ("DnnlExecutionProvider", "build ONNX Runtime with --use_dnnl")
    case .openvino: ("OpenVINOExecutionProvider", "install onnxruntime-openvino")
    }
  }

  /// Adds the provider to the options of a session.
  ///
  /// - Throws: `ProviderFailure` with the exact reason why it cannot run here.
  func append(to options: OpaquePointer, _ library: OrtLibrary) throws {
    library.forgetLog()
    do {
      if let facts, case let built = try library.executionProviders(), !built.contains(facts.name) {
        throw ProviderFailure(
          .missing,
          "\(facts.name) is not in this build of ONNX Runtime \(library.version), which has "
            + built.joined(separator: ", "))
      }
      try call(options, library)
    } catch let failure as ProviderFailure {
      throw refusal(failure.description, log: library.log)
    }
  }

  /// Why the provider cannot run here, and what brings it.
  ///
  /// - Parameter log: what ONNX Runtime has logged of it. The status often says no more than that a library did
  ///   not load; the log says which, in its last line.
  func refusal(_ status: String, log: [String]) -> ProviderFailure {
    let words = log.suffix(1).map { $0.split(separator: "\n").joined(separator: " ") }
    let reason = [status] + words + (facts.map { [$0.remedy] } ?? [])
    return ProviderFailure(.missing, reason.joined(separator: "; "))
  }

  private func call(_ options: OpaquePointer, _ library: OrtLibrary) throws {
    let table = library.table
    switch self {
    case .cpu: return
    case .cuda:
      let cuda = try library.made("CUDA options") { ort_CreateCudaOptions(table, &$0) }
      defer { ort_ReleaseCudaOptions(table, cuda) }
      try library.check(ort_AppendCuda(table, options, cuda))
    case .tensorrt:
      let tensorRt = try library.made("TensorRT options") { ort_CreateTensorRtOptions(table, &$0) }
      defer { ort_ReleaseTensorRtOptions(table, tensorRt) }
      try library.check(ort_AppendTensorRt(table, options, tensorRt))
    case .dnnl:
      let dnnl = try library.made("oneDNN options") { ort_CreateDnnlOptions(table, &$0) }
      defer { ort_ReleaseDnnlOptions(table, dnnl) }
      try library.check(ort_AppendDnnl(table, options, dnnl))
    case .rocm:
      var rocm = OrtRocmOptions()
      rocm.memoryLimit = Int.max
      rocm.copiesInDefaultStream = 1
      try library.check(ort_AppendRocm(table, options, &rocm))
    case .migraphx: try append(named: "MIGraphX", to: options, library)
    case .openvino:
      try withCStrings(["device_type"]) { keys in
        try withCStrings(["CPU"]) { values in
          try library.check(ort_AppendOpenVino(table, options, keys, values, 1))
        }
      }
    case .plugin(let path): try appendPlugin(path, to: options, library)
    }
  }

  private func append(named name: String, to options: OpaquePointer, _ library: OrtLibrary) throws {
    try withCStrings([]) { none in
      try library.check(ort_AppendByName(library.table, options, name, none, none, 0))
    }
  }

  private func appendPlugin(_ path: String, to options: OpaquePointer, _ library: OrtLibrary) throws {
    guard library.minor >= 22 else {
      throw ProviderFailure(
        .missing, "ONNX Runtime \(library.version) has no plug-in providers; 1.22 or later is required")
    }
    let name = "plugin"
    try library.registerPlugin(name, path)
    var list: UnsafePointer<OpaquePointer?>?
    var count = 0
    try library.check(ort_GetEpDevices(library.table, library.environment, &list, &count))
    let builtIn = try Set(library.executionProviders())
    let devices = (0..<count).compactMap { list?[$0] }.filter { device in
      ort_EpDeviceName(library.table, device).map { !builtIn.contains(String(cString: $0)) } ?? false
    }
    guard !devices.isEmpty else {
      throw ProviderFailure(.missing, "\(path) offers no device on this machine")
    }
    try withCStrings([]) { none in
      try library.check(
        ort_AppendDevices(
          library.table, options, library.environment, devices.map { $0 }, devices.count, none, none, 0))
    }
  }
}
