import TensorCore

/// One rewriting of a graph around a node, with the promise that it keeps.
///
/// A rule looks at a graph through the editor, which knows uses, facts and constants, and changes it there. It
/// changes nothing where it returns false.
public protocol Rule: Sendable {
  /// What the values of the model may become.
  static var promise: Promise { get }

  /// The operators of ONNX's own domain at which the rule begins; empty: all of them.
  static var operators: Set<String> { get }

  /// Operators, one of which takes the place of several nodes; none where the rule does not fuse.
  static var fusesInto: Set<String> { get }

  /// Rewrites the graph around `node`, if it can.
  ///
  /// - Returns: whether it did.
  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool
}

extension Rule {
  public static var fusesInto: Set<String> { [] }

  /// The rule's name, that of its type.
  public static var name: String { "\(Self.self)" }
}

/// That a rule was applied, and where.
public struct RuleApplication: Sendable, Hashable, Encodable {
  public let rule: String
  /// The graphs from the model inwards, as `main`, `then_branch`.
  public let graph: String
  /// The first output of the node at which it began.
  public let value: String
}

/// A name that no rule has.
public struct UnknownRuleError: Error, CustomStringConvertible, Sendable {
  public let name: String
  public var description: String { "there is no rule '\(shown(name))'" }
}
