import GraphIR
import TensorCore

/// Why a node cannot be converted.
struct Refusal: Error {
  let reason: String
  init(_ reason: String) { self.reason = reason }
}

/// One node on its way to another version, with what is known around it.
struct NodeConversion {
  /// The node, which an adapter changes in place; its outputs keep their names unless others take them over.
  var node: Node
  let step: VersionStep
  /// The attributes of the version before the step.
  private let old: [AttributeSchema]
  private let facts: NameDictionary<Fact>
  /// The names that the graph's nodes and outputs read.
  private let read: Set<NameKey>
  /// What comes to stand before and after the node.
  private(set) var before: [Node] = []
  private(set) var after: [Node] = []
  private(set) var constants: [Initializer] = []
  private(set) var fresh: FreshNames

  init(
    _ node: Node, _ change: VersionChange, facts: NameDictionary<Fact>, read: Set<NameKey>, fresh: FreshNames
  ) {
    (self.node, self.facts, self.read, self.fresh) = (node, facts, read, fresh)
    (step, old) = (change.step, change.old.attributes)
  }

  // MARK: - Looking

  /// What was known of a value before the step.
  func fact(_ name: String) -> Fact { facts[name] ?? .unknown }

  /// The name of an input; nil where it is omitted.
  func input(_ index: Int) -> String? {
    index < node.inputs.count && !node.inputs[index].isEmpty ? node.inputs[index] : nil
  }

  /// What is known of an input.
  func inputFact(_ index: Int) -> Fact { input(index).map(fact) ?? .unknown }

  /// Whether the node names an output.
  func hasOutput(_ index: Int) -> Bool { index < node.outputs.count && !node.outputs[index].isEmpty }

  /// Whether somebody reads an output, or the graph gives it.
  func isRead(_ index: Int) -> Bool { hasOutput(index) && read.contains(NameKey(node.outputs[index])) }

  /// The number of axes of an input, which must be known.
  func rank(_ index: Int, for purpose: String) throws -> Int {
    guard let rank = inputFact(index).rank else {
      throw Refusal("the rank of input \(index) is not known, which \(purpose)")
    }
    return rank
  }

  /// The element type of an input, which must be known.
  func elementType(_ index: Int, for purpose: String) throws -> ElementType {
    guard let type = inputFact(index).elementType else {
      throw Refusal("the type of input \(index) is not known, which \(purpose)")
    }
    return type
  }

  /// The elements of an input that no caller can change.
  func constantInput(_ index: Int, _ name: String) throws -> Tensor {
    guard let tensor = inputFact(index).tensor else {
      throw Refusal("input '\(name)' is not constant, but opset \(step.to) has it as an attribute")
    }
    return tensor
  }

  /// The one number of an input that no caller can change, as an attribute can hold it.
  func constantFloat(_ index: Int, _ name: String) throws -> Float {
    let numbers = try constantInput(index, name).doubles()
    guard numbers.count == 1, let number = numbers.first else {
      throw Refusal("input '\(name)' has \(numbers.count) elements, but must have one")
    }
    guard number.isNaN || Double(Float(number)) == number else {
      throw Refusal("input '\(name)' is \(number), which no float holds")
    }
    return Float(number)
  }

  /// The numbers of an input of integers that no caller can change.
  func constantInts(_ index: Int, _ name: String) throws -> [Int] {
    if let integers = inputFact(index).integers { return integers }
    return try constantInput(index, name).ints()
  }

  // MARK: - Attributes

  /// The value of an attribute, given or by default of the version before the step.
  ///
  /// - Throws: `Refusal` where only a caller of the function knows it.
  func attribute(_ name: String) throws -> Attribute? {
    let given = node.attributes.first { areSame($0.name, name) }?.value
    if case .reference(let other, _)? = given {
      throw Refusal("attribute '\(name)' is the caller's '\(shown(other))', whose value is not known")
    }
    return given ?? old.first { $0.name == name }?.default
  }

  func int(_ name: String) throws -> Int? {
    guard case .int(let value)? = try attribute(name) else { return nil }
    return value
  }

  func float(_ name: String) throws -> Float? {
    guard case .float(let value)? = try attribute(name) else { return nil }
    return value
  }

  func string(_ name: String) throws -> String? {
    guard case .string(let value)? = try attribute(name) else { return nil }
    return value
  }

