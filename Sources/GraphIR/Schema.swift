import TensorCore

/// An operator's contract as ONNX publishes it: one entry for each `since_version`, oldest first.
public struct OperatorSchema: Sendable {
  public let name: String
  /// The empty string for `ai.onnx`.
  public let domain: String
  public let versions: [OperatorVersion]

  public init(_ name: String, domain: String = "", versions: [OperatorVersion]) {
    self.name = name
    self.domain = domain
    self.versions = versions
  }

  /// The version that a model which imports `opset` of the domain means: the last one not above it.
  public func version(inOpset opset: Int) -> OperatorVersion? { versions.last { $0.since <= opset } }
}

/// One version of an operator's contract.
public struct OperatorVersion: Sendable {
  /// The opset that introduced this version.
  public let since: Int
  /// What changed, in a few words.
  public let change: String
  public let inputs: [Parameter]
  public let outputs: [Parameter]
  public let attributes: [AttributeSchema]
  /// The types that each type parameter allows.
  public let types: [String: TypeSet]
  public let deprecated: Bool

  public init(
    since: Int, _ change: String = "first version", inputs: [Parameter], outputs: [Parameter],
    attributes: [AttributeSchema] = [], types: [String: TypeSet] = [:], deprecated: Bool = false
  ) {
    self.since = since
    self.change = change
    self.inputs = inputs
    self.outputs = outputs
    self.attributes = attributes
    self.types = types
    self.deprecated = deprecated
  }

  /// The next version. What is not given is unchanged; of `types` only the named parameters are replaced,
  /// attributes of a name already there are replaced, and those in `removing` dropped.
  public func then(
    since: Int, _ change: String, inputs: [Parameter]? = nil, outputs: [Parameter]? = nil,
    attributes: [AttributeSchema] = [], removing: [String] = [], types: [String: TypeSet] = [:],
    deprecated: Bool = false
  ) -> OperatorVersion {
    let replaced = Set(removing + attributes.map(\.name))
    let inputs = inputs ?? self.inputs
    let outputs = outputs ?? self.outputs
    let used = Set((inputs + outputs).map(\.type))
    return OperatorVersion(
      since: since, change, inputs: inputs, outputs: outputs,
      attributes: self.attributes.filter { !replaced.contains($0.name) } + attributes,
      types: self.types.merging(types) { $1 }.filter { used.contains($0.key) },
      deprecated: deprecated)
  }
}

/// A formal input or output.
public struct Parameter: Sendable {
  /// How many values a parameter takes.
  public enum Arity: Sendable, Equatable {
    case single
    case optional
    /// Any number, at least `minimum`; all of one type where `homogeneous`.
    case variadic(minimum: Int, homogeneous: Bool)
  }
  /// ONNX's name, as in `X`, `W`, `B`.
  public let name: String
  /// A type parameter such as `T`, or a type string such as `tensor(int64)`.
  public let type: String
  public let arity: Arity

  /// A required input or output.
  public static func single(_ name: String, _ type: String) -> Parameter {
    Parameter(name: name, type: type, arity: .single)
  }
  /// An input or output that may be omitted.
  public static func optional(_ name: String, _ type: String) -> Parameter {
    Parameter(name: name, type: type, arity: .optional)
  }
  /// The last parameter, which takes all remaining values.
  public static func variadic(_ name: String, _ type: String, minimum: Int = 1, homogeneous: Bool = true)
    -> Parameter
  {
    Parameter(name: name, type: type, arity: .variadic(minimum: minimum, homogeneous: homogeneous))
  }
}

/// A formal attribute.
public struct AttributeSchema: Sendable {
  public let name: String
  public let kind: AttributeKind
  public let required: Bool
  /// The value where a node gives none; nil also where the text describes a default that is computed.
  public let `default`: Attribute?

  init(_ name: String, _ kind: AttributeKind, required: Bool, default: Attribute?) {
    self.name = name
    self.kind = kind
    self.required = required
    self.default = `default`
  }

  /// An attribute that every node must give.
  public static func required(_ name: String, _ kind: AttributeKind) -> AttributeSchema {
    AttributeSchema(name, kind, required: true, default: nil)
  }
  /// An attribute that a node may give, without a default.
  public static func optional(_ name: String, _ kind: AttributeKind) -> AttributeSchema {
    AttributeSchema(name, kind, required: false, default: nil)
  }
  /// An INT with a default.
  public static func int(_ name: String, _ value: Int) -> AttributeSchema {
    AttributeSchema(name, .int, required: false, default: .int(value))
  }
  /// A FLOAT with a default.
  public static func float(_ name: String, _ value: Float) -> AttributeSchema {
    AttributeSchema(name, .float, required: false, default: .float(value))
  }
  /// A STRING with a default.
  public static func string(_ name: String, _ value: String) -> AttributeSchema {
    AttributeSchema(name, .string, required: false, default: .string(value))
  }
  /// An attribute with a default list.
  public static func list(_ name: String, _ value: Attribute) -> AttributeSchema {
    AttributeSchema(name, value.kind, required: false, default: value)
  }
}
