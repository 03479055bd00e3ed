import GraphIR
import OperatorSet
import TensorCore

/// That an operator has a new version in a step, and what becomes of its nodes.
struct VersionChange: Sendable {
  let step: VersionStep
  private let type: any Operator.Type
  /// The version that nodes mean before the step.
  let old: OperatorVersion
  private let adapter: Adaptation?

  /// - Returns: nil where the operator means the same before and after, or is none of an operator set.
  init?(of opType: String, _ step: VersionStep) {
    let registry = OperatorRegistry.standard
    guard let type = registry.find(opType, domain: step.domain), !(type is any ExperimentalOperator.Type),
      type.schema.versions.contains(where: { $0.since == step.newer }),
      let old = type.schema.version(inOpset: step.from)
    else { return nil }
    (self.step, self.type, self.old) = (step, type, old)
    adapter = Adapters.find(opType, domain: step.domain, since: step.newer)
  }

  /// Converts a node: its adapter says what is particular to the operator, the schemas say the rest.
  ///
  /// - Throws: `Refusal` or `OperatorError` where the new version cannot say what the node means.
  func apply(to conversion: inout NodeConversion) throws {
    // A node that is not right before the step cannot be after it.
    try check(conversion.node, type, old)
    if let adapter { try (step.isUp ? adapter.up : adapter.down)?(&conversion) }
    try settle(&conversion)
  }

  /// Checks the attributes of a node, and which inputs and outputs it names.
  private func check(_ node: Node, _ type: any Operator.Type, _ version: OperatorVersion) throws {
    let named = (node.inputs.map { !$0.isEmpty }, node.outputs.map { !$0.isEmpty })
    try version.check(namedInputs: named.0)
    try version.check(outputCount: named.1.count)
    let attributes = try NodeAttributes(
      node.attributes, version: version, namedInputs: named.0, namedOutputs: named.1)
    // What a reference stands for is known where the function is called.
    if !node.hasReferences { _ = try type.init(attributes) }
  }

  // MARK: - What schemas say

  private func settle(_ conversion: inout NodeConversion) throws {
    let registry = OperatorRegistry.standard
    guard let type = registry.find(conversion.node.opType, domain: step.domain),
      let target = type.schema.version(inOpset: step.to)
    else { throw Refusal("there is no \(conversion.node.opType) before opset \(step.from)") }
    guard !target.deprecated || !step.isUp else {
      throw Refusal("\(conversion.node.opType) is deprecated from opset \(step.to) on")
    }
    writeOutDefaults(&conversion.node, target)
    try dropAttributes(&conversion.node, target)
    conversion.node.inputs.trimOmitted()
    conversion.node.outputs.trimOmitted()
    try check(conversion.node, type, target)
    try checkTypes(conversion, target)
  }

  /// Writes out what a node leaves to a default that the new version does not have.
  private func writeOutDefaults(_ node: inout Node, _ target: OperatorVersion) {
    for schema in old.attributes where !node.attributes.contains(where: { areSame($0.name, schema.name) }) {
      guard let value = schema.default, let other = target.attributes.first(where: { $0.name == schema.name })
      else { continue }
      if other.default.map({ !$0.isSame(as: value) }) ?? true {
        node.attributes.append(NamedAttribute(schema.name, value))
      }
    }
  }

  /// Drops attributes that the new version does not have, where they say what is meant without them.
  private func dropAttributes(_ node: inout Node, _ target: OperatorVersion) throws {
    for attribute in node.attributes
    where !target.attributes.contains(where: { areSame($0.name, attribute.name) }) {
      let value = attribute.value
      let standard = old.attributes.first { areSame($0.name, attribute.name) }?.default
      guard standard?.isSame(as: value) == true || Self.saysNothing(attribute.name, value) else {
        throw Refusal("attribute '\(attribute.name)' is \(value.summary), which opset \(step.to) cannot say")
      }
    }
    node.attributes.removeAll { attribute in
      !target.attributes.contains { areSame($0.name, attribute.name) }
    }
  }

  /// Whether an attribute without a default says what is meant without it: which inputs an operator may
  /// overwrite is a hint, and windows without dilations are dense.
  static func saysNothing(_ name: String, _ value: Attribute) -> Bool {
    switch (name, value) {
    case ("consumed_inputs", .ints): true
    case ("dilations", .ints(let dilations)): dilations.allSatisfy { $0 == 1 }
    default: false
    }
  }

  private func checkTypes(_ conversion: NodeConversion, _ target: OperatorVersion) throws {
    let node = conversion.node
    try target.check(inputTypes: node.inputs.map { conversion.fact($0).type })
    for (index, output) in node.outputs.enumerated() {
      guard let parameter = index < target.outputs.count ? target.outputs[index] : target.outputs.last,
        let type = conversion.fact(output).type, let allowed = target.types[parameter.type]
      else { continue }
      guard allowed.contains(type) else {
        throw Refusal("\(parameter.name) is \(type.withoutShape); \(parameter.type) allows \(allowed)")
      }
    }
  }
}

extension Node {
  /// Whether an attribute's value is that of a function's caller.
  var hasReferences: Bool {
    attributes.contains { attribute in
      if case .reference = attribute.value { true } else { false }
    }
  }
}

extension [String] {
  /// Drops omitted inputs or outputs at the end.
  fileprivate mutating func trimOmitted() {
    while last?.isEmpty == true { removeLast() }
  }
}

extension Attribute {
  /// The value in an error message.
  fileprivate var summary: String {
    switch self {
    case .int(let value): "\(value)"
    case .float(let value): "\(value)"
    case .string(let value): "'\(shown(value))'"
    case .ints(let values): "\(values)"
    case .floats(let values): "\(values)"
    case .reference(let name, _): "the caller's '\(shown(name))'"
    default: "given"
    }
  }
}