  func ints(_ name: String) throws -> [Int]? {
    guard case .ints(let value)? = try attribute(name) else { return nil }
    return value
  }

  func floats(_ name: String) throws -> [Float]? {
    guard case .floats(let value)? = try attribute(name) else { return nil }
    return value
  }

  /// Whether the node gives an attribute itself.
  func gives(_ name: String) -> Bool { node.attributes.contains { areSame($0.name, name) } }

  /// Gives the node an attribute; nil takes it away.
  mutating func set(_ name: String, _ value: Attribute?) {
    node.attributes.removeAll { areSame($0.name, name) }
    if let value { node.attributes.append(NamedAttribute(name, value)) }
  }

  // MARK: - Inputs

  /// Makes `name` the input `index`, omitting those in between that there are not; nil omits it.
  mutating func setInput(_ index: Int, _ name: String?) {
    guard name != nil || index < node.inputs.count else { return }
    while node.inputs.count <= index { node.inputs.append("") }
    node.inputs[index] = name ?? ""
  }

  /// A constant.
  mutating func constant(_ tensor: Tensor, _ purpose: String) -> String {
    let name = fresh.next("\(label)/\(purpose)")
    constants.append(Initializer(name: name, tensor: tensor))
    return name
  }

  /// Refuses a constant that must stand in a node, as in functions, of a type that no Constant has in the new
  /// version.
  func checkConstantNode(_ tensor: Tensor) throws {
    guard step.to >= 9 || tensor.elementType.isFloating else {
      throw Refusal("the body of a function cannot hold a constant of \(tensor.elementType) before opset 9")
    }
  }

  /// A constant list of integers.
  mutating func constant(_ numbers: [Int], _ purpose: String) -> String {
    constant(Tensor(int64: numbers), purpose)
  }

  /// An attribute of integers becomes the input `index`; nothing happens where the node does not give it.
  ///
  /// A reference becomes a Constant that refers to the same attribute, which opsets can say from 12 on.
  mutating func moveIntsToInput(_ name: String, _ index: Int) throws {
    if let given = node.attributes.first(where: { areSame($0.name, name) }), step.to >= 12,
      case .reference = given.value
    {
      setInput(index, insert("Constant", [], ["value_ints": given.value]))
    } else if let numbers = try ints(name) {
      setInput(index, constant(numbers, name))
    }
    set(name, nil)
  }

  /// An input of integers becomes an attribute; nothing happens where the node omits it.
  mutating func moveInputToInts(_ index: Int, _ name: String) throws {
    guard input(index) != nil else { return }
    set(name, .ints(try constantInts(index, name)))
    setInput(index, nil)
  }

  // MARK: - Nodes around

  /// Puts an operator before the node; its output's name comes back.
  mutating func insert(_ opType: String, _ inputs: [String], _ attributes: [String: Attribute] = [:])
    -> String
  {
    let output = fresh.next("\(label)/\(opType)_output")
    before.append(helper(opType, inputs, [output], attributes))
    return output
  }

  /// Puts an operator after the node; its output's name comes back, which is `output` where that is given.
  @discardableResult
  mutating func append(
    _ opType: String, _ inputs: [String], _ attributes: [String: Attribute] = [:], to output: String? = nil
  ) -> String {
    let output = output ?? fresh.next("\(label)/\(opType)_output")
    after.append(helper(opType, inputs, [output], attributes))
    return output
  }

  /// A name for an output of the node that nobody reads.
  mutating func newOutput(_ purpose: String) -> String { fresh.next("\(label)/\(purpose)") }

  /// Gives an output of the node a new name, so that another node may give the value that was known by the
  /// old one.
  mutating func release(_ index: Int) -> (inner: String, name: String) {
    let name = node.outputs[index]
    let inner = fresh.next("\(name)_inner")
    node.outputs[index] = inner
    return (inner, name)
  }

  /// What new names begin with.
  private var label: String { node.name.isEmpty ? node.opType : node.name }

  private mutating func helper(
    _ opType: String, _ inputs: [String], _ outputs: [String], _ attributes: [String: Attribute]
  ) -> Node {
    Node(
      opType, domain: node.domain, name: fresh.next("\(label)/\(opType)"), inputs: inputs, outputs: outputs,
      attributes: attributes.sorted { $0.key < $1.key }.map { NamedAttribute($0.key, $0.value) })
  }
}
