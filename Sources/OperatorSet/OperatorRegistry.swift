import GraphIR
import TensorCore

/// The operators of all domains, by domain and name.
public struct OperatorRegistry: Sendable {
  private struct Key: Hashable {
    let domain: NameKey
    let name: NameKey

    init(domain: String, name: String) { (self.domain, self.name) = (NameKey(domain), NameKey(name)) }

    /// The order of lists.
    var sortable: (String, String) { (domain.name, name.name) }
  }
  private let operators: [Key: any Operator.Type]
  private let experiments: [Key: any ExperimentalOperator.Type]

  /// - Parameter experimental: what is meant where the operator set in force has no operator of a name.
  /// - Precondition: no two operators share domain and name, and no two experimental ones do.
  public init(_ operators: [any Operator.Type], experimental: [any ExperimentalOperator.Type] = []) {
    self.operators = Dictionary(
      uniqueKeysWithValues: operators.map { (Key(domain: $0.schema.domain, name: $0.schema.name), $0) })
    experiments = Dictionary(
      uniqueKeysWithValues: experimental.map { (Key(domain: $0.schema.domain, name: $0.schema.name), $0) })
  }

  /// All operators of the operator sets, ordered by domain and name.
  public var all: [any Operator.Type] {
    operators.sorted { $0.key.sortable < $1.key.sortable }.map(\.value)
  }

  /// All experimental operators, ordered by domain and name.
  public var allExperimental: [any ExperimentalOperator.Type] {
    experiments.sorted { $0.key.sortable < $1.key.sortable }.map(\.value)
  }

  /// The operator of that name, or nil; an experimental one where no operator set ever had the name.
  public func find(_ name: String, domain: String) -> (any Operator.Type)? {
    let key = Key(domain: canonicalDomain(domain), name: name)
    return operators[key] ?? experiments[key]
  }

  /// Whether any operator of that domain is defined.
  public func knows(domain: String) -> Bool { operators.keys.contains { $0.domain == NameKey(domain) } }

  /// The operator and the version that a model which imports `opset` of the domain means.
  ///
  /// - Throws: `ModelError` (unsupported) for an unknown operator or one that is newer than the import.
  public func resolve(_ name: String, domain: String, opset: Int) throws -> (
    any Operator.Type, OperatorVersion
  ) {
    let place = domain.isEmpty ? "ai.onnx" : domain
    guard let type = find(name, domain: domain) else {
      throw ModelError(
        .unsupported, "operator '\(shown(name))' of domain '\(shown(place))' is not implemented")
    }
    if let version = type.schema.version(inOpset: opset) { return (type, version) }
    let experiment = experiments[Key(domain: canonicalDomain(domain), name: name)]
    guard let experiment, let version = experiment.schema.version(inOpset: opset) else {
      throw ModelError(
        .invalid,
        "operator '\(shown(name))' of domain '\(shown(place))' first appears in opset "
          + "\(type.schema.versions[0].since), but the model imports \(opset)")
    }
    return (experiment, version)
  }
}
