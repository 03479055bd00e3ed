import GraphIR
import OperatorSet
import TensorCore

/// Stands for a node that could not be understood, where the rest of the graph is of interest all the same.
public struct UnknownOperator: Operator {
  /// No version of it exists.
  public static let schema = OperatorSchema("Unknown", domain: "", versions: [])
  /// Why the node could not be understood.
  public let reason: String

  init(reason: String) { self.reason = reason }

  /// No node of a model is resolved to this type.
  public init(_ node: NodeAttributes) throws { throw OperatorError(.unsupported, "an unknown operator") }

  /// Nothing is known of its outputs.
  public func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] { [] }

  /// Always fails, with the reason.
  public func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    throw OperatorError(.unsupported, reason)
  }
}
