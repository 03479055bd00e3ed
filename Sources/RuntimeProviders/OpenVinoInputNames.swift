import CRuntimeHeaders
import Execution
import ModelFile

/// Which of OpenVINO's inputs is which of the model's.
///
/// OpenVINO drops inputs that no node uses, and names an input that is handed on as an output by the output alone.
struct OpenVinoInputNames {
  /// The place of each input among OpenVINO's, by the model's names; nil for one that it has dropped.
  private let places: [String: Int?]
  /// The inputs that OpenVINO has.
  var required: [String] { places.filter { $0.value != nil }.keys.sorted() }

  /// - Throws: `ProviderFailure` where OpenVINO has inputs that none of the model's can be.
  init(_ model: OpaquePointer, of source: ModelSource, _ library: OpenVinoLibrary) throws {
    let ports = try Self.ports(of: model, library)
    // A model that only OpenVINO can read keeps OpenVINO's names.
    let names = Self.names(of: source) ?? ports
    let found = try names.map { name in
      try Self.portName(of: name, model, library).flatMap { port in ports.firstIndex(of: port) }
    }
    places = try Self.places(of: names, found: found, portCount: ports.count)
  }

  /// Gives the inputs that were not found by name the ports that no name led to, in order.
  ///
  /// - Parameter found: the ports of `names`, nil where the name is not known to OpenVINO.
  static func places(of names: [String], found: [Int?], portCount: Int) throws -> [String: Int?] {
    var places = Dictionary(zip(names, found)) { first, _ in first }
    let taken = Set(found.compactMap { $0 })
    for port in 0..<portCount where !taken.contains(port) {
      // OpenVINO keeps the order, so the input lies between the neighbours that are known.
      let before = found.lastIndex { $0.map { $0 < port } ?? false } ?? -1
      let after = found.firstIndex { $0.map { $0 > port } ?? false } ?? names.count
      let between = names.indices.filter { before < $0 && $0 < after && places[names[$0]] == .some(nil) }
      guard between.count == 1 else {
        throw ProviderFailure(
          .unsupported,
          "OpenVINO has renamed input \(port), which may be any of \(between.map { names[$0] })")
      }
      places[names[between[0]]] = .some(port)
    }
    return places
  }

  /// - Returns: nil for an input that OpenVINO has dropped.
  /// - Throws: `ProviderFailure` for a name that the model does not have, or that has an initializer.
  func place(of name: String) throws -> Int? {
    guard let place = places[name] else {
      let names = places.keys.sorted().joined(separator: ", ")
      throw ProviderFailure(.rejected, "OpenVINO can set no input '\(name)', but \(names)")
    }
    return place
  }

  /// The inputs that have no initializer: to OpenVINO those that have one are constants.
  private static func names(of source: ModelSource) -> [String]? {
    let model =
      switch source.contents {
      case .file(let path): source.parsed ?? (try? OnnxFile.load(path: path))
      case .bytes(let bytes): source.parsed ?? (try? OnnxFile.parse(bytes: bytes))
      }
    guard let graph = model?.graph else { return nil }
    let constants = Set(graph.initializers.map(\.name))
    return graph.inputs.map(\.name).filter { !constants.contains($0) }
  }

  /// One name of each of OpenVINO's inputs, which may have several.
  private static func ports(of model: OpaquePointer, _ library: OpenVinoLibrary) throws -> [String] {
    var count = 0
    try library.check(library.functions.inputCount(model, &count))
    return try (0..<count).map { index in
      try name(of: try library.made("port") { library.functions.inputAt(model, index, &$0) }, library)
    }
  }

  /// The name of a port, which is freed; the same one whenever it is asked for.
  private static func name(of port: OpaquePointer, _ library: OpenVinoLibrary) throws -> String {
    defer { library.functions.freePort(port) }
    var text: UnsafeMutablePointer<CChar>?
    try library.check(library.functions.portName(port, &text))
    defer { library.functions.freeText(text) }
    return text.map { String(cString: $0) } ?? ""
  }

  private static func portName(
    of name: String, _ model: OpaquePointer, _ library: OpenVinoLibrary
  ) throws -> String? {
    var port: OpaquePointer?
    guard library.functions.inputNamed(model, name, &port) == 0, let port else { return nil }
    return try self.name(of: port, library)
  }
}
