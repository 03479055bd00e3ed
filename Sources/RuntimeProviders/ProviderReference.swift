import Execution

/// How a provider is named on the command line: `onnxruntime`, `onnxruntime:cuda`, `openvino:GPU`, or with the
/// library to take, `onnxruntime=/opt/onnxruntime/lib`.
public struct ProviderReference: Sendable, Hashable, CustomStringConvertible {
  public enum Family: String, Sendable, CaseIterable { case touchstone, onnxruntime, openvino }
  public var family: Family
  /// What follows the colon: an execution provider, a device, or for Touchstone `definitions`.
  public var device: String?
  /// The library or its folder; nil where it is to be found.
  public var library: String?

  public init(_ family: Family, device: String? = nil, library: String? = nil) {
    self.family = family
    self.device = device
    self.library = library
  }

  /// - Throws: `ProviderFailure` for a name that is none.
  public init(_ text: String) throws {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let names = (parts.first ?? "").split(separator: ":", maxSplits: 1).map(String.init)
    guard let family = names.first.flatMap(Family.init(rawValue:)) else {
      let known = Family.allCases.map(\.rawValue).joined(separator: ", ")
      throw ProviderFailure(
        .missing, "'\(text)' names no provider; there are \(known), each with :DEVICE and =LIBRARY as wanted")
    }
    self.init(
      family, device: names.count > 1 ? names[1] : nil, library: parts.count > 1 ? parts[1] : nil)
    if family == .touchstone, library != nil || (device != nil && device != "definitions") {
      throw ProviderFailure(.missing, "'\(text)': Touchstone is 'touchstone' or 'touchstone:definitions'")
    }
  }

  /// The name without the library, as reports show it.
  public var name: String { family.rawValue + (device.map { ":\($0)" } ?? "") }
  public var description: String { name + (library.map { "=\($0)" } ?? "") }
}
