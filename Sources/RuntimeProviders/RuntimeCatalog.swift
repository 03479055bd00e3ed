import Execution
import Foundation
import Workers

/// The runtimes of this machine.
public enum RuntimeCatalog {
  /// Bytes of address space that a worker may use. Drivers of graphics cards reserve more than there is.
  public static func memoryLimit(of reference: ProviderReference) -> Int? {
    switch (reference.family, reference.device?.lowercased()) {
    case (.touchstone, _), (_, nil), (_, "cpu"): 16 << 30
    default: nil
    }
  }

  /// The runtime itself, for the worker in which it lives.
  ///
  /// - Parameter reference: with its library, as `located` gives it.
  /// - Throws: `ProviderFailure`.
  public static func provider(_ reference: ProviderReference) throws -> any Provider {
    guard let library = reference.library else {
      throw ProviderFailure(.missing, "\(reference) has no library")
    }
    switch reference.family {
    case .onnxruntime: return try OnnxRuntimeProvider(path: library, device: reference.device)
    case .openvino: return try OpenVinoProvider(path: library, device: reference.device)
    case .touchstone: throw ProviderFailure(.missing, "Touchstone is built in")
    }
  }

  /// The libraries of a family, the first being taken.
  public static func libraries(of family: ProviderReference.Family) -> [FoundLibrary] {
    family == .touchstone ? [] : LibraryFinder(family).find()
  }

  /// The same reference with the library that is to be opened.
  ///
  /// - Throws: `ProviderFailure` that says what to install, where there is none.
  public static func located(_ reference: ProviderReference) throws -> ProviderReference {
    guard reference.family != .touchstone else { return reference }
    let finder = LibraryFinder(reference.family)
    var located = reference
    if let place = reference.library {
      guard let path = finder.library(at: place) else {
        throw ProviderFailure(.missing, "\(reference.name): \(place) is no library and holds none")
      }
      located.library = path
    } else {
      guard let found = finder.find().first else {
        throw ProviderFailure(
          .missing,
          "\(reference.name) was not found: install it with `pip install \(reference.family.rawValue)` into the "
            + "active environment, or set \(finder.variable) to its library")
      }
      located.library = found.path
    }
    return located
  }

  /// How workers for a provider are started.
  ///
  /// - Parameter task: what they do, as the command `worker` names it: `cases` or `session`.
  public static func launch(
    _ reference: ProviderReference, task: String, executable: String = "/proc/self/exe"
  )
    -> WorkerLaunch
  {
    WorkerLaunch(
      executable: executable, arguments: ["worker", task, "\(reference)"],
      environment: environment(of: reference))
  }

  /// Variables by which another process finds the libraries of these providers without looking for them.
  package static func variables(naming references: [ProviderReference]) -> [String: String] {
    let places = references.compactMap { reference in
      reference.library.map { (LibraryFinder(reference.family).variable, $0) }
    }
    return Dictionary(places) { first, _ in first }
  }

  /// What a worker for a provider is left, besides what it is launched to read.
  package static func sandbox(of reference: ProviderReference) -> Sandbox {
    let variables = ProcessInfo.processInfo.environment
    let roots = ["ONNXRUNTIME_ROOT", "INTEL_OPENVINO_DIR"].compactMap { variables[$0] }
    let searched = (variables["LD_LIBRARY_PATH"] ?? "").split(separator: ":").map(String.init)
    // A plug-in of ONNX Runtime is named by its path.
    let libraries = [reference.library, reference.device].compactMap { $0 }.filter { $0.contains("/") }
    let folders = libraries.map { URL(fileURLWithPath: $0).deletingLastPathComponent().path }
    var sandbox = Sandbox(reading: folders + (roots + searched).filter { $0.hasPrefix("/") })
    guard memoryLimit(of: reference) == nil else { return sandbox }
    let devices = (try? FileManager.default.contentsOfDirectory(atPath: "/dev")) ?? []
    // CUDA does not start where it cannot name its threads, by files below /proc/self/task.
    sandbox.writable =
      devices.filter { $0.hasPrefix("nvidia") }.map { "/dev/\($0)" }
      + ["/dev/dri", "/dev/kfd", "/dev/accel", "/proc/self/task"]
    sandbox.hasDrivers = true
    sandbox.readable += ["/proc/driver", "/proc/devices", "/proc/modules", "/etc/OpenCL", "/opt/rocm"]
    return sandbox
  }

  /// The libraries of CUDA that Python's wheels bring lie in folders that the loader does not know, and what
  /// CUDA compiles is not kept, since workers write no files.
  private static func environment(of reference: ProviderReference) -> [String: String] {
    guard reference.family == .onnxruntime, reference.device != nil, let library = reference.library else {
      return [:]
    }
    let withoutCache = ["CUDA_CACHE_DISABLE": "1"]
    let packages = URL(fileURLWithPath: library).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("nvidia")
    let folders = (try? FileManager.default.contentsOfDirectory(atPath: packages.path)) ?? []
    guard !folders.isEmpty else { return withoutCache }
    // An empty entry would mean the current directory.
    let variable = ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"] ?? ""
    let own = variable.split(separator: ":").map(String.init)
    let paths = folders.sorted().map { packages.appendingPathComponent("\($0)/lib").path } + own
    return withoutCache.merging(["LD_LIBRARY_PATH": paths.joined(separator: ":")]) { $1 }
  }
}
