import GraphIR
import TensorCore

/// What rules ask that look for an operator spelled out in other ones.
extension GraphEditor {
  /// Puts an operator in place of a node, where the graph's opset has it, for inputs of these types.
  mutating func replace(_ old: EditedNode, byOperator node: Node) -> Bool {
    guard has(node.opType, for: node.inputs.map { $0.isEmpty ? nil : fact($0).type }) else { return false }
    var node = node
    node.name = old.node.name
    replace(old, with: node)
    return true
  }

  /// Whether the graph's opset has an operator for inputs of these types, of which the first must be known.
  func has(_ opType: String, for types: [ValueType?]) -> Bool {
    guard let version = version(of: opType), types.first ?? nil != nil else { return false }
    return (try? version.check(inputTypes: types)) != nil
  }

  /// A Split of a value, in the form that the graph's opset wants.
  mutating func split(
    _ value: String, axis: Int, into extents: [Int], named outputs: [String], before node: EditedNode
  ) throws -> Node {
    let split = Node(
      "Split", inputs: [value], outputs: outputs, attributes: [NamedAttribute("axis", .int(axis))])
    guard version(of: "Split")?.since ?? 0 >= 13 else { return split.giving("split", .ints(extents)) }
    var made = split
    made.inputs.append(try addConstant(Tensor(int64: extents), named: "\(value)_split", before: node))
    return made
  }

  /// The number that a constant of one element holds, where it adds no axis to a value that it meets.
  func number(_ name: String?, besides other: String?) -> Double? {
    guard let constant = constant(name), constant.count == 1, constant.elementType.isFloating,
      constant.rank == 0 || fact(other).rank.map({ constant.rank <= $0 }) ?? false
    else { return nil }
    return constant.doubles()[0]
  }

  /// The value and the number that an operator of two inputs takes: for Add and Mul in either order, else the
  /// number is the second one.
  func operands(of node: EditedNode) -> (value: String, number: Double)? {
    guard let a = node.input(0), let b = node.input(1), node.stretchesInputs else { return nil }
    if let number = number(b, besides: a) { return (a, number) }
    guard node.uses("Add") || node.uses("Mul"), let number = number(a, besides: b) else { return nil }
    return (b, number)
  }

  /// What computes a value, where that is an operator of this name.
  func producer(of name: String?, _ opType: String) -> EditedNode? {
    producer(of: name).flatMap { $0.uses(opType) ? $0 : nil }
  }

  /// The value to which a number is added, where it is this one.
  func value(plus number: Double, is name: String?) -> String? {
    guard let sum = producer(of: name, "Add"), let (value, addend) = operands(of: sum),
      isClose(addend, to: number, typeOf: value)
    else { return nil }
    return value
  }

  /// Whether a number is what another one becomes in the type of a value.
  func isClose(_ number: Double, to wanted: Double, typeOf value: String) -> Bool {
    guard let type = fact(value).elementType else { return false }
    return abs(number - wanted) <= type.spacing * abs(wanted)
  }

  /// A value as a number times others: what Mul and Div by a number make of them, a few deep.
  ///
  /// - Parameter atoms: values that are not looked into.
  func product(_ name: String, of atoms: [String] = []) -> Product {
    product(name, of: atoms, depth: 3)
  }

  private func product(_ name: String, of atoms: [String], depth: Int) -> Product {
    let whole = Product(number: 1, factors: [name])
    guard depth > 0, !atoms.contains(where: { areSame($0, name) }), let node = producer(of: name),
      node.uses("Mul") || node.uses("Div"), node.stretchesInputs
    else { return whole }
    if let (value, number) = operands(of: node) {
      var inner = product(value, of: atoms, depth: depth - 1)
      inner.number *= node.uses("Mul") ? number : 1 / number
      return inner
    }
    guard node.uses("Mul"), let a = node.input(0), let b = node.input(1) else { return whole }
    let (x, y) = (product(a, of: atoms, depth: depth - 1), product(b, of: atoms, depth: depth - 1))
    return Product(number: x.number * y.number, factors: x.factors + y.factors)
  }
}

/// A number times several values.
struct Product {
  var number: Double
  let factors: [String]

  /// Whether the values are these, in any order.
  func consists(of names: String...) -> Bool { counts(factors) == counts(names) }

  private func counts(_ names: [String]) -> [NameKey: Int] {
    Dictionary(names.map { (NameKey($0), 1) }, uniquingKeysWith: +)
  }
}
