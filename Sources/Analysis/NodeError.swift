import GraphIR
import TensorCore

/// An operator's error with the place where it happened: what is wrong, in which node, on which inputs.
public struct NodeError: Error, CustomStringConvertible, Sendable {
  /// The kind of the operator's error, as `invalidShape`.
  public let kind: OperatorError.Kind
  public let message: String
  public let opType: String
  /// `ai.onnx` written out.
  public let domain: String
  /// The since-version in force; nil where none was found.
  public let version: Int?
  public let nodeName: String
  /// The graphs from the model inwards, and last the node's position, as `["main", "node 12"]`.
  public let path: [String]
  /// Each input with its name in the specification, type and dims, as `X float[1,4]`; empty before types are known.
  public let inputs: [String]

  /// - Parameter error: what the operator threw; its kind is kept where it has one.
  public init(_ error: any Error, node: ResolvedNode, inputs: [String] = []) {
    let operatorError = error as? OperatorError
    kind = operatorError?.kind ?? (error is ModelError ? .unsupported : .invalidShape)
    message = operatorError?.message ?? "\(error)"
    opType = node.opType
    domain = node.domain.isEmpty ? "ai.onnx" : node.domain
    version = node.version?.since
    nodeName = node.name
    path = node.path
    self.inputs = inputs
  }

  /// How many inputs are shown: a node may have a million.
  private static let shownInputs = 32

  public var description: String {
    let name = nodeName.isEmpty ? "" : " '\(shown(nodeName))'"
    let (opType, domain) = (shown(opType), shown(domain))
    let place = version.map { "\(domain) \($0)" } ?? domain
    var text = "error[\(kind.rawValue)]: \(opType)\(name) (\(place)): \(spellingOut(message))"
    if !inputs.isEmpty {
      let more = inputs.count > Self.shownInputs ? ["… (\(inputs.count))"] : []
      text += "\n  inputs: \((inputs.prefix(Self.shownInputs).map(shown) + more).joined(separator: ", "))"
    }
    return text + "\n  at: \(path.joined(separator: " › "))       see: touchstone explain \(opType)"
  }
}
