import GraphIR
import TensorCore

extension Attribute {
  /// Whether two values are the same, bit by bit. Graphs, sparse tensors and lists of tensors count as different.
  func isSame(as other: Attribute) -> Bool {
    switch (self, other) {
    case (.int(let a), .int(let b)): a == b
    case (.ints(let a), .ints(let b)): a == b
    case (.float(let a), .float(let b)): a.bitPattern == b.bitPattern
    case (.floats(let a), .floats(let b)): a.map(\.bitPattern) == b.map(\.bitPattern)
    case (.string(let a), .string(let b)): areSame(a, b)
    case (.strings(let a), .strings(let b)): a.count == b.count && zip(a, b).allSatisfy(areSame)
    case (.tensor(let a), .tensor(let b)): a.isSame(as: b)
    case (.type(let a), .type(let b)): a == b
    case (.types(let a), .types(let b)): a == b
    case (.reference(let a, let kind), .reference(let b, let other)): areSame(a, b) && kind == other
    default: false
    }
  }
}

extension Tensor {
  /// Whether two tensors have the same type, shape and bits.
  func isSame(as other: Tensor) -> Bool {
    guard elementType == other.elementType, shape == other.shape else { return false }
    if elementType == .string { return zip(strings, other.strings).allSatisfy(areSame) }
    return withUnsafeBytes { a in other.withUnsafeBytes { b in a.elementsEqual(b) } }
  }
}
