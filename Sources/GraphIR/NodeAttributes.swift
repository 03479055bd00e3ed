import TensorCore

/// What an operator's initialiser reads: a node's attributes over the defaults of the version in force, and
/// which of its inputs and outputs the node names.
public struct NodeAttributes: Sendable {
  /// The version of the operator that the model's imports select.
  public let version: OperatorVersion
  private let given: [String: Attribute]
  private let namedInputs: [Bool]
  private let namedOutputs: [Bool]

  /// - Throws: `OperatorError` for an attribute that the version does not have, of the wrong kind, given twice,
  ///   or required and missing.
  public init(
    _ attributes: [NamedAttribute], version: OperatorVersion, namedInputs: [Bool], namedOutputs: [Bool]
  ) throws {
    self.version = version
    self.namedInputs = namedInputs
    self.namedOutputs = namedOutputs
    var given: [String: Attribute] = [:]
    for attribute in attributes {
      guard let schema = version.attributes.first(where: { areSame($0.name, attribute.name) }) else {
        let known = version.attributes.map(\.name).sorted().joined(separator: ", ")
        throw OperatorError(
          .invalidAttribute,
          "unknown attribute '\(shown(attribute.name))'; this version has \(known.isEmpty ? "none" : known)")
      }
      guard attribute.value.kind == schema.kind else {
        throw OperatorError(
          .invalidAttribute,
          "attribute '\(schema.name)' must be \(schema.kind.name), but is \(attribute.value.kind.name)")
      }
      guard given.updateValue(attribute.value, forKey: attribute.name) == nil else {
        throw OperatorError(.invalidAttribute, "attribute '\(attribute.name)' is given twice")
      }
    }
    for schema in version.attributes where given[schema.name] == nil {
      if schema.required {
        throw OperatorError(.invalidAttribute, "required attribute '\(schema.name)' is missing")
      }
      given[schema.name] = schema.default
    }
    self.given = given
  }

  /// The opset that introduced the version in force. Initialisers turn it into named properties; `evaluate`
  /// never compares version numbers.
  public var since: Int { version.since }

  /// The number of inputs that the node lists, omitted ones in between included.
  public var inputCount: Int { namedInputs.count }
  /// The number of outputs that the node lists, omitted ones in between included.
  public var outputCount: Int { namedOutputs.count }

  /// Whether the node names its input `index`.
  public func hasInput(_ index: Int) -> Bool { index < namedInputs.count && namedInputs[index] }
  /// Whether the node names its output `index`, so that somebody may want it.
  public func hasOutput(_ index: Int) -> Bool { index < namedOutputs.count && namedOutputs[index] }

  /// Whether the attribute has a value, given or by default.
  public func has(_ name: String) -> Bool { given[name] != nil }

  /// An INT that has a value.
  public func int(_ name: String) throws -> Int { try require(name, optionalInt(name)) }
  /// A FLOAT that has a value.
  public func float(_ name: String) throws -> Float { try require(name, optionalFloat(name)) }
  /// A STRING that has a value.
  public func string(_ name: String) throws -> String { try require(name, optionalString(name)) }
  /// INTS that have a value.
  public func ints(_ name: String) throws -> [Int] { try require(name, optionalInts(name)) }
  /// FLOATS that have a value.
  public func floats(_ name: String) throws -> [Float] { try require(name, optionalFloats(name)) }
  /// STRINGS that have a value.
  public func strings(_ name: String) throws -> [String] { try require(name, optionalStrings(name)) }
  /// A GRAPH that has a value.
  public func graph(_ name: String) throws -> Graph {
    guard case .graph(let graph)? = given[name] else { throw missing(name) }
    return graph
  }

  /// An INT of 0 or 1, as ONNX writes a flag; other numbers count as true.
  public func flag(_ name: String) throws -> Bool { try int(name) != 0 }

  /// An INT, or nil.
  public func optionalInt(_ name: String) -> Int? {
    guard case .int(let value)? = given[name] else { return nil }
    return value
  }
  /// A FLOAT, or nil.
  public func optionalFloat(_ name: String) -> Float? {
    guard case .float(let value)? = given[name] else { return nil }
    return value
  }
  /// A STRING, or nil.
  public func optionalString(_ name: String) -> String? {
    guard case .string(let value)? = given[name] else { return nil }
    return value
  }
  /// INTS, or nil.
  public func optionalInts(_ name: String) -> [Int]? {
    guard case .ints(let value)? = given[name] else { return nil }
    return value
  }
  /// FLOATS, or nil.
  public func optionalFloats(_ name: String) -> [Float]? {
    guard case .floats(let value)? = given[name] else { return nil }
    return value
  }
  /// STRINGS, or nil.
  public func optionalStrings(_ name: String) -> [String]? {
    guard case .strings(let value)? = given[name] else { return nil }
    return value
  }
  /// A TENSOR, or nil.
  public func optionalTensor(_ name: String) -> Tensor? {
    guard case .tensor(let value)? = given[name] else { return nil }
    return value
  }
  /// A SPARSE_TENSOR, or nil.
  public func optionalSparseTensor(_ name: String) -> SparseTensor? {
    guard case .sparseTensor(let value)? = given[name] else { return nil }
    return value
  }
  /// A TYPE_PROTO, or nil.
  public func optionalType(_ name: String) -> ValueType? {
    guard case .type(let value)? = given[name] else { return nil }
    return value
  }

  /// A STRING that must be one of the raw values of `Choice`.
  public func choice<Choice: RawRepresentable & CaseIterable>(_ name: String, _: Choice.Type = Choice.self)
    throws -> Choice where Choice.RawValue == String
  {
    let text = try string(name)
    if let choice = Choice.allCases.first(where: { areSame($0.rawValue, text) }) { return choice }
    let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
    throw OperatorError(
      .invalidAttribute, "attribute '\(name)' is '\(shown(text))', but must be one of \(known)")
  }

  /// An INT that must be the number of an element type.
  public func elementType(_ name: String) throws -> ElementType {
    let number = try int(name)
    if let type = Int32(exactly: number).flatMap(ElementType.init(rawValue:)) { return type }
    throw OperatorError(.invalidAttribute, "attribute '\(name)' is \(number), which is no element type")
  }

  private func require<T>(_ name: String, _ value: T?) throws -> T {
    guard let value else { throw missing(name) }
    return value
  }

  private func missing(_ name: String) -> OperatorError {
    OperatorError(.invalidAttribute, "required attribute '\(name)' is missing")
  }
}
