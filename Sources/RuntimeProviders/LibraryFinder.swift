import Execution
import Foundation

/// A runtime's library that lies on this machine.
public struct FoundLibrary: Sendable, Equatable, Codable {
  public let path: String
  /// Where it was looked for: a variable, `python3's packages`, a folder of the system.
  public let how: String
}

/// Looks for the libraries of runtimes, which are never linked.
///
/// In this order, the first of a kind being taken: the variable that names the library, and then nothing else;
/// the active virtual environment; the runtime's own variable; the packages of `python3`, asked without importing
/// them; `LD_LIBRARY_PATH`; the folders of the system.
///
/// Opening a library runs its code, and whoever fills the current directory is not who runs this program.
/// So no place is searched that is named relative to it, and what Python finds below it must be an
/// installed package.
struct LibraryFinder {
  let family: ProviderReference.Family
  let environment: [String: String]

  init(
    _ family: ProviderReference.Family, environment: [String: String] = ProcessInfo.processInfo.environment
  ) {
    self.family = family
    // A place named relative to the current directory would be whatever that directory holds.
    self.environment = environment.filter { name, value in
      !value.isEmpty && (value.hasPrefix("/") || !Self.folderVariables.contains(name))
    }
  }

  private static let folderVariables: Set = [
    "VIRTUAL_ENV", "CONDA_PREFIX", "ONNXRUNTIME_ROOT", "INTEL_OPENVINO_DIR",
  ]

  /// The variable that names the library or its folder.
  var variable: String { family == .openvino ? "TOUCHSTONE_OPENVINO_LIBRARY" : "TOUCHSTONE_ORT_LIBRARY" }
  private var stem: String { family == .openvino ? "libopenvino_c.so" : "libonnxruntime.so" }
  private var package: String { family == .openvino ? "openvino" : "onnxruntime" }
  private var packageFolder: String { family == .openvino ? "openvino/libs" : "onnxruntime/capi" }

  private static let systemFolders = [
    "/usr/local/lib", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib",
    "/opt/onnxruntime/lib", "/opt/intel/openvino/runtime/lib/intel64",
  ]

  /// Every library found, each once, in order.
  func find() -> [FoundLibrary] {
    if let place = environment[variable] {
      return [FoundLibrary(path: library(at: place) ?? place, how: variable)]
    }
    var found: [FoundLibrary] = []
    func add(_ path: String?, _ how: String) {
      guard let path = path.map(Self.resolved), !found.contains(where: { $0.path == path }) else { return }
      found.append(FoundLibrary(path: path, how: how))
    }
    for name in ["VIRTUAL_ENV", "CONDA_PREFIX"] {
      guard let prefix = environment[name] else { continue }
      for folder in sitePackages(of: prefix) { add(library(in: "\(folder)/\(packageFolder)"), name) }
      add(library(in: prefix + "/lib"), name)
    }
    let own =
      family == .openvino ? ("INTEL_OPENVINO_DIR", "runtime/lib/intel64") : ("ONNXRUNTIME_ROOT", "lib")
    if let root = environment[own.0] { add(library(in: "\(root)/\(own.1)"), own.0) }
    add(libraryOfPython(), "python3's packages")
    for folder in (environment["LD_LIBRARY_PATH"] ?? "").split(separator: ":")
    where folder.hasPrefix("/") {
      add(library(in: String(folder)), "LD_LIBRARY_PATH")
    }
    for folder in Self.systemFolders { add(library(in: folder), folder) }
    return found
  }

  /// The library that a file or folder named by the user is or holds.
  func library(at place: String) -> String? {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: place, isDirectory: &isFolder) else { return nil }
    guard isFolder.boolValue else { return Self.resolved(place) }
    return library(in: place) ?? library(in: place + "/lib") ?? library(in: "\(place)/\(packageFolder)")
  }

  /// The library in a folder; of several the one whose name says its version.
  private func library(in folder: String) -> String? {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let names = files.filter { $0 == stem || $0.hasPrefix(stem + ".") }.sorted()
    return names.max { $0.count < $1.count }.map { "\(folder)/\($0)" }
  }

  private func sitePackages(of prefix: String) -> [String] {
    ["lib", "lib64"].flatMap { lib in
      let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(prefix)/\(lib)")) ?? []
      return names.filter { $0.hasPrefix("python3") }.sorted().map { "\(prefix)/\(lib)/\($0)/site-packages" }
    }
  }

  private static let pythonPatience = 5.0

  /// The package's folder as `python3` knows it. Importing the package would be slow and run its code.
  ///
  /// `-I` and another working directory keep Python, and the search for it, from what the current directory
  /// holds; the user's own packages, which `-I` leaves out too, are added again.
  private func libraryOfPython() -> String? {
    let question = """
      from site import getusersitepackages
      from sys import path
      path.append(getusersitepackages())
      from importlib.util import find_spec
      spec = find_spec('\(package)')
      for place in (spec.submodule_search_locations or []) if spec else []: print(place)
      """
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-I", "-c", question]
    process.currentDirectoryURL = URL(fileURLWithPath: "/")
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let giveUp = DispatchWorkItem { process.terminate() }
    DispatchQueue.global().asyncAfter(deadline: .now() + Self.pythonPatience, execute: giveUp)
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    giveUp.cancel()
    let inner = packageFolder.dropFirst(package.count)
    let places = text.split(separator: "\n").map(String.init).filter(Self.isInstalled)
    return places.lazy.compactMap { library(in: "\($0)\(inner)") }.first
  }

  /// Whether a package's folder is one that an installer made, and not merely what the current directory
  /// holds.
  private static func isInstalled(_ place: String) -> Bool {
    let current = resolved(FileManager.default.currentDirectoryPath)
    let isBelow = resolved(place).utf8.starts(with: (current == "/" ? "//" : current + "/").utf8)
    let parts = place.split(separator: "/")
    return !isBelow || parts.contains("site-packages") || parts.contains("dist-packages")
  }

  private static func resolved(_ path: String) -> String {
    URL(fileURLWithPath: path).resolvingSymlinksInPath().path
  }
}
