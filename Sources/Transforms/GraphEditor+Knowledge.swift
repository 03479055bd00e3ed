import GraphIR
import TensorCore

/// What rules ask of values again and again.
extension GraphEditor {
  /// A constant whose every element a rule may look at, at each node that reads it.
  func smallConstant(_ name: String?) -> Tensor? {
    constant(name).flatMap { $0.count <= 65_536 ? $0 : nil }
  }

  /// The integers of a value that no caller can change, where all are known.
  func integers(_ name: String?) -> [Int]? {
    guard let name else { return nil }
    if let known = fact(name).integers { return known }
    return constant(name).flatMap { $0.elementType.isInteger ? $0.ints() : nil }
  }

  /// The integers that a node has as an attribute in some versions and as an input in others; nil where they
  /// are omitted or not known.
  func integers(of node: EditedNode, attribute: String, input: Int) -> [Int]? {
    node.attributes?.optionalInts(attribute) ?? integers(node.input(input))
  }

  /// Whether two values have the same shape for certain: every extent the same number, or the same dim of an
  /// input of the model.
  func haveSameShape(_ a: String, _ b: String) -> Bool {
    guard let x = fact(a).dims, let y = fact(b).dims else { return false }
    return x == y && !x.contains(.unknown)
  }

  /// Whether a tensor of `shape` that is broadcast with a value leaves the value's shape as it is: no new
  /// axis, and no extent that may be larger than the value's.
  func broadcasts(_ shape: [Int], into name: String) -> Bool {
    if shape.isEmpty { return true }
    guard let dims = fact(name).dims, shape.count <= dims.count else { return false }
    return zip(shape, dims.suffix(shape.count)).allSatisfy { $0 == 1 || $1.number == $0 }
  }

  /// The node that computes a value, where it is the operator and nobody else wants the value.
  func producer(of name: String?, _ opType: String, readOnlyBy reader: EditedNode) -> EditedNode? {
    guard let name, let producer = producer(of: name), producer.uses(opType), isRead(name, onlyBy: reader)
    else { return nil }
    return producer
  }
}

/// What is known of a value that is made of extents, some of them open.
struct KnownExtents: Hashable {
  private let type: ValueType
  private let elements: [Dim]

  /// Nil where an element is not known, and where all are numbers.
  init?(_ fact: Fact) {
    guard let type = fact.type, let dims = fact.dims, dims.allSatisfy({ $0.number != nil }),
      let elements = fact.elements, !elements.contains(.unknown), fact.integers == nil
    else { return nil }
    (self.type, self.elements) = (type, elements)
  }
}
